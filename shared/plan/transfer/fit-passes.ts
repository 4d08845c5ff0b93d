import { ok } from '../../errors';
import {
  asRate,
  asSeconds,
  type Bytes,
  type BytesPerSecond,
  type Count,
  type Seconds,
} from '../../units/measure';
import { amount, checkedThen, type Outcome, refuse } from '../../units/outcome';
import { leastSquares } from './least-squares';

/** What is fitted, the fullest first. */
const MODELS: readonly (readonly ('scan' | 'bytes' | 'files')[])[] = [
  ['scan', 'bytes', 'files'],
  ['scan', 'bytes'],
  ['scan', 'files'],
  ['bytes', 'files'],
  ['bytes'],
  ['scan'],
];

/** One pass as it was measured. */
export interface MeasuredPass {
  bytes: Bytes;
  files: Count;
  took: Seconds;
}

export interface FittedPasses {
  scan: Seconds;
  /** null: the bytes of the passes do not differ enough to tell, or the way was too fast to show. */
  rate: BytesPerSecond | null;
  perFile: Seconds | null;
  /** Standard deviation of what the fit does not explain. */
  spread: Seconds;
}

/**
 * S, B and t_file by least squares over all measured passes, `T = S + bytes ÷ B + files · t_file`; never from
 * the last pass alone, because a small delta gives an absurd throughput. A cost that comes out negative is taken
 * out of the fit: it was too small to be seen.
 */
export function fitPasses(passes: readonly MeasuredPass[]): Outcome<FittedPasses> {
  const checks = passes.flatMap(({ bytes, files, took }, index) => [
    amount(`passes/${index}/bytes`, bytes, 'bytes'),
    amount(`passes/${index}/files`, files, 'count'),
    amount(`passes/${index}/took`, took, 'seconds'),
  ]);
  return checkedThen(checks, () => {
    if (passes.length < 3) {
      return refuse('passes', 'too-few', { value: String(passes.length), against: '3' });
    }
    const columns = {
      scan: passes.map(() => 1),
      bytes: passes.map((p) => p.bytes),
      files: passes.map((p) => p.files),
    };
    const took = passes.map((pass) => pass.took);
    for (const names of MODELS) {
      // With as many unknowns as passes everything fits, and nothing is learnt.
      if (names.length >= passes.length) continue;
      const fit = leastSquares(
        names.map((name) => columns[name]),
        took,
      );
      if (!fit || fit.coefficients.some((each) => each < 0)) continue;
      const of = (name: keyof typeof columns) => {
        const at = names.indexOf(name);
        return at < 0 ? null : (fit.coefficients[at] ?? null);
      };
      const perByte = of('bytes');
      const perFile = of('files');
      return ok({
        scan: asSeconds(of('scan') ?? 0),
        rate: perByte === null || perByte === 0 ? null : asRate(1 / perByte),
        perFile: perFile === null ? null : asSeconds(perFile),
        spread: asSeconds(fit.deviation),
      });
    }
    return refuse('passes', 'contradictory');
  });
}
