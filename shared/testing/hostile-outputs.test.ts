import { expect, test } from 'vitest';
import { clean } from '../clean';
import { HOST_KIND, KINDS, kindOf } from '../kinds';
import { type Parsed, type Probe, type Row, statementOf } from '../kinds/kind';
import { statusToText, topologyToText } from '../paper/look-text';
import { replicationToText } from '../paper/replication-text';
import { planOf } from '../plan/plan-of';
import { planToText } from '../plan/plan-text';
import { replicationOf } from '../replication/replication-of';
import type { HostAnswer, Snapshot } from '../snapshot';
import { findingText } from '../text/finding-text';
import { topologyOf } from '../topology/topology-of';
import { Status } from '../views/status';
import { mergeAnswer } from '../watch/merge-answer';
import { ACTIVE, activeTextsIn, HOSTILE, LONG, replacedFields, textsIn } from './hostile';
import dbPoll from './outputs/db-host-poll.txt?raw';
import dbSockets from './outputs/db-host-sockets.txt?raw';
import samba from './outputs/files-samba-config.txt?raw';
import config from './outputs/web-apache-config.txt?raw';
import disks from './outputs/web-host-disks.txt?raw';
import identity from './outputs/web-host-identity.txt?raw';
import status from './outputs/web-server-status.txt?raw';
import { answered, healthyDb, healthyFiles, healthyWeb, NOW, patronus, snapshotOf } from './patronus';

/**
 * Every field of every recorded answer of a real server, replaced by every trick, and then the whole way to what
 * people read: parser, answer, graph, replication, plan, findings and texts in both languages.
 */

const estate = patronus();
const TEXTS = Object.values(HOSTILE);
const hostOf = { web: healthyWeb, db: healthyDb, files: healthyFiles } as const;
type HostId = keyof typeof hostOf;

/** What was recorded, of which probe, on which host, for which service. */
const OUTPUTS: readonly [probe: string, host: HostId, service: string | null, raw: string][] = [
  ['host.poll', 'db', null, dbPoll],
  ['host.sockets', 'db', null, dbSockets],
  ['host.disks', 'web', null, disks],
  ['host.identity', 'web', null, identity],
  ['apache.config', 'web', 'app', config],
  ['apache.status', 'web', 'app', status],
  ['samba.config', 'files', 'share', samba],
];

type SqlProbe = Extract<Probe, { via: 'sql' }>;
const SQL_PROBES = KINDS.flatMap((kind) =>
  kind.probes.flatMap((probe): [string, SqlProbe][] => (probe.via === 'sql' ? [[probe.id, probe]] : [])),
);
const TARGET_DB = { host: { id: 'db', site: 'datacenter', address: '10.0.20.2' } };

/** The columns that a parser looks at: it is given rows that have every column it asks for. */
function columnsRead(probe: SqlProbe): string[] {
  const columns = new Set<string>();
  for (const value of ['1', '0', 'ON', 'Yes', 'x:1-5', null]) {
    const row = new Proxy<Record<string, string | null>>(
      {},
      {
        get: (_row, column) => (typeof column === 'string' && columns.add(column) ? value : undefined),
        has: (_row, column) => typeof column === 'string' && columns.add(column) !== undefined,
      },
    );
    probe.parse([row], TARGET_DB);
  }
  return [...columns].filter((column) => column !== 'toJSON');
}

function probeNamed(id: string): Probe {
  const kind = id.startsWith('host.') ? HOST_KIND : kindOf(id.slice(0, id.indexOf('.')));
  const probe = kind?.probes.find((one) => one.id === id);
  if (!probe) throw new Error(`no probe ${id}`);
  return probe;
}

/** As the core hands it to the parser: cleaned where it came in. */
function parse(probe: Probe, host: HostId, answer: string): Parsed {
  const found = estate.hosts.find((one) => one.id === host);
  if (!found) throw new Error(`no host ${host}`);
  const target = { host: found };
  const text = clean(answer);
  switch (probe.via) {
    case 'ssh':
      return probe.parse({ stdout: text, stderr: text, exit: 1 }, target);
    case 'http':
      return probe.parse({ status: 200, headers: { server: text }, body: text }, target);
    case 'sql':
      throw new Error(`${probe.id} reads rows`);
  }
}

/** What the host is known to be once this probe said that. */
function answerWith(probe: Probe, host: HostId, service: string | null, parsed: Parsed): HostAnswer {
  const id = service === null ? probe.id : `${service}/${probe.id}`;
  const evidence = { id, via: probe.via, sent: '', account: 'watch', route: '', at: NOW } as const;
  const look = {
    at: NOW,
    durationMs: 1,
    hostKey: { fingerprint: 'SHA256:x', type: 'ssh-ed25519', by: 'estate' },
    outcomes: [
      {
        probe,
        service,
        evidence: { ...evidence, durationMs: 1, exit: 0, bytes: 1 },
        parsed,
        error: parsed.error ?? null,
      },
    ],
  };
  const ids = estate.services.filter((one) => one.hosts?.includes(host)).map((one) => one.id);
  return mergeAnswer(hostOf[host](), look, ids);
}

