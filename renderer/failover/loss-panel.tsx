import { decodedOf, lossFigure } from '@shared/failover/look-view';
import type { FailoverLook, LossStatement } from '@shared/failover/model';
import type { ReplicationCluster } from '@shared/replication/model';
import { lossSentence } from '@shared/text/failover-text';
import { figureText } from '@shared/text/failover-view-text';
import { useWords } from '../words';
import { DecodedView } from './decoded-view';

/** What would be lost: how many, which, since when, the rows as far as they can be read, and where they are kept. */
export function LossPanel({ cluster, look }: { cluster: ReplicationCluster; look: FailoverLook }) {
  const { failover, failoverView, language, time } = useWords();
  const words = failover.loss;
  const { loss, against, old } = look;
  const dialect = cluster.members.find(({ server }) => server.node === against)?.server.dialect ?? 'mysql';
  if (loss === null || against === null)
    return (
      <section data-testid="loss-statement" data-kind="none">
        <h2 className="label">{words.title}</h2>
        <p className="loss-words">{words.nobody}</p>
      </section>
    );
  const decoded = decodedOf(loss);
  const isNothing = lossFigure(loss).isNothing;
  return (
    <section data-testid="loss-statement" data-kind={loss.kind}>
      <h2 className="label label-names">
        {words.title}, {words.against(against)}
      </h2>
      <LossFigure loss={loss} />
      <p className="loss-sentence">{lossSentence(loss, old.node, language, time)}</p>
      <Positions look={look} loss={loss} />
      {decoded && !isNothing ? (
        <DecodedView decoded={decoded} dialect={dialect} next={against} />
      ) : (
        !isNothing && <p className="note">{failoverView.nothingToKeep}</p>
      )}
    </section>
  );
}

/** The figure large, as it stands on the button that acts. */
export function LossFigure({ loss }: { loss: LossStatement | null }) {
  const { language } = useWords();
  const { figure, counts } = figureText(loss, language);
  const nothing = loss !== null && lossFigure(loss).isNothing;
  return (
    <p className={nothing ? 'loss-figure loss-nothing' : 'loss-figure'} data-testid="loss-figure">
      {figure !== null && <b>{figure}</b>} <span className="loss-words">{counts}</span>
    </p>
  );
}

/** Where each was seen, and the set between them. */
function Positions({ look, loss }: { look: FailoverLook; loss: LossStatement }) {
  const { failover, failoverView: words, time } = useWords();
  const seen = look.old.lastSeen;
  const received = look.ranked.find(({ node }) => node === look.against)?.received ?? null;
  const gtids = 'gtids' in loss ? loss.gtids : '';
  const rows = [
    ...(seen ? [[words.seenOn(look.old.node, time(seen.at)), seen.position]] : []),
    ...(received === null ? [] : [[`${look.against}, ${failover.columns.received.toLowerCase()}`, received]]),
    ...(gtids === '' ? [] : [[words.lost, gtids]]),
  ];
  return (
    <dl className="raw positions" data-testid="loss-gtids">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="foreign">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
