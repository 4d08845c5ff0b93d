import { findingText } from '@shared/text/finding-text';
import type { Finding } from '@shared/views/topology';
import { useWords } from '../words';
import { FindingCard } from './finding-card';
import { markOfSeverity, Shape } from './marks';

/** A finding in the drawer: its sentence and reason; open, the whole card. */
export function FindingRow({
  finding,
  open,
  onToggle,
}: {
  finding: Finding;
  open: boolean;
  onToggle: () => void;
}) {
  const { language } = useWords();
  const text = findingText(finding, language);
  if (open) return <FindingCard finding={finding} onClose={onToggle} />;
  return (
    <button
      type="button"
      className="finding-toggle"
      aria-expanded="false"
      data-testid="finding-row"
      data-code={finding.code}
      onClick={onToggle}
    >
      <Shape mark={markOfSeverity[finding.severity]} size={14} />
      <span>
        <b>{text.title}</b>
        <span className="soft">{text.why}</span>
      </span>
    </button>
  );
}