/** All that is said of a snapshot, as values and as text for people. */
function saidOf(snapshot: Snapshot): { values: unknown; printed: string[] } {
  const topology = topologyOf(estate, snapshot);
  const replication = replicationOf(estate, snapshot);
  const plan = planOf(estate, [], snapshot);
  const printed = (['en', 'fr'] as const).flatMap((language) => [
    statusToText(Status.strip().parse(topology), language),
    topologyToText(topology, language),
    replicationToText(replication, language),
    planToText(planOf(estate, [], snapshot, language), language),
  ]);
  const findings = topology.findings.flatMap((one) => [findingText(one, 'en'), findingText(one, 'fr')]);
  return { values: [snapshot, topology, replication, plan, findings], printed };
}

/** Fails with the trick's own name when something active, a line of its own or a lasting change came of it. */
function expectInert(what: string, host: HostId, answer: HostAnswer): void {
  const { values, printed } = saidOf(snapshotOf({ [host]: answered(answer) }));
  expect([what, activeTextsIn(values)]).toEqual([what, []]);
  for (const text of printed) {
    expect([what, activeTextsIn(text)]).toEqual([what, []]);
    // "one\ntwo\nthree" of a server must never start a line of ours: a forged line would be believed.
    expect([what, text.split('\n').filter((line) => /^(two|line\b)/.test(line))]).toEqual([what, []]);
  }
}

/** Some thousand answers each; a busy machine needs its time. Milliseconds. */
const LIMIT = { timeout: 30_000 };
const objectBefore = Object.getOwnPropertyNames(Object.prototype).sort();

test.each(OUTPUTS)(
  'F12 every field of %s (%s) as every trick: no parser fails, nothing active is left',
  LIMIT,
  (id, host, service, raw) => {
    const probe = probeNamed(id);
    for (let shift = 0; shift < TEXTS.length; shift += 9) {
      const trickFor = (count: number) => TEXTS[(count + shift) % TEXTS.length] ?? '';
      for (const { field, text } of replacedFields(raw, trickFor)) {
        const parsed = parse(probe, host, text);
        const active = activeTextsIn(parsed);
        if (active.length > 0) expect([field, active]).toEqual([field, []]);
        // The whole way to what people read costs a hundred times as much: every field goes it with some tricks.
        if (shift % 20 === 0) expectInert(`${id}: ${field}`, host, answerWith(probe, host, service, parsed));
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(objectBefore);
  },
);

test.each(SQL_PROBES)('F12 every cell and every name of %s as every trick', LIMIT, (_id, probe) => {
  const inert = (name: string, rows: readonly Row[]) =>
    expectInert(`${probe.id}: ${name}`, 'db', answerWith(probe, 'db', 'sql', probe.parse(rows, TARGET_DB)));
  const columns = columnsRead(probe);
  const names = [...(statementOf(probe, TARGET_DB) ?? '').matchAll(/'(\w+)'/g)].map(
    (match) => match[1] ?? '',
  );
  for (const [at, [name, trick]] of Object.entries(HOSTILE).entries()) {
    const text = clean(trick);
    if (at % 4 === 0 || name === 'several lines')
      inert(name, [Object.fromEntries([...columns, text].map((column) => [column, text]))]);
    if ((at % 4 === 2 || name === 'several lines') && names.length > 0)
      inert(
        `${name} as a value`,
        names.map((one) => ({ Variable_name: one, Value: text })),
      );
    for (const column of columns) {
      const parsed = probe.parse(
        [Object.fromEntries(columns.map((one) => [one, one === column ? text : '1']))],
        TARGET_DB,
      );
      const active = activeTextsIn(parsed);
      if (active.length > 0) expect([column, name, active]).toEqual([column, name, []]);
    }
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(objectBefore);
});

test.each(Object.entries(LONG))('F12 %s, in any answer: bounded and inert', LIMIT, (name, make) => {
  const long = make();
  for (const [id, host, service, raw] of OUTPUTS) {
    const probe = probeNamed(id);
    const middle = raw.indexOf('\n', raw.length / 2);
    for (const text of [
      long,
      `${long}${raw}`,
      raw.slice(0, middle) + long + raw.slice(middle),
      `${raw}${long}`,
    ]) {
      const answer = answerWith(probe, host, service, parse(probe, host, text));
      expectInert(`${id}: ${name}`, host, answer);
    }
  }
});

test('the corpus is what it says: each trick is active, or is markup or syntax of some reader', () => {
  const plain = Object.entries(HOSTILE).filter(
    ([, text]) =>
      !ACTIVE.test(text) &&
      !/[<>&=+@|#%$'\\./:"{]|^(__proto__|constructor|toString|NaN|9+)$|\p{M}{8}|^\s|\ufffd/u.test(text),
  );
  expect(plain).toEqual([]);
  expect(textsIn({ a: ['b', { c: 'd' }] })).toEqual(['a', '0', 'b', '1', 'c', 'd']);
});
