import type { ServerReading } from '../model';
import { server } from '../replication.test-kit';
import { type CasesByCode, pair, replica, silent, sound, viewOf, withChannel } from './rules.test-kit';

const untold = pair(server('b', { channels: null }));
const retry = (everySeconds: number | null, times: string | null) =>
  pair(withChannel({ retry: { everySeconds, times } }));
const filters = (list: string[] | null) => pair(withChannel({ filters: list }));
const tls = (on: boolean | null, publicKey: boolean | null) =>
  pair(withChannel({ tls: { on, verify: null, publicKey } }));
const version = (...numbers: number[]) => pair(replica('b', 'a', { version: numbers }));
const parity = (given: ServerReading['parity']) => pair(replica('b', 'a', { parity: given }));
const accounts = (...hosts: string[]) =>
  pair(replica('b', 'a', { accounts: hosts.map((host) => ({ user: 'repl', host, locked: false })) }));
const events = (enabled: string[] | null, scheduler: boolean | null = true) =>
  pair(replica('b', 'a', { scheduler, events: { enabled, asleep: [] } }));
const asleep = (names: string[] | null) =>
  pair(replica('b', 'a'), {}, { events: { enabled: [], asleep: names } });

export const SETTING_CASES: CasesByCode = {
  WILL_GIVE_UP: {
    hit: { 'the default of 9.7': retry(60, '10'), 'a second less than an hour': retry(1, '3599') },
    miss: {
      'an hour': retry(1, '3600'),
      'without end': retry(1, '0'),
      'more than a number holds': retry(60, '18446744073709551615'),
      'MariaDB does not tell': pair(withChannel({ retry: { everySeconds: 1, times: null } }, 'mariadb')),
    },
    unknown: { 'not told': retry(60, null), 'no channels told': untold },
  },
  FILTERED: {
    hit: { 'one database': filters(['do-db=shop']) },
    miss: { none: filters([]) },
    unknown: { 'not told': filters(null), 'no channels told': untold },
  },
  FILE_POSITIONING: {
    hit: { file: pair(withChannel({ positioning: 'file' })) },
    miss: {
      auto: pair(withChannel({})),
      MariaDB: pair(withChannel({ positioning: 'current-pos' }, 'mariadb')),
    },
    unknown: { 'not told': pair(withChannel({ positioning: null })), 'no channels told': untold },
  },
  OVERLOOKS_ERRORS: {
    hit: { IDEMPOTENT: pair(replica('b', 'a', { overlooks: ['exec_mode=IDEMPOTENT'] })) },
    miss: {
      nothing: pair(replica('b', 'a')),
      'a source': pair(sound('b', { overlooks: ['skip_errors=1062'] })),
    },
    unknown: { 'not told': pair(replica('b', 'a', { overlooks: null })), 'no channels told': untold },
  },
  VERSION_ORDER: {
    hit: { 'an older series': version(8, 4, 9), 'numbers, not letters': version(9, 5) },
    miss: { 'an older release of the series': version(9, 7, 0), 'a newer series': version(10, 0) },
    unknown: { 'not told': pair(replica('b', 'a', { version: null })), 'no channels told': untold },
  },
  MIXED_VERSIONS: {
    hit: { 'another release': version(9, 7, 5) },
    miss: { 'the same': version(9, 7, 4), 'one is out of sight': viewOf([sound('a'), silent('b')]) },
    unknown: { 'not told': pair(replica('b', 'a', { version: null })) },
  },
  PARITY: {
    hit: { sql_mode: parity({ sql_mode: '', time_zone: 'SYSTEM' }) },
    miss: {
      alike: pair(replica('b', 'a')),
      'a name that one of them does not have': parity({ sql_mode: 'STRICT_TRANS_TABLES' }),
      'a size': pair(
        replica('b', 'a', { parity: { innodb_buffer_pool_size: '1' } }),
        {},
        { parity: { innodb_buffer_pool_size: '2' } },
      ),
    },
    unknown: { 'not told': parity(null), 'no channels told': untold },
  },
  REPLICATION_TLS_OFF: {
    hit: { off: tls(false, true) },
    miss: { on: tls(true, null) },
    unknown: { 'not told': tls(null, null), 'no channels told': untold },
  },
  PUBLIC_KEY_MISSING: {
    hit: { 'neither TLS nor key': tls(false, false) },
    miss: {
      'with key': tls(false, true),
      'with TLS': tls(true, false),
      MariaDB: pair(withChannel({ tls: { on: false, verify: false, publicKey: null } }, 'mariadb')),
    },
    unknown: { 'TLS is not told': tls(null, false), 'the key is not told': tls(false, null) },
  },
  REPLICATION_LOGIN: {
    hit: {
      'only from another address': accounts('10.0.0.96'),
      'only from the server itself': accounts('localhost'),
      'no such account': accounts(),
    },
    miss: {
      'from its network': accounts('10.0.0.0/24'),
      'from anywhere': accounts('%'),
      'nobody replicates': pair(sound('b', { accounts: [] })),
    },
    unknown: {
      'accounts are hidden': pair(replica('b', 'a', { accounts: null })),
      'a name may mean any address': accounts('db.example.org'),
    },
  },
  EVENTS_ENABLED_ON_REPLICA: {
    hit: { 'they run': events(['shop.tidy']) },
    miss: { none: events([]), 'nothing runs them': events(['shop.tidy'], false) },
    unknown: { 'events are hidden': events(null), 'the scheduler is not told': events([], null) },
  },
  EVENTS_OFF_ON_PRIMARY: {
    hit: { asleep: asleep(['shop.tidy']) },
    miss: {
      none: asleep([]),
      'a replica': pair(replica('b', 'a', { events: { enabled: [], asleep: ['shop.tidy'] } })),
    },
    unknown: { 'events are hidden': asleep(null) },
  },
};
