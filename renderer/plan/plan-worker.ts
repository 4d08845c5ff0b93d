import '../without-eval';
import { type SumsTask, sumsOf } from './plan-sums';

/** Counts where no frame waits for it. It has no network and no files: a policy of its own says so. */
globalThis.addEventListener('message', ({ data }: MessageEvent<SumsTask>) => {
  for (const answer of sumsOf(data)) globalThis.postMessage(answer);
});
