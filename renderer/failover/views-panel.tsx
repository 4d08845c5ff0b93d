import { type View, viewsOf } from '@shared/failover/look-view';
import type { FailoverLook } from '@shared/failover/model';
import { oldRows } from '@shared/text/failover-view-text';
import { TermTable } from '../replication/verdict-panel';
import type { Mark } from '../ui/marks';
import { useWords } from '../words';

const MARKS: Readonly<Record<View['says'], Mark>> = {
  sees: 'ok',
  misses: 'critical',
  waits: 'attention',
  unknown: 'unknown',
};

/** Who sees the old primary and who misses it, each with its age, and what is still known of it. */
export function ViewsPanel({ look: { old, takenAt } }: { look: FailoverLook }) {
  const { failover, failoverView: words, replication, language } = useWords();
  return (
    <>
      <h2 className="label label-names">{words.views(old.node)}</h2>
      {old.verdict ? (
        <>
          <TermTable
            testId="views"
            rows={viewsOf(old.verdict, takenAt).map(({ term, says }) => ({ term, mark: MARKS[says] }))}
          />
          <p className="failover-verdict">
            <b>{words.verdict(replication.verdict[old.verdict.verdict])}</b>
          </p>
        </>
      ) : (
        <p>{words.noVerdict(old.node)}</p>
      )}
      <h2 className="label label-names">{failover.old.title(old.node)}</h2>
      <table className="facts" data-testid="old-primary">
        <tbody>
          {oldRows(old, language).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="foreign">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
