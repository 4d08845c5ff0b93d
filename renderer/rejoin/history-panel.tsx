import type { RejoinLook } from '@shared/rejoin/model';
import type { ReplicationCluster } from '@shared/replication/model';
import { countText } from '@shared/text/failover-text';
import { DecodedView } from '../failover/decoded-view';
import { ErrorSentence } from '../ui/error-sentence';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

const MARKS = { subset: 'proved', ahead: 'critical', unknown: 'unknown' } as const;

/** What the server holds alone: nothing, these transactions with their rows, or nobody knows. */
export function HistoryPanel({ cluster, look }: { cluster: ReplicationCluster; look: RejoinLook }) {
  const { rejoinView: words } = useWords();
  const { history, server, primary } = look;
  const dialect = cluster.members.find((one) => one.server.node === server)?.server.dialect ?? 'mysql';
  return (
    <section data-testid="history">
      <h2 className="label">{words.history}</h2>
      {history.kind === 'ahead' && (
        <p className="loss-figure">
          <b>{countText(history.transactions)}</b>
        </p>
      )}
      <p className="loss-sentence with-mark">
        <Shape mark={MARKS[history.kind]} size={14} />
        <span>{words.historyMore[history.kind]}</span>
      </p>
      {history.kind === 'ahead' && (
        <>
          <p className="raw foreign" data-testid="own-gtids">
            {history.gtids}
          </p>
          {history.decoded ? (
            <DecodedView decoded={history.decoded} dialect={dialect} next={primary ?? words.nobody} />
          ) : (
            <p>{words.notRead}</p>
          )}
        </>
      )}
      {history.kind !== 'subset' && history.error && <ErrorSentence error={history.error} />}
    </section>
  );
}
