import type { Command, Fact } from '../runbook/command';
import { fact, said, sql, ssh } from './commands';
import { isMysql } from './member';
import type { ConfigurationReading, MemberReading } from './readings';
import { keys } from './server-facts';

/**
 * What a restart brings (row 16, policy `boot: read-only`): every server comes up closed and somebody opens it. MySQL
 * keeps it in its own file by SET PERSIST_ONLY; MariaDB has no such thing, so one small file of our own, which the
 * server reads last, says it.
 */
export interface BootChange {
  facts: Fact[];
  changes: [key: string, value: string][];
  apply: Command[];
  undo: Command[];
}

const VARIABLES = ['read_only', 'super_read_only'] as const;

/** null: a restart brings what the policy wants already. `unknown`: that cannot be told, so nothing may be promised. */
export function bootChange(node: string, member: MemberReading): BootChange | null | 'unknown' {
  if (isMysql(member)) return member.persisted ? persisted(node, member.persisted) : 'unknown';
  const { configuration } = member;
  if (!configuration) return 'unknown';
  if (startsClosed(configuration)) return null;
  return configuration.included ? ownFile(node, configuration) : 'unknown';
}

function persisted(node: string, before: Readonly<Record<string, string>>): BootChange | null {
  const open = VARIABLES.filter((variable) => before[variable] !== 'ON');
  if (open.length === 0) return null;
  const columns = VARIABLES.map(
    (variable) => `IFNULL(MAX(IF(VARIABLE_NAME = '${variable}', VARIABLE_VALUE, NULL)), '') AS ${variable}`,
  );
  const command = sql(node, `SELECT ${columns.join(', ')} FROM performance_schema.persisted_variables`);
  return {
    facts: open.map((variable) =>
      fact(
        keys.persisted(node, variable),
        said('FACT_PERSISTED', { node, variable }),
        command,
        variable,
        before[variable] ?? '',
      ),
    ),
    changes: open.map((variable) => [keys.persisted(node, variable), 'ON']),
    apply: open.map((variable) => sql(node, `SET PERSIST_ONLY ${variable} = ON`)),
    undo: open.map((variable) =>
      before[variable] === undefined
        ? sql(node, `RESET PERSIST IF EXISTS ${variable}`)
        : sql(node, `SET PERSIST_ONLY ${variable} = ${before[variable] === 'OFF' ? 'OFF' : 'ON'}`),
    ),
  };
}

/** What one line of a configuration file says of read_only; null: it says nothing that can be understood. */
export function lineSaysReadOnly(line: string): boolean | null {
  const match =
    /^\s*(?:loose[-_])?(skip[-_])?read[-_]only\s*(?:=\s*["']?([^"'#\s]*)["']?\s*)?(?:#.*)?$/i.exec(line);
  if (!match) return null;
  const [, skip, value] = match;
  if (value === undefined || value === '') return skip === undefined;
  if (/^(1|on|true)$/i.test(value)) return skip === undefined;
  return /^(0|off|false)$/i.test(value) ? skip !== undefined : null;
}

/** Every line says so, and there is one: whichever the server reads last, it comes up closed. */
export const startsClosed = ({ sets }: ConfigurationReading): boolean =>
  sets.length > 0 && sets.every(({ line }) => lineSaysReadOnly(line) === true);

export const OWN_FILE = `# Written by Patronus Console: whatever starts this server, somebody opens it for writes.
[mysqld]
read_only = ON
`;

/** Written beside, then put in its place in one go: the server never reads half a file. */
const put = (node: string, file: string, content: string): Command[] => [
  ssh(node, ['tee', `${file}.new`], { stdin: [content], sudo: true }),
  ssh(node, ['chmod', '0644', `${file}.new`], { sudo: true }),
  ssh(node, ['sync', `${file}.new`]),
  ssh(node, ['mv', '-T', `${file}.new`, file], { sudo: true }),
];

/** What `sudo` has to allow for it. */
export const bootCommands = (file: string): string[][] => [
  ['tee', `${file}.new`],
  ['chmod', '0644', `${file}.new`],
  ['mv', '-T', `${file}.new`, file],
  ['cp', '-p', '-T', file, `${file}.before`],
  ['rm', '-f', file],
  ['rm', '-f', `${file}.before`],
];

function ownFile(node: string, { ours, oursText }: ConfigurationReading): BootChange {
  const key = keys.file(node);
  const wasThere = oursText !== null;
  const read = ssh(node, ['sh', '-c', 'test ! -e "$1" || cat "$1"', 'sh', ours]);
  return {
    facts: [fact(key, said('FACT_BOOT_FILE', { node, file: ours }), read, null, (oursText ?? '').trim())],
    changes: [[key, OWN_FILE.trim()]],
    apply: [
      ...(wasThere ? [ssh(node, ['cp', '-p', '-T', ours, `${ours}.before`], { sudo: true })] : []),
      ...put(node, ours, OWN_FILE),
    ],
    undo: wasThere
      ? [...put(node, ours, oursText), ssh(node, ['rm', '-f', `${ours}.before`], { sudo: true })]
      : [ssh(node, ['rm', '-f', ours], { sudo: true })],
  };
}
