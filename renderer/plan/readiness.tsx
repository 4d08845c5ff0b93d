import { assessmentWords } from '@shared/assessment/assessment-text';
import { toAppError } from '@shared/errors';
import type { Assessment, CheckResult, SubjectVerdict } from '@shared/views/assessment';
import { useMoment } from '../recording/moment';
import { useRoute } from '../route';
import { Age } from '../ui/age';
import { ErrorSentence } from '../ui/error-sentence';
import { type Mark, Status } from '../ui/marks';
import { useWords } from '../words';
import { Absent } from './absent';
import { Faults } from './faults';
import { SubjectChecks } from './subject-checks';
import { useAssessment } from './use-assessment';

const MARK_OF = {
  ready: 'proved',
  'conditionally-ready': 'attention',
  'not-ready': 'critical',
  unknown: 'unknown',
} as const satisfies Record<SubjectVerdict['verdict'], Mark>;

/** Is what there is ready to move? Per host, database, share and site, with what stands in the way and what settles it. */
export function ReadinessTab() {
  const { planScreen, language } = useWords();
  const { readiness } = planScreen;
  const words = assessmentWords(language);
  const isLive = useMoment() === null;
  const { assessment, run, cancel, running, error } = useAssessment();
  return (
    <>
      <section className="panel" data-testid="readiness">
        <header className="panel-head">
          <h2>{planScreen.tab.readiness}</h2>
          <span className="note">
            {assessment && assessment.takenAt !== null && (
              <>
                {words.confidence(assessment.confidence.measured, assessment.confidence.of)} ·{' '}
                <Age at={assessment.takenAt} />
              </>
            )}
          </span>
          {running ? (
            <>
              <span role="status">{readiness.asking}</span>
              <button type="button" className="button" onClick={cancel}>
                {readiness.cancel}
              </button>
            </>
          ) : (
            isLive && (
              <button type="button" className="button" data-testid="run-assessment" onClick={run}>
                {assessment && assessment.takenAt !== null ? readiness.again : readiness.run}
              </button>
            )
          )}
        </header>
        <div className="panel-body">
          {error && <ErrorSentence error={toAppError(error)} />}
          {assessment ? (
            <>
              {assessment.takenAt === null && (
                <p>
                  {words.noRun} <span className="soft">{readiness.neverMore}</span>
                </p>
              )}
              {assessment.takenAt !== null && !assessment.complete && <p>{words.cancelled}</p>}
              <Subjects assessment={assessment} />
            </>
          ) : (
            <p className="soft">…</p>
          )}
        </div>
      </section>
      {assessment && <Faults problems={assessment.problems} />}
    </>
  );
}

function Subjects({ assessment }: { assessment: Assessment }) {
  const { planScreen, language } = useWords();
  const { readiness } = planScreen;
  const words = assessmentWords(language);
  const { route, setQuery } = useRoute();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{readiness.subject}</th>
          <th scope="col">{readiness.readiness}</th>
          <th scope="col" className="right">
            {readiness.blockers}
          </th>
          <th scope="col" className="right">
            {readiness.warnings}
          </th>
          <th scope="col" className="right">
            {readiness.unknowns}
          </th>
          <th scope="col" className="right">
            {readiness.confidence}
          </th>
        </tr>
      </thead>
      <tbody>
        {assessment.subjects.map((each) => {
          const { subject, verdict, checks, confidence } = each;
          const open = route.query.subject === subject.id;
          // Nothing found where nothing was asked is no count.
          const asked = confidence.measured > 0;
          return [
            <tr key={subject.id} className={open ? 'row-selected' : ''} data-testid={`subject-${subject.id}`}>
              <th scope="row">
                <button
                  type="button"
                  className="row-button"
                  aria-expanded={open}
                  onClick={() => setQuery({ subject: open ? null : subject.id })}
                >
                  <span className="soft">{words.subject[subject.kind]}</span>{' '}
                  <span className="mono">{subject.name}</span>
                </button>
              </th>
              <td>
                <Status mark={MARK_OF[verdict]} label={words.verdict[verdict]} />
              </td>
              <td className="right">{asked ? countOf(checks, 'blocker') : <Absent />}</td>
              <td className="right">{asked ? countOf(checks, 'warning') : <Absent />}</td>
              <td className="right">{checks.filter(({ state }) => state === 'unknown').length}</td>
              <td className="right nowrap">
                {confidence.stars === null || !asked
                  ? readiness.noStars
                  : planScreen.card.stars(String(confidence.stars))}
                <span className="why">{readiness.share(confidence.measured, confidence.of)}</span>
              </td>
            </tr>,
            open && (
              <tr key={`${subject.id} checks`}>
                <td colSpan={6}>
                  <SubjectChecks checks={checks} evidence={assessment.evidence} />
                </td>
              </tr>
            ),
          ];
        })}
      </tbody>
    </table>
  );
}

const countOf = (checks: readonly CheckResult[], severity: CheckResult['severity']): number =>
  checks.flatMap(({ hits }) => hits).filter((hit) => hit.severity === severity).length;
