import type { Minutes, PlanStep } from '../views/plan';
import type { Inputs } from './inputs';
import type { Spread } from './quantities';
import type { StepDraft } from './steps';
import { deltaPasses, type Passes, throughput, transferSeconds } from './transfer';

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

/** Delta passes of a file tree at the likely values; null and the missing paths when something is unknown. */
export function passesOf(set: string, inputs: Inputs): Passes | { missing: string[] } {
  const paths = [
    `dataSets/${set}/size`,
    `dataSets/${set}/changeRate`,
    `dataSets/${set}/fileCount`,
    'assumptions/scanTime',
    'reference/perFileTime',
  ];
  const [size, change, files, scan, each] = paths.map((path) => inputs.get(path)?.likely);
  const link = linkThroughput(inputs)?.likely;
  const missing = [
    ...paths.filter((path) => !inputs.get(path)),
    ...(link === undefined ? missingOf(inputs, LINK) : []),
  ];
  if (size === undefined || change === undefined || files === undefined || scan === undefined)
    return { missing };
  if (each === undefined || link === undefined) return { missing };
  const first = transferSeconds({
    scanSeconds: scan,
    bytes: size,
    bytesPerSecond: link,
    files,
    perFileSeconds: each,
    streams: 1,
  });
  return deltaPasses(first, scan, change, link);
}

const missingOf = (inputs: Inputs, paths: readonly string[]) => paths.filter((path) => !inputs.get(path));

export function durationOf(step: StepDraft, inputs: Inputs): Duration {
  const { work } = step;
  switch (work.kind) {
    case 'stated':
      return oneInput(`steps/${step.id}`, inputs);
    case 'time':
      return oneInput(work.input, inputs);
    case 'bytes': {
      const size = inputs.get(work.size);
      const rate = work.rate === 'link' ? linkThroughput(inputs) : inputs.get(work.rate);
      if (!size || !rate)
        return unknown(missingOf(inputs, [work.size, ...(work.rate === 'link' ? LINK : [work.rate])]));
      if (rate.low <= 0) return unknown([work.rate === 'link' ? LINK[0] : work.rate]);
      const formula = `${mega(size.likely)} MB ÷ ${mega(rate.likely)} MB/s`;
      return known(size.low / rate.high, size.likely / rate.likely, size.high / rate.low, formula);
    }
    case 'perFile': {
      const files = inputs.get(work.files);
      const each = inputs.get(work.each);
      if (!files || !each) return unknown(missingOf(inputs, [work.files, work.each]));
      const formula = `${files.likely} × ${each.likely * 1000} ms`;
      return known(files.low * each.low, files.likely * each.likely, files.high * each.high, formula);
    }
    case 'passes': {
      const passes = passesOf(work.set, inputs);
      if ('missing' in passes) return unknown(passes.missing);
      // Never: no number stands for it, and the input that must change is named.
      if (!passes.converges) return unknown([`dataSets/${work.set}/changeRate`, LINK[0]]);
      const later = passes.seconds.slice(1);
      const last = passes.seconds.at(-1) ?? 0;
      const seconds = work.which === 'all' ? later.reduce((sum, one) => sum + one, 0) : last;
      const formula = `T(n+1) = S + ρ·T(n): ${passes.seconds.map((one) => round(one / 60)).join(', ')} min`;
      return known(seconds, seconds, seconds, formula);
    }
  }
}

function oneInput(path: string, inputs: Inputs): Duration {
  const value = inputs.get(path);
  return value ? known(value.low, value.likely, value.high) : unknown([path]);
}

const unknown = (missing: string[]): Duration => ({ minutes: null, missing });

function known(low: number, likely: number, high: number, formula?: string): Duration {
  const minutes: Minutes = { optimistic: low / 60, likely: likely / 60, pessimistic: high / 60 };
  return { minutes, ...(formula === undefined ? {} : { formula }) };
}

const round = (value: number) => Number(value.toPrecision(3));
const mega = (bytes: number) => round(bytes / 1e6);
