import type { Gathered, GatheredReading } from '@shared/assessment/gathered';
import type { AssessmentProbe } from '@shared/assessment/model';
import { PROBES } from '@shared/assessment/tables';
import { cutAt } from '@shared/clean';
import type { Host } from '@shared/estate/schema';
import { answerOf, type Evidence, type Snapshot } from '@shared/snapshot';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import { createSqlSession } from '../sql/sql-session';
import { createSlots } from '../ssh/slots';
import { askHost } from './ask-host';

export interface GatherOptions {
  open: OpenEstate;
  ports: Ports;
  signal: AbortSignal;
  /** Those of the product, unless a test brings its own. */
  probes?: readonly AssessmentProbe[];
}

/** Hosts that are asked at a time: an assessment may take its time, and must not be felt by those who work there. */
const CONCURRENT_HOSTS = 8;
/** Raw evidence of the look that is kept of each probe: it is there again at the next look. */
const MAX_LOOK_RAW = 4 * 1024;

/**
 * One run over an estate: first a look, as the watching does it, then everything the tables ask, on connections of its own
 * and as the read-only account. What was read stays when the rest is cancelled.
 * @throws Failure E_WOKE_UP when the desk slept during the look
 */
export async function gather({ open, ports, signal, probes = PROBES }: GatherOptions): Promise<Gathered> {
  const { estate, watcher } = open;
  const startedAt = ports.clock.now();
  await watcher.lookNow(undefined, signal);
  const { snapshot } = watcher.snapshot();
  const readings: GatheredReading[] = [];
  const evidence: Gathered['evidence'] = evidenceOfLook(open, snapshot);
  const slots = createSlots(CONCURRENT_HOSTS);
  const ask = async (host: Host) => {
    const reading = snapshot.hosts[host.id];
    const answer = reading?.state === 'answered' ? answerOf(reading) : null;
    if (!answer || signal.aborted) return;
    const leave = await slots.take(signal).catch(() => null);
    if (!leave) return;
    try {
      await askHost({
        estate,
        host,
        answer,
        probes,
        sessions: open.sessions,
        openSql: (service) =>
          createSqlSession({ ...open, ports, hostId: host.id, serviceId: service.id, account: 'read' }),
        clock: ports.clock,
        signal,
        done(one, raw) {
          readings.push(one);
          if (raw) evidence.push(raw);
        },
      });
    } finally {
      leave();
    }
  };
  await Promise.all(estate.hosts.map(ask));
  return {
    estate: estate.estate,
    startedAt,
    finishedAt: ports.clock.now(),
    complete: !signal.aborted,
    look: snapshot,
    readings,
    evidence,
  };
}

/** What the look read, so that a check that stands on it can still show it offline. */
function evidenceOfLook(open: OpenEstate, snapshot: Snapshot): (Evidence & { host: string })[] {
  return Object.entries(snapshot.hosts).flatMap(([host, reading]) =>
    (answerOf(reading)?.evidence ?? []).flatMap(({ id }) => {
      const found = open.watcher.evidenceOf(host, id);
      if (!found) return [];
      const { raw, truncated } = found;
      return [
        { ...found, host, raw: cutAt(raw, MAX_LOOK_RAW), truncated: truncated || raw.length > MAX_LOOK_RAW },
      ];
    }),
  );
}
