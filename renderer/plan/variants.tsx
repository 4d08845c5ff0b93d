import type { TargetComparison, TargetPath, TargetVariant } from '@shared/views/targets';
import { useRoute } from '../route';
import { type Mark, Shape } from '../ui/marks';
import { useWords } from '../words';
import { TargetNumber } from './target-number';

/** The path that decides: the one that is least available, or cannot be told. */
export function decidingPath({ paths }: TargetVariant): TargetPath | null {
  return (
    paths.find(({ shared }) => shared.value === null) ??
    paths.toSorted((a, b) => (a.shared.value ?? 0) - (b.shared.value ?? 0))[0] ??
    null
  );
}

/** Today and its targets: availability with shared causes counted, minutes down a month, cost. */
export function Variants({ comparison }: { comparison: TargetComparison }) {
  const { planScreen, percent } = useWords();
  const { setQuery } = useRoute();
  const words = planScreen.variants;
  const asked = comparison.variants
    .flatMap(({ paths }) => paths)
    .find(({ target }) => target !== null)?.target;
  return (
    <section className="panel" data-testid="variants">
      <header className="panel-head">
        <h2>{planScreen.overview.availability}</h2>
        <button type="button" className="link-button" onClick={() => setQuery({ tab: 'targets' })}>
          {planScreen.overview.all(comparison.variants.length)}
        </button>
      </header>
      <div className="panel-body">
        <table className="table table-tight">
          <thead>
            <tr>
              <th scope="col">{words.variant}</th>
              <th scope="col" className="right">
                {words.availability}
              </th>
              <th scope="col" className="right">
                {words.down}
              </th>
              <th scope="col" className="right">
                {words.cost}
              </th>
            </tr>
          </thead>
          <tbody>
            {comparison.variants.map((variant) => (
              <Variant key={variant.id} variant={variant} />
            ))}
          </tbody>
        </table>
        <p className="note">
          {asked ? words.asked(percent(asked * 100)) : words.notAsked} {words.shared}
        </p>
      </div>
    </section>
  );
}

function Variant({ variant }: { variant: TargetVariant }) {
  const words = useWords().planScreen.variants;
  const path = decidingPath(variant);
  const meets = path?.meetsTarget ?? null;
  const mark: Mark = meets === null ? 'unknown' : meets ? 'proved' : 'attention';
  const says = meets === null ? words.cannotSay : meets ? words.meets : words.fails;
  return (
    <tr>
      <th scope="row">
        <span className="with-shape" title={says}>
          <Shape mark={mark} />
          <span className="visually-hidden">{says}: </span>
          {variant.title}
        </span>
        {variant.mistakes.length > 0 && (
          <span className="why">{words.mistakes(variant.mistakes.length)}</span>
        )}
      </th>
      <td className="right">
        <TargetNumber figure={path?.shared ?? null} label={words.availability} />
      </td>
      <td className="right">
        <TargetNumber figure={path?.downPerMonth ?? null} label={words.down} />
      </td>
      <td className="right">
        <TargetNumber figure={variant.cost?.perMonth ?? null} label={words.cost} />
      </td>
    </tr>
  );
}
