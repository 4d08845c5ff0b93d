import { readFile } from 'node:fs/promises';
import type { Estate } from '@shared/estate/schema';
import type { Mark } from '@shared/recording/frame';
import type { Ports } from '../ports';
import type { Watcher } from '../watch/watcher';
import { Recorder } from './recorder';

interface Watching {
  file: string;
  estate: Estate;
  watcher: Pick<Watcher, 'snapshot' | 'evidenceOf'>;
}
interface Options {
  dir: string;
  product: string;
  ports: Pick<Ports, 'clock' | 'log'>;
  onMark(mark: Mark): void;
}

/** A recorder of what is watched, ready to be told of changes. */
export async function startRecorder(watching: Watching, options: Options): Promise<Recorder> {
  const { file, estate, watcher } = watching;
  const recorder = new Recorder({
    dir: options.dir,
    estate,
    yaml: await readFile(file, 'utf8'),
    product: options.product,
    ...options.ports,
    snapshot: () => watcher.snapshot(),
    evidenceOf: (host, id) => watcher.evidenceOf(host, id),
    onMark: options.onMark,
  });
  await recorder.start();
  return recorder;
}
