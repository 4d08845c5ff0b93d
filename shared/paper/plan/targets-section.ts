import type { Language } from '../../contract';
import { texts } from '../../text';
import { DASH } from '../../text/format';
import type { TargetComparison, TargetFigure, TargetVariant } from '../../views/targets';
import type { Block, Cell, PaperSection } from './model';

/** The estate as it is beside its targets: one row for each, and what each cannot do. Prices stay unknown until entered. */
export function targetsSection({ variants }: TargetComparison, language: Language): PaperSection {
  const { sections, targets: words } = texts(language).planPaper;
  const { head } = words;
  const cannot = variants.flatMap(({ title, cannot }) => cannot.map((text) => `${title} — ${text}`));
  const blocks: Block[] = [
    {
      kind: 'table',
      head: [head.variant, head.availability, head.down, head.single, head.month, head.breakEven],
      widths: [27, 20, 15, 16, 11, 11],
      rows: variants.map((variant) => rowOf(variant, language)),
    },
    ...(cannot.length === 0
      ? []
      : ([
          { kind: 'heading', text: words.cannot },
          { kind: 'list', items: cannot },
        ] as const)),
  ];
  return { id: 'targets', title: sections.targets, blocks: variants.length > 1 ? blocks : [] };
}

function rowOf({ title, id, paths, singlePoints, cost }: TargetVariant, language: Language): Cell[] {
  const { none } = texts(language).planPaper;
  const each = (figure: (path: TargetVariant['paths'][number]) => TargetFigure) =>
    paths.length === 0
      ? DASH
      : paths
          .map((path) => (paths.length > 1 ? `${path.title} ${figure(path).text}` : figure(path).text))
          .join(' · ');
  const left = singlePoints.left.map((point) => point.title).join(', ');
  return [
    { kind: 'noted', text: title, note: id, strong: true },
    each(({ shared }) => shared),
    each(({ downPerMonth }) => downPerMonth),
    left === '' ? none : left,
    cost?.perMonth.text ?? DASH,
    cost?.breakEven?.text ?? DASH,
  ];
}
