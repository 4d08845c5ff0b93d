import type { Language } from '../contract';
import type { DataSet, Estate } from '../estate/schema';
import { say, texts } from '../text';
import type { PlanStep } from '../views/plan';
import { isMoved } from './inputs';

/** How a step's duration is found. */
export type Work =
  /** People's work: only they can say; the input is `steps/<id>`. */
  | { kind: 'stated' }
  /** Bytes at a rate. `rate` "link" is the effective throughput of the link. */
  | { kind: 'bytes'; size: string; rate: string }
  | { kind: 'time'; input: string }
  | { kind: 'perFile'; files: string; each: string }
  /** Delta passes of a file tree, after the first: all of them, or the last one alone. */
  | { kind: 'passes'; set: string; which: 'all' | 'last' };

export interface StepDraft extends Pick<PlanStep, 'id' | 'title' | 'phase' | 'track' | 'needs'> {
  work: Work;
}

/**
 * The order of a migration with a reverse channel, for whatever data sets and front services the estate has:
 * build, seed, repeat, rehearse, freeze, last pass beside the drain, promote, reverse, switch, check, open.
 * Promotion is the point of no return, so the reverse channel comes before anybody may write again.
 */
export function stepsOf(estate: Estate, language: Language): StepDraft[] {
  const { steps: words } = texts(language).plan;
  const name = (set: DataSet) => say(set.title, language);
  const moved = estate.dataSets.filter(isMoved);
  const databases = moved.filter((set) => set.store === 'database');
  const trees = moved.filter((set) => set.store !== 'database');
  const steps: StepDraft[] = [];
  const add = (
    id: string,
    title: string,
    phase: PlanStep['phase'],
    track: PlanStep['track'],
    needs: string[],
    work: Work = { kind: 'stated' },
  ) => {
    steps.push({ id, title, phase, track, needs, work });
    return id;
  };

  const build = add('build', words.build(), 'prepare', 'all', []);
  const loaded = databases.map((set) => {
    const { id } = set;
    const size = `dataSets/${id}/size`;
    const seed = (step: string, title: string, needs: string[], rate: string) =>
      add(`${step}-${id}`, title, 'seed', 'database', needs, { kind: 'bytes', size, rate });
    const dump = seed('dump', words.dump(name(set)), [build], 'assumptions/dumpRate');
    const send = seed('send-dump', words.sendDump(name(set)), [dump], 'link');
    return seed('load', words.load(name(set)), [send], 'assumptions/loadRate');
  });
  const copied = trees.map((set) => {
    const { id } = set;
    const part = (step: string, title: string, needs: string[], work: Work) =>
      add(`${step}-${id}`, title, 'seed', 'files', needs, work);
    const scan = part('scan', words.scan(name(set)), [build], {
      kind: 'time',
      input: 'assumptions/scanTime',
    });
    const copy = part('copy', words.copy(name(set)), [scan], {
      kind: 'bytes',
      size: `dataSets/${id}/size`,
      rate: 'link',
    });
    const each = part('per-file', words.perFile(name(set)), [copy], {
      kind: 'perFile',
      files: `dataSets/${id}/fileCount`,
      each: 'reference/perFileTime',
    });
    return part('passes', words.passes(name(set)), [each], { kind: 'passes', set: id, which: 'all' });
  });
  const rehearse = add('rehearse', words.rehearse(), 'prepare', 'all', [...loaded, ...copied]);

  const fronts = estate.services.filter(
    (service) => service.role === 'web' || service.role === 'application',
  );
  const front = fronts.map((service) => say(service.title ?? service.id, language)).join(', ');
  const freeze = add('freeze', words.freeze(front), 'cutover', 'all', [rehearse]);
  const lastPasses = trees.map((set) => {
    const last = { kind: 'passes', set: set.id, which: 'last' } as const;
    const pass = add(`final-pass-${set.id}`, words.finalPass(name(set)), 'cutover', 'files', [freeze], last);
    return add(`verify-${set.id}`, words.verifyFiles(name(set)), 'cutover', 'files', [pass]);
  });
  const drained = databases.map((set) =>
    add(`drain-${set.id}`, words.drain(name(set)), 'cutover', 'database', [freeze]),
  );
  const equal = [...drained, ...lastPasses];
  const reversed = databases.map((set) => {
    const promote = add(`promote-${set.id}`, words.promote(name(set)), 'cutover', 'database', equal);
    return add(`reverse-${set.id}`, words.reverse(name(set)), 'cutover', 'database', [promote]);
  });
  const ready = reversed.length > 0 ? reversed : lastPasses.length > 0 ? lastPasses : [freeze];
  const switched = add('switch', words.switch(front), 'cutover', 'web', ready);
  const check = add('check', words.check(), 'cutover', 'all', [switched]);
  const open = add('open', words.open(), 'cutover', 'dns', [check]);
  const watch = add('watch', words.watch(), 'after', 'all', [open]);
  add('keep', words.keep(), 'after', 'all', [watch]);
  return steps;
}
