import type { RequestOf, Verdict } from '@shared/measure/model';
import { outermost } from '@shared/measure/offers';
import { changedFiles, treeWalk } from '@shared/measure/tree';
import { parseTree, type TreeReading, walkArgv } from '@shared/measure/tree-script';
import { runSsh } from '../ssh/run-ssh';
import { type MeasureContext, onHost } from './context';

/** The walk ends itself at its limit; this is for one that cannot, as on a file system that hangs. */
const SLACK_SECONDS = 10;

/** One walk through the trees of a data set. Rejects with Failure as runSsh does. */
export async function measureChangedFiles(
  context: MeasureContext,
  { subject, trees, seconds }: RequestOf<'changed-files'>,
): Promise<Verdict> {
  const reading = await walk(context, trees, seconds);
  context.progress(1);
  return changedFiles(subject, reading);
}

/** Walks through the trees one after the other, until all are done or one was not whole. */
export async function measureTreeWalk(
  context: MeasureContext,
  { trees, seconds, walks }: RequestOf<'tree-walk'>,
): Promise<Verdict> {
  const readings: (TreeReading | null)[] = [];
  while (readings.length < walks) {
    const reading = await walk(context, trees, seconds);
    readings.push(reading);
    context.progress(readings.length);
    if (reading?.exit !== 0 || reading.hidden > 0) break;
  }
  return treeWalk(readings);
}

async function walk(
  context: MeasureContext,
  trees: readonly string[],
  seconds: number,
): Promise<TreeReading | null> {
  const { signal } = context;
  const options = { name: 'measure.walk', timeoutMs: (seconds + SLACK_SECONDS) * 1000, signal };
  return onHost(context, async (lease) =>
    parseTree(await runSsh(lease, walkArgv(outermost(trees), seconds), options)),
  );
}
