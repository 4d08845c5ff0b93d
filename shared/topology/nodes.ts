import type { Estate, Service } from '../estate/schema';
import { kindOf } from '../kinds';
import { factOf, textOf, truthOf } from '../kinds/fact-of';
import { answerOf, type Snapshot } from '../snapshot';
import { kinds } from '../text/en/kinds';
import { say } from '../text/say';
import type { TopologyNode } from '../views/topology';
import { healthOf } from './health';

/** Lane of a role where the estate names none; a role of its own gets a lane of its own. */
const TIER_OF_ROLE: Readonly<Record<string, string>> = { balancer: 'entry', proxy: 'entry' };

export function tierOf(service: Service): string {
  return service.tier ?? TIER_OF_ROLE[service.role] ?? service.role;
}

/** Where a service is drawn: once per host, once without a host when the estate does not place it. */
export function placesOf(service: Service): { id: string; host: string | null }[] {
  const hosts = service.hosts ?? [];
  const [only] = hosts;
  if (only === undefined) return [{ id: service.id, host: null }];
  if (hosts.length === 1) return [{ id: service.id, host: only }];
  return hosts.map((host) => ({ id: `${service.id}@${host}`, host }));
}

/** Every service on every host it is placed on, with what is known of it. */
export function nodesOf(estate: Estate, snapshot: Snapshot): TopologyNode[] {
  const hosts = new Map(estate.hosts.map((host) => [host.id, host]));
  return estate.services.flatMap((service) =>
    placesOf(service).map(({ id, host: hostId }) => {
      const host = hostId === null ? undefined : hosts.get(hostId);
      const reading = hostId === null ? undefined : snapshot.hosts[hostId];
      const answer = answerOf(reading);
      const kind = kindOf(service.kind);
      const { health, reason } = healthOf({
        service,
        host: hostId,
        reading,
        takenAt: snapshot.takenAt,
        periodMs: snapshot.periodMs,
        suspectBefore: snapshot.suspectBefore,
      });
      const fact = (name: string | undefined) =>
        name === undefined ? null : textOf(factOf(answer, service.id, name));
      const writable = factOf(answer, service.id, `${kind?.id}.writable`);
      return {
        id,
        service: service.id,
        title: say(service.title ?? service.id, 'en'),
        host: hostId,
        address: host && host.address !== 'unknown' ? host.address : null,
        site: host?.site ?? null,
        tier: tierOf(service),
        kind: service.kind,
        role: service.role,
        product: fact(kind?.product),
        version: fact(kind?.version),
        health,
        ...(reason
          ? {
              reason: kinds.health[reason.code](reason.params),
              because: { code: reason.code, params: { ...reason.params } },
              ...(reason.error ? { error: reason.error.code } : {}),
            }
          : {}),
        // who may write now is not what was writable when the host last answered
        ...(writable === undefined ? {} : { writable: health === 'unknown' ? null : truthOf(writable) }),
        takenAt: answer?.at ?? null,
      };
    }),
  );
}
