import type { ServerReading } from '../model';
import { dump, server } from '../replication.test-kit';
import {
  type CasesByCode,
  following,
  pair,
  pulledBy,
  replica,
  silent,
  sound,
  viewOf,
} from './rules.test-kit';

const untold = pair(server('b', { channels: null }));
const from = (...sources: string[]) =>
  replica('c', 'a', { channels: sources.map((source) => following(source, { name: source })) });
const galera: NonNullable<ServerReading['group']> = {
  technology: 'galera',
  state: 'Synced',
  primary: true,
  size: 3,
  members: null,
};
const online = { technology: 'group-replication', state: 'ONLINE', primary: true } as const;
const inGroup = (group: Partial<typeof galera>) => viewOf([sound('a', { group: { ...galera, ...group } })]);
const named = (identity: Partial<ServerReading['identity']>) =>
  pair(sound('b', { identity: { ...sound('b').identity, ...identity } }));
const shared = { identity: { ...sound('a', {}, 'mariadb').identity, hostname: null, port: 3306 } };

export const SHAPE_CASES: CasesByCode = {
  CIRCULAR: {
    hit: { two: viewOf([replica('a', 'b'), replica('b', 'a')]) },
    miss: { 'a chain': viewOf([sound('a'), replica('b', 'a'), replica('c', 'b')]) },
    unknown: {},
  },
  MULTI_SOURCE: {
    hit: {
      'two members': viewOf([sound('a'), sound('b'), from('a', 'b')]),
      'a member and a stranger': viewOf([sound('a'), from('a', 'z')]),
    },
    miss: {
      one: viewOf([sound('a'), from('a')]),
      'two channels from one source': viewOf([
        sound('a'),
        replica('c', 'a', { channels: [following('a', { name: 'x' }), following('a', { name: 'y' })] }),
      ]),
    },
    unknown: { 'no channels told': untold },
  },
  ISLANDS: {
    hit: { 'two that nobody joins': pair(sound('b')) },
    miss: { 'a pair': pair(replica('b', 'a')), 'one is out of sight': viewOf([sound('a'), silent('b')]) },
    unknown: {},
  },
  UNKNOWN_MEMBER: {
    hit: {
      'a stranger pulls the log': viewOf([sound('a', { dumps: [dump({ host: '10.0.0.9' })] })]),
      'a stranger is followed': viewOf([replica('b', 'z')]),
    },
    miss: { 'both are members': pair(replica('b', 'a'), {}, { dumps: pulledBy('b') }) },
    unknown: {
      'an address that two members share': viewOf([
        sound('a', { dumps: [dump({ host: '10.0.0.98' })] }, 'mariadb'),
        { ...sound('b', shared, 'mariadb'), address: '10.0.0.98' },
        { ...sound('c', shared, 'mariadb'), address: '10.0.0.98' },
      ]),
    },
  },
  DECLARED_ROLE_DIFFERS: {
    hit: { 'a replica declared as primary': pair(replica('b', 'a'), { declared: { b: 'primary' } }) },
    miss: {
      'as declared': pair(replica('b', 'a'), { declared: { a: 'primary', b: 'replica' } }),
      'a standby is a replica': pair(replica('b', 'a'), { declared: { b: 'standby' } }),
      'declared as unknown': pair(replica('b', 'a'), { declared: { b: 'unknown' } }),
    },
    unknown: { 'out of sight': viewOf([silent('a')], { declared: { a: 'primary' } }) },
  },
  DUPLICATE_SERVER_ID: {
    hit: { two: named({ serverId: '97' }) },
    miss: { 'each its own': named({}) },
    unknown: { 'not told': named({ serverId: null }) },
  },
  DUPLICATE_UUID: {
    hit: { two: named({ uuid: sound('a').identity.uuid }) },
    miss: { 'each its own': named({}), 'MariaDB has none': pair(sound('b', {}, 'mariadb')) },
    unknown: { 'not told': named({ uuid: null }) },
  },
  GROUP_NOT_ASYNC: {
    hit: { Galera: viewOf([sound('a', { group: galera })]) },
    miss: { 'no group': viewOf([sound('a')]) },
    unknown: {},
  },
  GROUP_MEMBER_APART: {
    hit: {
      'Galera without a majority': inGroup({ state: 'Initialized', primary: false }),
      'Galera, still joining': inGroup({ state: 'Joining' }),
      'Group Replication, left behind': inGroup({ ...online, state: 'ERROR' }),
    },
    miss: {
      'Galera in step': inGroup({}),
      'a donor takes part': inGroup({ state: 'Donor/Desynced' }),
      'a secondary of Group Replication': inGroup({ ...online, primary: false }),
      'no group': viewOf([sound('a')]),
      'out of sight': viewOf([silent('a')]),
    },
    unknown: { 'no state told': inGroup({ state: null }), 'no side told': inGroup({ primary: null }) },
  },
  NOT_UNDERSTOOD: {
    hit: { 'a cut set': viewOf([sound('a', { notUnderstood: [{ what: 'gtid', text: '1-' }] })]) },
    miss: { everything: viewOf([sound('a')]) },
    unknown: {},
  },
};
