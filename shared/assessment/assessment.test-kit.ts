import { Estate } from '../estate/schema';
import type { Row } from '../kinds/kind';
import { parseVariables } from '../kinds/mysql-parse';
import type { Fact, Snapshot } from '../snapshot';
import type { Assessment, CheckResult } from '../views/assessment';
import type { Gathered, GatheredReading } from './gathered';
import { isUnread } from './model';
import { MYSQL_PROBES } from './mysql-probes';
import { RECORDED_MARIADB } from './recorded-mariadb.test-kit';
import { RECORDED_MYSQL } from './recorded-mysql.test-kit';

/** A run over one database server, made of what real servers answered. */

export type Dialect = 'mysql' | 'mariadb';
export const RECORDED = { mysql: RECORDED_MYSQL, mariadb: RECORDED_MARIADB } as const;
const AT = Date.UTC(2026, 10, 22, 5, 0, 0);

export const ESTATE: Estate = Estate.parse({
  version: 1,
  estate: 'shop',
  title: 'Shop',
  sites: [{ id: 'here', title: 'Here' }],
  hosts: [
    { id: 'web', site: 'here', address: '10.0.10.1' },
    { id: 'db-host', site: 'here', address: '10.0.20.2' },
  ],
  services: [
    { id: 'web', kind: 'apache', role: 'web', hosts: ['web'], port: 80 },
    { id: 'db', kind: 'mysql', role: 'database', hosts: ['db-host'], port: 3306 },
  ],
  problems: [
    {
      id: 'no-high-availability',
      title: 'No second server',
      affects: ['web', 'db'],
      source: 'stated',
      removedBy: 'A replica',
    },
    { id: 'manual-updates', title: 'Updates by hand', affects: ['web', 'db'], source: 'stated' },
    { id: 'datacenter-cost', title: 'Cost', affects: ['here'], source: 'stated' },
    { id: 'smell', title: 'Smell', affects: ['here'], source: 'stated' },
  ],
});

/** The statement's answer, by the probe's id, as its parser reads it. */
export function readingOf(id: string, rows: readonly Row[]): GatheredReading {
  const probe = MYSQL_PROBES.find((one) => one.id === id);
  if (probe?.via !== 'sql') throw new Error(`there is no statement ${id}`);
  const read = probe.parse(rows, { host: { id: 'db-host', site: 'here', address: '10.0.20.2' } });
  const base = { host: 'db-host', service: 'db', name: probe.gives, at: AT, evidence: `db/${id}` };
  if (isUnread(read))
    return {
      ...base,
      rows: null,
      reason: { code: read.unread, params: { ...read.params }, more: probe.more ?? null },
    };
  return { ...base, rows: read.map((row) => ({ ...row })), reason: null };
}

export interface RunOptions {
  dialect: Dialect;
  which: 'bad' | 'clean';
  /** Rows to take instead, by the probe's id; null: this one was never asked. */
  instead?: Readonly<Record<string, readonly Row[] | null>>;
  /** Variables to take instead; null: the server does not tell this one. */
  variables?: Readonly<Record<string, string | null>>;
  /** The look could not list the accounts. */
  withoutAccounts?: boolean;
}

export function recordedRun({
  dialect,
  which,
  instead = {},
  variables = {},
  withoutAccounts,
}: RunOptions): Gathered {
  const recorded: Readonly<Record<string, readonly Row[]>> = RECORDED[dialect][which];
  const readings = Object.entries(recorded)
    .filter(([id]) => id.startsWith('mysql.assess.'))
    .flatMap(([id, rows]) => {
      const taken = Object.hasOwn(instead, id) ? instead[id] : rows;
      return taken ? [readingOf(id, taken)] : [];
    });
  const told = (recorded.variables ?? [])
    .map((row) => ({
      ...row,
      ...(Object.hasOwn(variables, row.Variable_name ?? '')
        ? { Value: variables[row.Variable_name ?? ''] ?? null }
        : {}),
    }))
    .filter(({ Value }) => Value !== null);
  return {
    estate: 'shop',
    startedAt: AT - 2_000,
    finishedAt: AT,
    complete: true,
    look: lookOf(told, withoutAccounts ? null : (recorded.accounts ?? [])),
    readings,
    evidence: readings.map(({ host, name, evidence }) => ({
      host,
      id: evidence ?? name,
      via: 'sql' as const,
      sent: name,
      account: 'watch',
      route: 'ssh',
      at: AT,
      durationMs: 1,
      exit: null,
      bytes: 1,
      raw: '[]',
      truncated: false,
    })),
  };
}

function lookOf(variables: readonly Row[], accounts: readonly Row[] | null): Snapshot {
  const evidence = 'db/mysql.variables';
  const facts = Object.fromEntries(
    Object.entries(parseVariables(variables).facts).map(([id, value]): [string, Fact] => [
      id,
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? { ...value, at: AT, evidence }
        : { value, at: AT, evidence },
    ]),
  );
  const table = (rows: readonly Row[]) => ({
    at: AT,
    evidence,
    rows: rows.map((row) => ({ ...row })),
    cut: false,
  });
  return {
    estate: 'shop',
    takenAt: AT,
    periodMs: 5_000,
    hosts: {
      'db-host': {
        state: 'answered',
        answer: {
          at: AT,
          durationMs: 10,
          facts: { 'host.updates.automatic': { value: true, at: AT, evidence: 'host.updates' } },
          listeners: [{ address: '0.0.0.0', port: 3306 }],
          processes: { mysqld: 1, mariadbd: 1 },
          edges: [],
          configured: [],
          services: {
            db: {
              facts,
              tables: { variables: table(variables), ...(accounts ? { accounts: table(accounts) } : {}) },
            },
          },
          errors: [],
          evidence: [],
          hostKey: { fingerprint: 'SHA256:x', type: 'ssh-ed25519', by: 'file' },
        },
      },
      web: {
        state: 'unreachable',
        at: AT,
        since: AT,
        error: { code: 'E_TIMEOUT', stage: 'tcp', message: 'no answer from 10.0.10.1', retryable: true },
        last: null,
      },
    },
  };
}

/** What a check says of the database. */
export function checkOf({ subjects }: Assessment, code: string): CheckResult {
  const database = subjects.find(({ subject }) => subject.kind === 'database');
  const found = database?.checks.find((check) => check.code === code);
  if (!found) throw new Error(`${code} is no check of the database`);
  return found;
}
/** The codes of the database's checks in this state. */
export const codesIn = ({ subjects }: Assessment, state: CheckResult['state']): string[] =>
  subjects
    .filter(({ subject }) => subject.kind === 'database')
    .flatMap(({ checks }) => checks)
    .filter((check) => check.state === state)
    .map(({ code }) => code)
    .sort();
