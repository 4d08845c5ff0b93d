import type { TargetFigure } from '@shared/views/targets';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { Figure } from './figure';

/** A number of the comparison, in words already; unknown is drawn as absence and opens to what it lacks. */
export function TargetNumber({ figure, label }: { figure: TargetFigure | null; label: string }) {
  const { common } = useWords();
  if (figure === null) return <span className="soft">{common.unknown}</span>;
  return (
    <Figure name={figure.id} label={label} className="nowrap">
      {figure.value === null ? (
        <span className="status">
          <Shape mark="unknown" />
          {common.unknown}
        </span>
      ) : (
        figure.text
      )}
    </Figure>
  );
}
