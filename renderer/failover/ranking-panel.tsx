import { nextOf, positionTail } from '@shared/failover/look-view';
import type { FailoverLook, Ranked } from '@shared/failover/model';
import { countText } from '@shared/text/failover-text';
import { choiceText, reasonsText } from '@shared/text/failover-view-text';
import { DASH } from '@shared/text/format';
import { formatRoute } from '../route';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { failoverRoute } from './failover-route';

/** Who is most advanced by what it has received, what speaks against each, and for whom else the loss can be told. */
export function RankingPanel({ cluster, look }: { cluster: string; look: FailoverLook }) {
  const { failover, failoverView: words, language } = useWords();
  const { columns } = failover;
  const { ranked, choice } = look;
  const next = nextOf(choice);
  return (
    <>
      <h2 className="label">{failover.who}</h2>
      <table className="table ranking" data-testid="ranking">
        <thead>
          <tr>
            <th scope="col">{columns.server}</th>
            <th scope="col">{columns.received}</th>
            <th scope="col" className="right">
              {columns.toApply}
            </th>
            <th scope="col" className="right">
              {columns.missing}
            </th>
          </tr>
        </thead>
        {ranked.map((one) => (
          <tbody key={one.node} data-node={one.node}>
            <tr>
              <th scope="row" className="mono">
                <span className="with-mark">
                  <Shape mark={markOf(one, next)} size={13} />
                  {one.node}
                </span>
              </th>
              <td className="mono foreign">{one.received === null ? DASH : positionTail(one.received)}</td>
              <td className="right">{one.toApply === null ? DASH : countText(one.toApply)}</td>
              <td className="right">{one.missing === null ? DASH : countText(one.missing)}</td>
            </tr>
            <tr className="ranking-why">
              <td colSpan={4}>
                {one.missing === '0' && <b>{words.mostAdvanced}; </b>}
                {reasonsText(one, language)}
                {one.node !== next && one.received !== null && (
                  <>
                    {' · '}
                    <a href={formatRoute(failoverRoute(cluster, one.node))}>{words.lookWith(one.node)}</a>
                  </>
                )}
              </td>
            </tr>
          </tbody>
        ))}
      </table>
      <p data-testid="choice" data-choice={choice.kind}>
        {choiceText(choice, language)}{' '}
        {choice.kind === 'asked' && <a href={formatRoute(failoverRoute(cluster))}>{words.lookChosen}</a>}
      </p>
      {ranked.some(({ received }) => received !== null && positionTail(received) !== received) && (
        <details className="in-full">
          <summary>{words.inFull}</summary>
          <dl>
            {ranked.map(({ node, received }) => (
              <div key={node}>
                <dt className="mono">{node}</dt>
                <dd className="mono foreign">{received ?? DASH}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

const markOf = ({ node, against, unchecked, received }: Ranked, next: string | null) =>
  received === null
    ? 'unknown'
    : against.length > 0
      ? 'attention'
      : node === next
        ? 'proved'
        : unchecked.length > 0
          ? 'unknown'
          : 'ok';
