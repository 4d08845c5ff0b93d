import { useWords } from '../words';

const LINES = ['seen', 'declared', 'observed', 'replication', 'broken', 'unknown'] as const;

/** What each kind of line means. Always on screen. */
export function Legend() {
  const { ui } = useWords();
  const entries = [
    ['path', ui.topology.legend.request] as const,
    ...LINES.map((line) => [line, ui.topology.legend[line]] as const),
  ];
  return (
    <ul className="legend" aria-label={ui.topology.legend.title}>
      {entries.map(([line, text]) => (
        <li key={line}>
          <svg width="30" height="10" aria-hidden="true">
            <path className={`line line-${line === 'path' ? 'seen line-path' : line}`} d="M0 5H30" />
            {line === 'replication' && <path className="line-core" d="M0 5H30" />}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
