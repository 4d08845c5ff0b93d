import { findingText } from '@shared/text/finding-text';
import type { Finding } from '@shared/views/topology';
import { useNow } from '../clock';
import { findingKey } from '../memory';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { EvidenceView } from './evidence-view';
import { markOfSeverity, Shape } from './marks';

/** A finding in full, always in the same order: what, why, to do, do not, masks; and the statement that shows it. */
export function FindingCard({ finding, onClose }: { finding: Finding; onClose?: () => void }) {
  const { ui, language, time, age } = useWords();
  const { memory } = useWatched();
  const now = useNow();
  const text = findingText(finding, language);
  const since = memory.since[findingKey(finding)];
  return (
    <article className={`finding finding-${finding.severity}`} data-testid="finding" data-code={finding.code}>
      <header className="finding-head">
        <Shape mark={markOfSeverity[finding.severity]} size={14} />
        <h2>
          {onClose ? (
            <button type="button" aria-expanded="true" onClick={onClose}>
              {text.title}
            </button>
          ) : (
            text.title
          )}
        </h2>
        {since !== undefined && (
          <span className="soft">{ui.states.since(time(since), age(Math.max(0, now - since)))}</span>
        )}
        <code>{finding.code}</code>
      </header>
      <div className="finding-body">
        <dl className="finding-text">
          <dt>{ui.finding.what}</dt>
          <dd>{text.what}</dd>
          <dt>{ui.finding.why}</dt>
          <dd>{text.why}</dd>
          {text.todo.length > 0 && (
            <>
              <dt>{ui.finding.todo}</dt>
              <dd>
                <ol>
                  {text.todo.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
              </dd>
            </>
          )}
          {text.doNot && (
            <>
              <dt>{ui.finding.doNot}</dt>
              <dd>{text.doNot}</dd>
            </>
          )}
          {finding.masks.length > 0 && (
            <>
              <dt>{ui.finding.masks}</dt>
              <dd>{ui.finding.masksCount(finding.masks.length)}</dd>
            </>
          )}
        </dl>
        <div className="finding-evidence">
          <h3 className="label">{ui.finding.statement}</h3>
          {finding.evidence.length === 0 && (
            <p className="soft">{isTried(finding) ? ui.finding.statementTried : ui.finding.statementNone}</p>
          )}
          {finding.evidence.map(({ host, id }) => (
            <EvidenceView key={`${host} ${id}`} host={host} id={id} />
          ))}
        </div>
      </div>
    </article>
  );
}

/** Findings of a connection that failed: something was tried, though no command and no statement was sent. */
const TRIED: ReadonlySet<string> = new Set([
  'NOT_ANSWERING_ANY_HOST',
  'HOST_UNREACHABLE',
  'HOST_REFUSES',
  'HOSTKEY_CHANGED',
  'HOSTKEY_UNKNOWN',
  'ANSWER_NEEDED',
  'SERVICE_REFUSES',
  'SERVICE_SILENT',
]);
const isTried = (finding: Finding): boolean => TRIED.has(finding.code);
