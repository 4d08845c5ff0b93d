import { assessmentWords, checkText, reasonText } from '@shared/assessment/assessment-text';
import type { Assessment, CheckHit, CheckResult } from '@shared/views/assessment';
import { keyed } from '../ui/keyed';
import { type Mark, Shape } from '../ui/marks';
import { Raw } from '../ui/raw';
import { useWords } from '../words';

const MARK_OF = {
  blocker: 'critical',
  warning: 'attention',
  note: 'note',
} as const satisfies Record<CheckHit['severity'], Mark>;

/** What was found of one host, database, share or site, worst first; then what could not be told, and why. */
export function SubjectChecks({
  checks,
  evidence,
}: {
  checks: readonly CheckResult[];
  evidence: Assessment['evidence'];
}) {
  const { planScreen, language } = useWords();
  const { readiness } = planScreen;
  const words = assessmentWords(language);
  const cases = checks
    .flatMap((check) => check.hits.map((hit) => ({ check, hit })))
    .toSorted((a, b) => ORDER.indexOf(a.hit.severity) - ORDER.indexOf(b.hit.severity));
  const unknown = checks.filter(({ state }) => state === 'unknown');
  const clear = checks.filter(({ state }) => state === 'clear').length;
  return (
    <div className="checks" data-testid="checks">
      {keyed(cases, ({ check, hit }) => `${check.code} ${JSON.stringify(hit.params)}`).map(({ key, one }) => (
        <Case key={key} check={one.check} hit={one.hit} evidence={evidence} />
      ))}
      {unknown.length > 0 && (
        <details open={cases.length === 0}>
          <summary>
            <Shape mark="unknown" /> {readiness.unknownChecks(unknown.length)}
          </summary>
          <ul className="checks-unknown">
            {unknown.map((check) => (
              <li key={check.code}>
                <code>{check.code}</code>{' '}
                {check.reason ? reasonText(check.reason, language) : words.verdict.unknown}
              </li>
            ))}
          </ul>
        </details>
      )}
      {clear > 0 && <p className="note">{words.clear(clear)}</p>}
    </div>
  );
}
const ORDER: readonly CheckHit['severity'][] = ['blocker', 'warning', 'note'];

function Case({
  check,
  hit,
  evidence,
}: {
  check: CheckResult;
  hit: CheckHit;
  evidence: Assessment['evidence'];
}) {
  const { planScreen, language } = useWords();
  const { readiness } = planScreen;
  const words = assessmentWords(language);
  const { title, why, remedy } = checkText(check, hit, language);
  const proofs = check.evidence.flatMap(({ host, id }) =>
    evidence.filter((each) => each.host === host && each.id === id),
  );
  return (
    <article className={`check check-${hit.severity}`} data-code={check.code}>
      <h3>
        <Shape mark={MARK_OF[hit.severity]} /> <span className="label">{words.severity[hit.severity]}</span>{' '}
        <span className="foreign">{title}</span>
      </h3>
      <p className="soft">{why}</p>
      <p>{remedy}</p>
      {hit.statements.length > 0 && (
        <>
          <p className="note">{readiness.settles}</p>
          <pre className="raw">{hit.statements.join('\n')}</pre>
        </>
      )}
      {proofs.length > 0 && (
        <details>
          <summary>{readiness.evidence}</summary>
          {proofs.map((proof) => (
            <Raw
              key={`${proof.host} ${proof.id}`}
              sent={proof.sent}
              text={proof.raw}
              truncated={proof.truncated}
            />
          ))}
        </details>
      )}
    </article>
  );
}
