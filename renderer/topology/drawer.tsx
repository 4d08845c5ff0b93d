import { HOST_KIND, kindOf } from '@shared/kinds';
import type { HostReading } from '@shared/snapshot';
import { saysNothingOfServer } from '@shared/topology/health';
import { useNow } from '../clock';
import { findingKey } from '../memory';
import { readingOf } from '../node-reading';
import { RoleChip } from '../ui/chips';
import { ErrorSentence } from '../ui/error-sentence';
import { EvidenceView } from '../ui/evidence-view';
import { FindingRow } from '../ui/finding-row';
import { KindIcon } from '../ui/icons';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { AskButton } from './ask-button';
import { DrawerFrame } from './drawer-frame';
import { FactsTable } from './facts-table';
import { LinksSection } from './links-section';

interface DrawerProps {
  id: string;
  /** What is opened: `fact:ID` or `sent:ID`. */
  shown: string | null;
  finding: string | null;
  onShow: (shown: string | null) => void;
  onFinding: (key: string | null) => void;
  onClose: () => void;
}

/** Everything known about one node, and how it is known. */
export function Drawer({ id, shown, finding, onShow, onFinding, onClose }: DrawerProps) {
  const { ui, say } = useWords();
  const watched = useWatched();
  const { topology, estate } = watched;
  const node = topology.nodes.find((each) => each.id === id);
  const links = topology.links.filter((link) => link.from === id || link.to === id);
  const actor = estate.actors.find((each) => each.id === id);
  if (!node)
    return (
      <DrawerFrame title={actor ? say(actor.title) : id} isName={!actor} onClose={onClose}>
        <LinksSection links={links} />
      </DrawerFrame>
    );
  const { kind, reading, answer, findings } = readingOf(node, watched);
  const service = answer?.services[node.service];
  const port = estate.services.find((each) => each.id === node.service)?.port ?? kindOf(node.kind)?.port;
  const host = node.host;
  return (
    <DrawerFrame
      title={node.id}
      isName
      icon={<KindIcon icon={kind?.icon} />}
      more={node.address === null ? null : `${node.address}${port === undefined ? '' : `:${port}`}`}
      chip={<RoleChip writable={node.writable} />}
      onClose={onClose}
    >
      {reading?.state === 'unreachable' && host !== null && <Unreachable host={host} reading={reading} />}
      {service?.error && (
        <section className="section">
          <ErrorSentence
            error={service.error}
            mark={saysNothingOfServer(service.error) ? 'unknown' : 'critical'}
          />
          {host !== null && <AskButton host={host} error={service.error} />}
        </section>
      )}
      <section className="section">
        <h3 className="label">
          <span>{ui.drawer.why}</span>
          <span>{findings.length}</span>
        </h3>
        {findings.length === 0 && <p className="soft">{ui.drawer.whyNone}</p>}
        {findings.map((each) => (
          <FindingRow
            key={findingKey(each)}
            finding={each}
            open={finding === findingKey(each)}
            onToggle={() => onFinding(finding === findingKey(each) ? null : findingKey(each))}
          />
        ))}
      </section>
      <section className="section">
        <h3 className="label">
          <span>{ui.drawer.facts}</span>
          <span>{ui.drawer.sourceAge}</span>
        </h3>
        {host !== null && kind && (
          <FactsTable fields={kind.fields} host={host} service={node.service} shown={shown} onShow={onShow} />
        )}
        {host !== null && (
          <>
            <h3 className="label section-sub">{ui.drawer.hostFacts(host)}</h3>
            <FactsTable fields={HOST_KIND.fields} host={host} service={null} shown={shown} onShow={onShow} />
          </>
        )}
        {!answer && <p className="soft">{ui.drawer.noFacts}</p>}
      </section>
      {answer && (
        <section className="section">
          <h3 className="label">{ui.drawer.everything}</h3>
          <ul className="evidence-list">
            {answer.evidence.map((evidence) => (
              <li key={evidence.id}>
                <button
                  type="button"
                  className="link-button mono"
                  aria-expanded={shown === `sent:${evidence.id}`}
                  onClick={() => onShow(shown === `sent:${evidence.id}` ? null : `sent:${evidence.id}`)}
                >
                  {evidence.id}
                </button>
                {shown === `sent:${evidence.id}` && host !== null && (
                  <EvidenceView host={host} id={evidence.id} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <LinksSection links={links} />
      {answer && (
        <p className="note section">
          <span className="mono">{answer.hostKey.fingerprint}</span> · {ui.drawer.hostKey(answer.hostKey.by)}
        </p>
      )}
    </DrawerFrame>
  );
}

/** Why the host does not answer, since when, and what was last known. */
function Unreachable({
  host,
  reading,
}: {
  host: string;
  reading: Extract<HostReading, { state: 'unreachable' }>;
}) {
  const { ui, time, age } = useWords();
  const now = useNow();
  const { error, since, last } = reading;
  const critical = error.stage === 'hostkey';
  return (
    <section
      className={critical ? 'section section-critical' : 'section section-unknown'}
      data-testid="unreachable"
    >
      <ErrorSentence error={error} mark={critical ? 'critical' : 'unknown'} />
      <AskButton host={host} error={error} />
      <p className="note">
        {ui.states.since(time(since), age(now - since))} ·{' '}
        {last === null ? ui.states.neverSeen : ui.states.lastSeen(time(last.at))} {ui.states.fromHere}
      </p>
    </section>
  );
}
