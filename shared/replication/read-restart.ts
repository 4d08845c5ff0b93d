import type { Row } from '../kinds/kind';
import { isOn } from '../kinds/mysql-parse';
import type { ServerReading } from './model';
import { cell, type Rows } from './rows';

/**
 * What a restart would bring. Persisted variables are read last and win over every file (MySQL manual, "Persisted
 * System Variables"); in the files the last line wins; where neither says anything the default holds: writable,
 * and replication starts by itself. Without the files nobody knows.
 */
export function restartOf(rows: Rows): ServerReading['restart'] {
  const files = rows.all('config');
  const persisted = rows.all('persisted') ?? [];
  if (files === null) return { readOnly: null, startsReplication: null, where: null };
  const readOnly = lastOf(files, persisted, ['read_only', 'super_read_only']);
  const skip = lastOf(files, persisted, ['skip_replica_start', 'skip_slave_start']);
  return {
    readOnly: readOnly.some((one) => isOn(one.value) === true),
    startsReplication: !skip.some((one) => isOn(one.value) === true),
    where: readOnly.at(-1)?.where ?? null,
  };
}

interface Setting {
  value: string;
  where: string;
}

/** For each of the names, the setting that wins. super_read_only brings read_only with it. */
function lastOf(files: readonly Row[], persisted: readonly Row[], names: readonly string[]): Setting[] {
  return names.flatMap((name) => {
    const kept = persisted.find((row) => cell(row, 'name') === name);
    if (kept) return [{ value: cell(kept, 'value') ?? '', where: 'SET PERSIST' }];
    const line = files.findLast((row) => cell(row, 'key') === name);
    return line ? [{ value: cell(line, 'value') ?? '', where: cell(line, 'file') ?? '?' }] : [];
  });
}
