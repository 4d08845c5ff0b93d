import type { Language } from '../contract';
import { assertNever } from '../errors';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../text/format';
import type { Minutes, PlanStep } from '../views/plan';
import type { Inputs } from './inputs';
import type { Spread } from './quantities';
import type { StepDraft } from './steps';
import { changeRatio, deltaPasses, type Passes, throughput, transferSeconds } from './transfer';

/** What a step takes, or the inputs it waits for. */
export type Duration = Pick<PlanStep, 'minutes' | 'missing' | 'formula'>;

const LINK = ['assumptions/linkRate', 'reference/linkEfficiency', 'reference/linkContention'] as const;

/** Bytes per second that the copy gets of the link (formula 2.1 without the limits nobody has measured yet). */
export function linkThroughput(inputs: Inputs): Spread | null {
  const [link, efficiency, contention] = LINK.map((path) => inputs.get(path));
  if (!link || !efficiency || !contention) return null;
  const at = (which: keyof Spread) =>
    throughput({ bytesPerSecond: link[which], efficiency: efficiency[which], contention: contention[which] });
  return { low: at('low'), likely: at('likely'), high: at('high') };
}

/** Delta passes of a file tree when everything goes well, as is likely, and when everything goes badly. */
export interface PassesSpread {
  best: Passes;
  likely: Passes;
  worst: Passes;
}

/** null and the missing paths when something is unknown. One stream: what more would bring is not measured. */
export function passesOf(set: string, inputs: Inputs): PassesSpread | { missing: string[] } {
  const paths = [
    `dataSets/${set}/size`,
    `dataSets/${set}/changeRate`,
    `dataSets/${set}/fileCount`,
    `dataSets/${set}/changedFiles`,
    'assumptions/scanTime',
    'reference/perFileTime',
  ];
  const [size, change, files, changedFiles, scan, each] = paths.map((path) => inputs.get(path));
  const link = linkThroughput(inputs);
  if (!size || !change || !files || !changedFiles || !scan || !each || !link)
    return { missing: missingOf(inputs, link ? paths : [...paths, ...LINK]) };
  // A link that carries nothing is a value still to be entered, not a time.
  if (link.low <= 0) return { missing: [LINK[0]] };
  const at = (work: keyof Spread, rate: keyof Spread) => {
    const copy = { bytesPerSecond: link[rate], perFileSeconds: each[work], streams: 1 };
    const first = transferSeconds({
      ...copy,
      scanSeconds: scan[work],
      bytes: size[work],
      files: files[work],
    });
    const changes = { changedBytesPerSecond: change[work], changedFilesPerSecond: changedFiles[work] };
    return deltaPasses(first, scan[work], changeRatio({ ...copy, ...changes }));
  };
  const likely = at('likely', 'likely');
  // Too long for a number: as good as unknown, and the size is what made it so.
  if (!likely.seconds.every(Number.isFinite)) return { missing: [`dataSets/${set}/size`] };
  return { best: at('low', 'high'), likely, worst: at('high', 'low') };
}

const missingOf = (inputs: Inputs, paths: readonly string[]) => paths.filter((path) => !inputs.get(path));

/** Minutes of a step and the formula with its numbers, in the reader's language. */
export function durationOf(step: StepDraft, inputs: Inputs, language: Language): Duration {
  const { work } = step;
  const bytes = (value: number, per = '') => formatBytes(value, language, per);
  switch (work.kind) {
    case 'stated':
      return oneInput(`steps/${step.id}`, inputs);
    case 'time':
      return oneInput(work.input, inputs);
    case 'bytes': {
      const size = inputs.get(work.size);
      const rate = work.rate === 'link' ? linkThroughput(inputs) : inputs.get(work.rate);
      const rates = work.rate === 'link' ? LINK : [work.rate];
      if (!size || !rate) return unknown(missingOf(inputs, [work.size, ...rates]));
      if (rate.low <= 0) return unknown(rates.slice(0, 1));
      const formula = `${bytes(size.likely)} ÷ ${bytes(rate.likely, '/s')}`;
      return known(
        size.low / rate.high,
        size.likely / rate.likely,
        size.high / rate.low,
        [work.size],
        formula,
      );
    }
    case 'perFile': {
      const files = inputs.get(work.files);
      const each = inputs.get(work.each);
      if (!files || !each) return unknown(missingOf(inputs, [work.files, work.each]));
      const formula = `${formatCount(files.likely)} × ${formatDuration(each.likely * 1000, language)}`;
      const [low, high] = [files.low * each.low, files.high * each.high];
      return known(low, files.likely * each.likely, high, [work.files], formula);
    }
    case 'passes': {
      const passes = passesOf(work.set, inputs);
      if ('missing' in passes) return unknown(passes.missing);
      const { best, likely, worst } = passes;
      const change = [`dataSets/${work.set}/changeRate`, LINK[0]];
      // Never, if only at worst: no number stands for it, and the inputs that must change are named.
      if (!worst.converges) return unknown(change);
      const seconds = (of: Passes) =>
        work.which === 'last' ? of.finalSeconds : of.seconds.slice(1).reduce((sum, one) => sum + one, 0);
      const curve = likely.seconds.map((one) => formatNumber(one / 60, language)).join(' · ');
      const formula = `T(n+1) = S + ρ·T(n): ${curve} min`;
      return known(seconds(best), seconds(likely), seconds(worst), change, formula);
    }
    default:
      return assertNever(work);
  }
}

function oneInput(path: string, inputs: Inputs): Duration {
  const value = inputs.get(path);
  return value ? known(value.low, value.likely, value.high, [path]) : unknown([path]);
}

const unknown = (missing: readonly string[]): Duration => ({ minutes: null, missing: [...missing] });

/** Seconds as minutes, in order. What is too long for a number is as good as unknown: `from` made it so. */
function known(
  low: number,
  likely: number,
  high: number,
  from: readonly string[],
  formula?: string,
): Duration {
  const most = Math.max(likely, high);
  if (!Number.isFinite(most)) return unknown(from);
  const minutes: Minutes = {
    optimistic: Math.min(low, likely) / 60,
    likely: likely / 60,
    pessimistic: most / 60,
  };
  return { minutes, ...(formula === undefined ? {} : { formula }) };
}
