import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, messageOf } from './errors';
import { inHost, type Lab } from './lab';
import { upperOf } from './paths';
import type { HostSpec, ServiceSpec } from './spec';

/** Path of a service's script inside a host. */
export function scriptOf(lab: Lab, service: ServiceSpec): string {
  return `/opt/lab/${service.script(lab.config.engine)}.sh`;
}

/** Runs a service's script inside its host: `conf`, `start`, `stop` or a word of its own. */
export async function callScript(
  lab: Lab,
  host: HostSpec,
  service: ServiceSpec,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const { stdout } = await inHost(lab, host.name, [scriptOf(lab, service), ...args], {
    timeoutMs: 120_000,
    ...(input === undefined ? {} : { input }),
  });
  return stdout;
}

/**
 * Brings every service of the estate up, side by side as far as `after` allows: first-time work, start, first-time
 * fill. As a start of its host would: one that service.sh has disabled stays down.
 * @throws LabError E_SERVICE naming host and service.
 */
export async function startServices(lab: Lab): Promise<void> {
  const running = new Map<string, Promise<void>>();
  const all = new Map(
    lab.spec.hosts.flatMap((host) =>
      host.services.map((s) => [`${host.name}/${s.name}`, { host, service: s }]),
    ),
  );
  const started = (id: string): Promise<void> => {
    const known = running.get(id);
    if (known) return known;
    const entry = all.get(id);
    if (!entry) throw new LabError('E_SPEC', `${id} is not in the lab "${lab.spec.name}"`);
    const work = (async () => {
      await Promise.all((entry.service.after ?? []).map(started));
      if (!isDisabled(lab, entry.host, entry.service)) await startService(lab, entry.host, entry.service);
    })();
    running.set(id, work);
    return work;
  };
  const results = await Promise.allSettled([...all.keys()].map(started));
  const failed = results.find((r) => r.status === 'rejected');
  if (failed) throw failed.reason;
}

/** First-time work if due, then start; a running service is left alone. @throws LabError E_SERVICE */
export async function startService(lab: Lab, host: HostSpec, service: ServiceSpec): Promise<void> {
  try {
    await once(lab, host, `${service.name}-prepared`, service.prepare);
    await callScript(lab, host, service, ['start']);
    await once(lab, host, `${service.name}-filled`, service.fill);
  } catch (error) {
    if (error instanceof LabError && error.code === 'E_SERVICE') throw error;
    throw new LabError('E_SERVICE', `${service.name} on ${host.name}: ${messageOf(error)}`, { cause: error });
  }
}

const isDisabled = (lab: Lab, host: HostSpec, service: ServiceSpec): boolean =>
  existsSync(join(upperOf(lab.paths, host.name), `etc/lab-disabled-${service.script(lab.config.engine)}`));

type Work = (lab: Lab, host: HostSpec) => Promise<void>;

/** The mark is read from outside and comes last, from inside: work that was killed is done again. */
async function once(lab: Lab, host: HostSpec, mark: string, work: Work | undefined): Promise<void> {
  if (!work || existsSync(join(upperOf(lab.paths, host.name), 'var/lib/lab', mark))) return;
  await work(lab, host);
  await inHost(lab, host.name, ['touch', `/var/lib/lab/${mark}`]);
}
