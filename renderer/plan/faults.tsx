import { assessmentWords, problemText } from '@shared/assessment/assessment-text';
import type { ProblemScore } from '@shared/views/assessment';
import { type Mark, Status } from '../ui/marks';
import { useWords } from '../words';

const MARK_OF = {
  seen: 'attention',
  'not-seen': 'ok',
  unknown: 'unknown',
} as const satisfies Record<ProblemScore['state'], Mark>;

/** The stated faults of today: what was seen of each, what of a target removes it, and the test that will prove it. */
export function Faults({ problems }: { problems: readonly ProblemScore[] }) {
  const { planScreen, say, language, common } = useWords();
  const { readiness } = planScreen;
  const words = assessmentWords(language);
  if (problems.length === 0) return null;
  return (
    <section className="panel" data-testid="faults">
      <h2>{words.problems}</h2>
      <div className="panel-body">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{readiness.fault}</th>
              <th scope="col">{readiness.seen}</th>
              <th scope="col" className="right">
                {readiness.score}
              </th>
              <th scope="col">{words.removedBy}</th>
              <th scope="col">{words.provedBy}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem) => (
              <tr key={problem.id}>
                <th scope="row">{say(problem.title)}</th>
                <td>
                  <Status mark={MARK_OF[problem.state]} label={readiness.faultState[problem.state]} />
                  <span className="why">{problemText(problem, language)}</span>
                </td>
                <td className="right nowrap">
                  {problem.score === null ? (
                    <Status mark="unknown" label={common.unknown} />
                  ) : (
                    words.score(problem.score)
                  )}
                </td>
                <td>{problem.removedBy && say(problem.removedBy)}</td>
                <td>{problem.provedBy && say(problem.provedBy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
