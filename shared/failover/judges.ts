import { parseMariadbPosition } from '../gtid/mariadb-list';
import type { Answer, Judge, Judges } from '../runbook/judge';
import { type Consented, isNoMore } from './consent';
import { heldOf, holds } from './positions';
import { serverProcess } from './processes';

/** What an answer of the emergency failover is worth. A text that cannot be understood is never a yes. */

const UNKNOWN = { holds: null, value: '' };

/** Lines that `isolationCommand` prints after those of the processes, each a word of the service's own manager. */
const MANAGER = /^(state|boot) (.*)$/;
/** systemd's words, and those that the estate's own commands print (schema-access.ts). */
const DOWN: ReadonlySet<string> = new Set(['inactive', 'failed']);
export const KEPT_DOWN: readonly string[] = ['disabled', 'masked'];

/**
 * No process of a server runs there, and its manager says that none is meant to; with `until` "for-good" a start of the host
 * starts none either.
 */
const nobodyRuns: Judge = ({ stdout, exit }: Answer, { until }) => {
  const lines = stdout.trimEnd().split('\n');
  const words = new Map(
    lines.slice(-2).flatMap((line) => {
      const [, name, word] = MANAGER.exec(line) ?? [];
      return name === undefined || word === undefined ? [] : [[name, word] as const];
    }),
  );
  const process = serverProcess(lines.slice(0, -2).join('\n'), exit);
  const [state, boot] = [words.get('state'), words.get('boot')];
  if (process === 'unknown' || state === undefined || boot === undefined) return UNKNOWN;
  const value = `${process}, ${state}, ${boot}`;
  const isDown = process === 'gone' && DOWN.has(state);
  return { holds: isDown && (until === 'now' || KEPT_DOWN.includes(boot)), value };
};

const KINDS = ['exact', 'at-least', 'unknown'] as const;

function lossIn(words: Readonly<Record<string, string | null | undefined>>): Consented | null {
  const kind = KINDS.find((one) => one === words.kind);
  const { transactions, gtids } = words;
  if (!kind || typeof transactions !== 'string' || typeof gtids !== 'string') return null;
  return kind === 'unknown' || /^\d+$/.test(transactions) ? { kind, transactions, gtids } : null;
}

const countOf = ({ kind, transactions }: Consented): string =>
  kind === 'unknown' ? '?' : `${kind === 'at-least' ? '≥ ' : ''}${transactions}`;

/** What would be lost now, read by the console, is no more than what was consented to. */
const noMoreLost: Judge = ({ rows }, params) => {
  const [now, before] = [lossIn(rows[0] ?? {}), lossIn(params)];
  if (!now || !before) return UNKNOWN;
  const moved = countOf(before) === countOf(now) ? countOf(now) : `${countOf(before)} → ${countOf(now)}`;
  const value = now.gtids === '' ? moved : `${moved}: ${now.gtids}`;
  return { holds: isNoMore(now, before), value };
};

/** MariaDB: has the answering server all that another one has received (its Gtid_IO_Pos)? Rows: `logged`, `applied`. */
const holdsReceived: Judge = ({ rows: [row] }, { received = '' }) => {
  const { logged, applied } = row ?? {};
  if (typeof logged !== 'string' || typeof applied !== 'string') return UNKNOWN;
  const held = heldOf({ dialect: 'mariadb', logged, applied, received: [], serverId: null });
  const theirs = parseMariadbPosition(received);
  if (!held || !theirs.ok) return UNKNOWN;
  const lacks = [...theirs.value.values()].filter((gtid) => !holds(held, { dialect: 'mariadb', ...gtid }));
  return {
    holds: lacks.length === 0,
    value: lacks.map(({ domain, server, sequence }) => `${domain}-${server}-${sequence}`).join(','),
  };
};

/** What the plans of the emergency failover judge by name. */
export const failoverJudges: Judges = {
  'nobody-runs': nobodyRuns,
  'no-more-lost': noMoreLost,
  'holds-received': holdsReceived,
};
