import type { Language } from '../contract';
import { assertNever } from '../errors';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../text/format';
import type { Figures } from './figures';
import { inputAt } from './ledger/derived';
import type { Ledger } from './ledger/ledger';
import type { StepDraft } from './steps';

/** The formulas of a plan's steps with their numbers, in the reader's language, by step; only where every number is known. */
export function formulaTexts(
  steps: readonly StepDraft[],
  ledger: Ledger,
  figures: Figures,
  language: Language,
): Map<string, string> {
  const texts = new Map<string, string>();
  const curves = new Map<string, string>();
  for (const step of steps) {
    if (!(figures.minutes.get(step.id) ?? figures.backMinutes.get(step.id))?.known) continue;
    const { work } = step;
    if (work.kind === 'passes') {
      const curve = curves.get(work.set) ?? curveText(work.set, figures, language);
      curves.set(work.set, curve);
      texts.set(step.id, curve);
      continue;
    }
    const text = textOf(work, ledger, figures, language);
    if (text !== undefined) texts.set(step.id, text);
  }
  return texts;
}

function textOf(
  work: Exclude<StepDraft['work'], { kind: 'passes' }>,
  ledger: Ledger,
  { throughput }: Figures,
  language: Language,
): string | undefined {
  const likely = (path: string) => {
    const found = inputAt(ledger, path);
    return found.known ? found.value.likely : 0;
  };
  switch (work.kind) {
    case 'stated':
    case 'time':
      return undefined;
    case 'bytes': {
      const link = throughput.known ? throughput.value.likely : 0;
      const rate = work.rate === 'link' ? link : likely(work.rate);
      return `${formatBytes(likely(work.size), language)} ÷ ${formatBytes(rate, language, '/s')}`;
    }
    case 'perFile':
      return `${formatCount(likely(work.files))} × ${formatDuration(likely(work.each) * 1000, language)}`;
    default:
      return assertNever(work);
  }
}

/** Every pass of a tree, in minutes. */
function curveText(set: string, { passes }: Figures, language: Language): string {
  const found = passes.get(set);
  const times = found?.known ? found.value.likely.passes : [];
  return `T(n+1) = S + ρ·T(n): ${times.map((each) => formatNumber(each / 60, language)).join(' · ')} min`;
}
