import type { Row } from '../kinds/kind';
import { compareVersions } from '../kinds/version';
import type { ServerReading } from './model';
import { cell, type Rows, truthOf } from './rows';

/**
 * What a restart would bring. Persisted variables are read last and win over every file (MySQL manual, "Persisted
 * System Variables"); in the files the last line wins; where neither says anything the default holds: writable,
 * and replication starts by itself. Without the files, or where the server persists and does not show it, nobody
 * knows; nor where a value is none of the words that servers take for a boolean.
 */
export function restartOf(
  rows: Rows,
  { dialect, version }: Pick<ServerReading, 'dialect' | 'version'>,
): ServerReading['restart'] {
  const files = rows.all('config');
  const persists = dialect === 'mysql' && (version === null || compareVersions(version, [8, 0]) >= 0);
  const persisted = rows.all('persisted') ?? (persists ? null : []);
  if (files === null || persisted === null) return { readOnly: null, startsReplication: null, where: null };
  const readOnly = lastOf(files, persisted, ['read_only', 'super_read_only']);
  const skip = lastOf(files, persisted, ['skip_replica_start', 'skip_slave_start']);
  return {
    readOnly: anyOn(readOnly),
    startsReplication: not(anyOn(skip)),
    where: readOnly.at(-1)?.where ?? null,
  };
}

interface Setting {
  value: string;
  where: string;
}

function anyOn(settings: readonly Setting[]): boolean | null {
  const values = settings.map(({ value }) =>
    truthOf(/^true$/i.test(value) ? '1' : /^false$/i.test(value) ? '0' : value),
  );
  return values.includes(true) ? true : values.includes(null) ? null : false;
}
const not = (value: boolean | null): boolean | null => (value === null ? null : !value);

/** For each of the names, the setting that wins. super_read_only brings read_only with it. */
function lastOf(files: readonly Row[], persisted: readonly Row[], names: readonly string[]): Setting[] {
  return names.flatMap((name) => {
    const kept = persisted.find((row) => cell(row, 'name') === name);
    if (kept) return [{ value: cell(kept, 'value') ?? '', where: 'SET PERSIST' }];
    const line = files.findLast((row) => cell(row, 'key') === name);
    return line ? [{ value: cell(line, 'value') ?? '', where: cell(line, 'file') ?? '?' }] : [];
  });
}
