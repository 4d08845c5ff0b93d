import { createInterface } from 'node:readline';
import { toAppError } from '@shared/errors';
import { openConsole } from '../../testing/console';

/**
 * A console in a process of its own, for tests that stop and continue it: prints each event as a line of JSON,
 * and looks when it reads "look". Ends with its standard input.
 */
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

const desk = await openConsole(process.argv[2] ?? '', { waitForLook: false });
desk.client.on('host.changed', ({ seq, host, reading }) =>
  say({ event: 'host.changed', seq, host, state: reading.state, at: Date.now() }),
);
desk.client.on('watch.woke', (woke) => say({ event: 'watch.woke', ...woke }));

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  if (line !== 'look') return;
  desk.look().then(
    () => say({ event: 'looked' }),
    (thrown) => say({ event: 'refused', code: toAppError(thrown).code }),
  );
});
input.on('close', () => void desk.close());
