import type { Format } from '@shared/kinds/kind';
import { useWords } from '../words';

interface NumProps {
  /** null: unknown, drawn as absence. */
  value: number | null;
  format: Format;
  unit: string;
  source: string;
  takenAt: number | null;
}

/** A number with its unit, where it comes from and when: there is no way to show a bare one. */
export function Num({ value, format, unit, source, takenAt }: NumProps) {
  const { ui, quantity, time } = useWords();
  if (value === null)
    return (
      <span className="num">
        <span className="num-value">—</span>
        <span className="num-unit">{ui.states.noReading}</span>
      </span>
    );
  const shown = quantity(value, format, unit);
  return (
    <span className="num" title={takenAt === null ? source : `${source} · ${time(takenAt)}`}>
      <span className="num-value">{shown.text}</span>
      <span className="num-unit">{shown.unit}</span>
    </span>
  );
}
