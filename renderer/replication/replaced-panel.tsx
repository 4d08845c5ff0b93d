import { oldPrimaryOf } from '@shared/failover/failover-look';
import type { Candidate, ReplicationCluster } from '@shared/replication/model';
import { REPLICATION_RULES } from '@shared/replication/rules';
import { becauseText, ruleText } from '@shared/text/replication-text';
import { useNow } from '../clock';
import { failoverRoute } from '../failover/failover-route';
import { useMoment } from '../recording/moment';
import { formatRoute } from '../route';
import { switchoverRoute } from '../switchover/switchover-page';
import { Status } from '../ui/marks';
import { useWords } from '../words';
import { useReplicationAt } from './moment';

const MARKS = { can: 'proved', refused: 'attention', unknown: 'unknown' } as const;

/** Who could take over now, and why not: refusals name the rule. Below it what else was checked. */
export function Replaced({ cluster }: { cluster: ReplicationCluster }) {
  const { ui, runs, replication, failoverView, language, age } = useWords();
  const at = useReplicationAt();
  const now = useNow();
  const moment = useMoment();
  const primary = cluster.primaries[0] ?? cluster.members[0]?.server.node;
  if (primary === undefined) return null;
  const { checked, unknown } = cluster.rules;
  const silent = cluster.members.find(
    ({ server }) => server.node === oldPrimaryOf(cluster) && server.state === 'silent',
  );
  return (
    <section className="panel" data-testid="replaced">
      <header className="panel-head">
        <h2>
          {cluster.primaries.length === 0 ? replication.replacedUnknown : ui.replication.replaced(primary)}
        </h2>
        <span className="note">
          {replication.checkedOf(checked, unknown.length)} · {replication.ago(age(Math.max(0, now - at)))}
        </span>
        {moment === null && silent && (
          <a className="button" href={formatRoute(failoverRoute(cluster.id))} data-testid="open-failover">
            {failoverView.openFor(silent.server.node)} <kbd>Shift F</kbd>
          </a>
        )}
        {moment === null && cluster.candidates.length > 0 && (
          <a className="button" href={formatRoute(switchoverRoute(cluster.id))} data-testid="open-switchover">
            {runs.switchover.open} <kbd>S</kbd>
          </a>
        )}
      </header>
      <div className="panel-body">
        {cluster.candidates.length === 0 ? (
          <p>{isAlone(cluster) ? ui.replication.noCandidate : ui.replication.candidatesUnknown}</p>
        ) : (
          <table className="table candidates">
            <thead>
              <tr>
                <th scope="col">{replication.columns.server}</th>
                <th scope="col">{replication.columns.verdict}</th>
                <th scope="col">{replication.columns.because}</th>
              </tr>
            </thead>
            <tbody>
              {cluster.candidates.map((candidate) => (
                <tr
                  key={candidate.node}
                  data-testid={`candidate-${candidate.node}`}
                  data-verdict={candidate.verdict}
                >
                  <th scope="row" className="mono">
                    {candidate.node}
                  </th>
                  <td>
                    <Status
                      mark={MARKS[candidate.verdict]}
                      label={replication.candidate[candidate.verdict]}
                    />
                  </td>
                  <td>{reasonsOf(candidate)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <Checked cluster={cluster} />
      </div>
    </section>
  );

  function reasonsOf({ because }: Candidate): string {
    return because.length === 0
      ? replication.canBecause(checked)
      : because.map((one) => becauseText(one, language)).join(', ');
  }
}

/** One server that says itself that nobody replicates with it. One that cannot be asked may have replicas. */
export const isAlone = ({ members: [only, ...others] }: ReplicationCluster): boolean =>
  only?.role === 'standalone' && others.length === 0;

/** Said first, because they decide whether anybody may take over. */
const FIRST = ['SEVERAL_WRITABLE', 'ERRANT_TRANSACTIONS', 'REPLICATION_LOGIN', 'PARITY'];

/** What was checked and found nothing, and what could not be checked: unknown is never counted as passed. */
function Checked({ cluster }: { cluster: ReplicationCluster }) {
  const { replication, common, language } = useWords();
  const found = cluster.members.flatMap((member) => member.findings);
  // A masked finding was found too; it is only told by its cause.
  const said = new Set(found.flatMap(({ code, masks }) => [code, ...masks]));
  const { unknown } = cluster.rules;
  const passed = [...new Set(REPLICATION_RULES.map(({ code }) => code as string))]
    .filter((code) => !said.has(code) && !unknown.includes(code))
    .sort((a, b) => Number(FIRST.includes(b)) - Number(FIRST.includes(a)));
  const shown = passed.slice(0, FIRST.length);
  const more = passed.slice(FIRST.length);
  const seen = cluster.members.filter(({ server }) => server.state === 'answers').length;
  const row = (code: string, mark: 'proved' | 'unknown') => (
    <li key={code} className="checked-row" data-rule={code}>
      <Status mark={mark} label={ruleText(code, language)} />
      <span className="note">{mark === 'unknown' ? common.unknown : replication.passed}</span>
    </li>
  );
  if (seen === 0) return null;
  return (
    <>
      <h3 className="label checked-title">{replication.checkedOn(seen, cluster.members.length)}</h3>
      <ul className="checked" data-testid="checked">
        {shown.map((code) => row(code, 'proved'))}
        {unknown.filter((code) => !said.has(code)).map((code) => row(code, 'unknown'))}
      </ul>
      {more.length > 0 && (
        <details className="checked-more">
          <summary>{replication.checkedMore(more.length)}</summary>
          <ul className="checked">{more.map((code) => row(code, 'proved'))}</ul>
        </details>
      )}
    </>
  );
}
