import type { Probe, Row } from '../../kinds/kind';
import { mysqlProbes } from '../../kinds/mysql-probes';
import { isWithin, versionOf } from '../../kinds/version';
import type { ServerReading } from '../../replication/model';
import { serverOf } from '../../replication/read-server';
import type { HostReading } from '../../snapshot';
import { mergeAnswer, type ProbeOutcome } from '../../watch/merge-answer';
import { answer, patronus } from '../patronus';

/** What one server answered to the console's statements. */
export interface RecordedServer {
  variables: Readonly<Record<string, string>>;
  status: Readonly<Record<string, string>>;
  /** Rows of the other statements, by probe. */
  rows: Readonly<Record<string, readonly Row[]>>;
}
export interface RecordedPair {
  source: RecordedServer;
  replica: RecordedServer;
}

const [host = { id: 'db', address: '10.0.20.2', site: 'datacenter' }] = patronus().hosts;

const pairs = (record: Readonly<Record<string, string>>): Row[] =>
  Object.entries(record).map(([name, value]) => ({ Variable_name: name, Value: value }));

/** A statement and the rows it got. */
export interface Asked {
  probe: Probe;
  rows: readonly Row[];
}

/** The statements that the console sends to a server of this version, with the rows it got; [] for none. */
export function askedOf({
  variables,
  status,
  rows,
}: RecordedServer): { probe: Probe; rows: readonly Row[] }[] {
  const version = versionOf(variables.version ?? null);
  const dialect = /mariadb/i.test(variables.version ?? '') ? 'mariadb' : 'mysql';
  return mysqlProbes.flatMap((probe) => {
    if (probe.via !== 'sql' || (probe.dialect !== undefined && probe.dialect !== dialect)) return [];
    if (!isWithin(version, probe.from, probe.below)) return [];
    if (probe.id === 'mysql.variables') return [{ probe, rows: pairs(variables) }];
    if (probe.id === 'mysql.counters') return [{ probe, rows: pairs(status) }];
    const given = rows[probe.id];
    return given === undefined ? [] : [{ probe, rows: given }];
  });
}

/** A host's answer in which its database said this, through the same parsers and merging as a real one. */
export function readingOf(asked: readonly Asked[], service = 'sql'): HostReading {
  const utc = asked.find(({ probe }) => /^mysql\.gtid/.test(probe.id))?.rows[0]?.utc ?? '';
  const at = Date.parse(`${utc.replace(' ', 'T').slice(0, 23)}Z`) || 0;
  const outcomes = asked.map(({ probe, rows }): ProbeOutcome => {
    const evidence = {
      id: `${service}/${probe.id}`,
      via: 'sql' as const,
      sent: probe.id,
      account: 'patronus_watch',
      route: '',
      at: at - 5,
      durationMs: 10,
      exit: null,
      bytes: 0,
    };
    const parsed = probe.via === 'sql' ? probe.parse(rows, { host }) : null;
    return { probe, service, evidence, parsed, error: null };
  });
  const hostKey = { fingerprint: 'SHA256:x', type: 'ssh-ed25519', by: 'estate' as const };
  const said = mergeAnswer(null, { at, durationMs: 10, hostKey, outcomes }, [service]);
  const { evidence, services } = said;
  return {
    state: 'answered',
    answer: { ...answer({ process: 'mysqld', port: 3306 }), at, evidence, services },
  };
}

/** The model's reading of a server that gave these answers. */
export const readAs = (asked: readonly Asked[]): ServerReading =>
  serverOf({
    node: 'sql',
    host: 'db',
    service: 'sql',
    address: '10.0.20.2',
    reading: readingOf(asked),
    health: 'up',
  });
export const read = (server: RecordedServer): ServerReading => readAs(askedOf(server));
