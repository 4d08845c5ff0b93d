import type { HostReading } from '@shared/snapshot';
import type { Health } from '@shared/views/topology';
import type { TestConsole } from '../../testing/console';

/** What the tests of faults ask a console. */

export async function healthOf(desk: TestConsole, id: string): Promise<Health> {
  const node = (await desk.topology()).nodes.find((one) => one.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node.health;
}

export const findingsOf = async (desk: TestConsole, id: string): Promise<string[]> =>
  (await desk.topology()).findings.flatMap(({ code, nodes }) => (nodes.includes(id) ? [code] : []));

export const errorOf = (reading: HostReading): string | null =>
  reading.state === 'unreachable' ? reading.error.code : null;

/** Everything that is said of a service from now on; `stop` ends it and tells, each word once. */
export function watchHealth(desk: TestConsole, id: string): { stop(): Promise<Health[]> } {
  const seen = new Set<Health>();
  let on = true;
  const look = async () => {
    while (on) {
      seen.add(await healthOf(desk, id));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const ended = look();
  ended.catch(() => {}); // told by `stop`; without one the test has failed already
  return {
    async stop() {
      on = false;
      await ended;
      return [...seen];
    },
  };
}

/** For `expect.poll`: milliseconds, asked often. */
export const within = (timeout: number) => ({ timeout, interval: 100 });
