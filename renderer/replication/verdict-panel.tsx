import type { PrimaryVerdict, Term } from '@shared/replication/model';
import { termText } from '@shared/text/replication-text';
import { useState } from 'react';
import { failoverRoute } from '../failover/failover-route';
import { useMoment } from '../recording/moment';
import { formatRoute } from '../route';
import { Age } from '../ui/age';
import { EvidenceView } from '../ui/evidence-view';
import { type Mark, Shape, Status } from '../ui/marks';
import { useWords } from '../words';

const MARKS: Readonly<Record<PrimaryVerdict['verdict'], Mark>> = {
  alive: 'ok',
  dead: 'critical',
  hung: 'critical',
  'unreachable-from-here': 'attention',
  'refusing-clients': 'critical',
  'locked-by-semi-sync': 'critical',
  'disk-stalled': 'critical',
  unknown: 'unknown',
};

/** What is the matter with a primary, and every term that says so: value, observer, age, and its statement. */
export function VerdictPanel({ cluster, verdict }: { cluster: string; verdict: PrimaryVerdict }) {
  const { replication, failoverView } = useWords();
  const moment = useMoment();
  return (
    <section className="panel" data-testid={`verdict-${verdict.node}`} data-verdict={verdict.verdict}>
      <header className="panel-head">
        <h2>{replication.verdict.title(verdict.node)}</h2>
        <Status mark={MARKS[verdict.verdict]} label={replication.verdict[verdict.verdict]} />
        {moment === null && verdict.verdict !== 'alive' && (
          <a className="button" href={formatRoute(failoverRoute(cluster))}>
            {failoverView.open} <kbd>Shift F</kbd>
          </a>
        )}
      </header>
      <div className="panel-body">
        {verdict.terms.length === 0 ? (
          <p>{replication.verdict.missing}</p>
        ) : (
          <TermTable rows={verdict.terms.map((term) => ({ term }))} />
        )}
      </div>
    </section>
  );
}

/** Terms of a verdict, each by who says it. `mark`: what it means, where that is decided. */
export function TermTable({
  rows,
  testId,
}: {
  rows: readonly { term: Term; mark?: Mark }[];
  testId?: string;
}) {
  const { columns } = useWords().replication.verdict;
  return (
    <table className="table terms" data-testid={testId}>
      <thead>
        <tr>
          <th scope="col">{columns.observer}</th>
          <th scope="col">{columns.says}</th>
          <th scope="col">{columns.holds}</th>
          <th scope="col" className="right">
            {columns.age}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TermRow key={`${row.term.observer} ${row.term.code}`} {...row} />
        ))}
      </tbody>
    </table>
  );
}

/** One term: who says so, what, its value and age, and its statement when opened. */
function TermRow({ term, mark }: { term: Term; mark?: Mark }) {
  const { replication, common, language } = useWords();
  const [open, setOpen] = useState(false);
  const value = common[term.holds === null ? 'unknown' : term.holds ? 'yes' : 'no'];
  const says = termText(term, language);
  return (
    <>
      <tr>
        <th scope="row">
          <span className={mark ? 'with-mark' : ''}>
            {mark && <Shape mark={mark} size={13} />}
            {term.observer === 'console' ? (
              replication.verdict.console
            ) : (
              <span className="mono">{term.observer}</span>
            )}
          </span>
        </th>
        <td>
          {term.evidence.length === 0 ? (
            says
          ) : (
            <button type="button" className="row-button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {says}
            </button>
          )}
        </td>
        <td>{term.holds === null ? <Status mark="unknown" label={value} /> : value}</td>
        <td className="right nowrap">
          {term.at === null ? replication.verdict.notRead : <Age at={term.at} />}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={4}>
            {term.evidence.map(({ host, id }) => (
              <EvidenceView key={`${host} ${id}`} host={host} id={id} />
            ))}
          </td>
        </tr>
      )}
    </>
  );
}
