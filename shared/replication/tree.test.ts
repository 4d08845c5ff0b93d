import { expect, test } from 'vitest';
import { edgesOf, primariesOf } from './graph';
import type { ReplicationCluster, ReplicationMember, ServerReading } from './model';
import { channel, dump, server } from './replication.test-kit';
import { linkStateOf, rowName, shortGtid, treeOf } from './tree';

const follows = (host: string, more = {}) => channel({ source: { host, port: 3306 }, ...more });
const at = (node: string, address: string, more = {}) =>
  server(node, { address, identity: { port: 3306 }, ...more });

const memberOf = (reading: ServerReading, codes: string[] = []): ReplicationMember => ({
  server: reading,
  role: 'unknown',
  writable: null,
  lag: null,
  tier: 0,
  findings: codes.map((code) => ({
    code,
    severity: 'warning',
    nodes: [reading.node],
    title: code,
    params: {},
    evidence: [],
    masks: [],
  })),
});
const clusterOf = (...servers: ServerReading[]): ReplicationCluster => {
  const edges = edgesOf(servers);
  return {
    id: 'c',
    title: 'c',
    shape: 'unknown',
    primaries: primariesOf(servers, edges),
    members: servers.map((one) => memberOf(one)),
    edges,
    verdicts: [],
    candidates: [],
    findings: [],
    rules: { checked: 0, unknown: [] },
  };
};
const drawn = (...servers: ServerReading[]) => {
  const { rows, arrows } = treeOf(clusterOf(...servers));
  return [
    ...rows.map((row) => `${'.'.repeat(row.depth)}${rowName(row)}`),
    ...arrows.map((arrow) => `${arrow.from}>${arrow.to}`),
  ].join(' ');
};

const a = at('a', '10.0.0.1');
const b = at('b', '10.0.0.2', { channels: [follows('10.0.0.1')] });
const c = at('c', '10.0.0.3', { channels: [follows('10.0.0.2')] });
const d = at('d', '10.0.0.4', { channels: [follows('10.0.0.1')] });

test.each([
  ['alone', [a], 'a'],
  ['a chain, whatever the order of its members', [c, b, a], 'a .b ..c'],
  ['a tree: depth first', [a, b, d, c], 'a .b ..c .d'],
  [
    'several sources: the second is an arrow',
    [
      a,
      at('z', '10.0.0.9'),
      at('m', '10.0.0.8', {
        channels: [follows('10.0.0.1', { name: 'one' }), follows('10.0.0.9', { name: 'two' })],
      }),
    ],
    'a .m z z>m',
  ],
  [
    'a circle: the way back is an arrow',
    [at('a', '10.0.0.1', { channels: [follows('10.0.0.2')] }), b],
    'a .b b>a',
  ],
  [
    'a source that is no member stands above, a reader that is none below',
    [at('b', '10.0.0.2', { channels: [follows('10.9.9.9')], dumps: [dump({ host: '10.8.8.8' })] })],
    '10.9.9.9:3306 .b ..10.8.8.8',
  ],
  ['islands', [a, at('z', '10.0.0.9')], 'a z'],
  [
    'a circle beside a stranger: its first primary comes first',
    [
      at('a', '10.0.0.1', { channels: [follows('10.0.0.2')] }),
      b,
      at('x', '10.0.0.5', { channels: [follows('10.9.9.9')] }),
    ],
    'a .b 10.9.9.9:3306 .x b>a',
  ],
])('%s', (_name, servers, expected) => expect(drawn(...servers)).toBe(expected));

const one = (more: object, codes: string[] = [], state: 'answers' | 'silent' = 'answers') => {
  const replica = at('b', '10.0.0.2', { state, channels: [follows('10.0.0.1', more)] });
  const [edge] = edgesOf([a, replica]);
  return edge ? linkStateOf(edge, memberOf(replica, codes)) : 'no edge';
};
const error = { number: 1062, text: 'Duplicate entry', at: null };
test.each([
  ['both threads run', one({}), 'flows'],
  ['both run and nothing comes', one({}, ['HALF_OPEN_LINK']), 'half-open'],
  ['connecting without an error', one({ receiver: 'connecting' }), 'connecting'],
  ['connecting with one', one({ receiver: 'connecting', receiverError: error }), 'broken'],
  ['applier failed', one({ applier: 'off', applierError: error }), 'broken'],
  ['an old error of a thread that runs again', one({ applierError: error }), 'flows'],
  ['turned off', one({ receiver: 'off' }), 'stopped'],
  ['a state that is not told', one({ applier: null }), 'unknown'],
  ['a silent replica is never broken', one({ receiver: 'off' }, [], 'silent'), 'unknown'],
])('link: %s', (_name, state, expected) => expect(state).toBe(expected));

test.each([
  ['3e11fa47-71ca-11e1-9e33-c80aa9429562:1-48113902', '…:1-48113902'],
  ['3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,916f45d7-e5a5-11f1-8538-666a7e163d75:1-3:7-9', '…:7-9'],
  ['0-1-344', '0-1-344'],
  ['0-1-344,1-2-9', '…,1-2-9'],
  ['', ''],
])('%j is %j where there is no room', (text, short) => expect(shortGtid(text)).toBe(short));
