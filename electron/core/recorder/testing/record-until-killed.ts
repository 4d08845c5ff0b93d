import { setImmediate } from 'node:timers/promises';
import { TestWatch } from './test-watch';

/** A program that records days in a second, so that it can be killed at any moment of writing and sealing. */
const [, , dir = '', round = '0'] = process.argv;
const watch = new TestWatch();
watch.now += Number(round) * 3 * 86_400_000;
const recorder = watch.recorder(dir, { budget: { dayBytes: 50_000_000, days: 1 } });
await recorder.start();
watch.look(recorder, 'web', 45_000);
await recorder.flush();
process.stdout.write('recording\n');
for (let look = 0; ; look++) {
  watch.look(recorder, look % 2 ? 'web' : 'db', 45_000, `output ${look}`, look);
  void recorder.flush();
  await setImmediate();
}
