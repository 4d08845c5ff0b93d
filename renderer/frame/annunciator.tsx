import { findingText } from '@shared/text/finding-text';
import { useNow } from '../clock';
import { findingKey, newestFinding } from '../memory';
import { useMoment } from '../recording/moment';
import { RecordingChip } from '../recording/recording-chip';
import { formatRoute } from '../route';
import { Shape } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** The one place where the console raises its voice: counts, the newest event, and how much was seen when. */
export function Annunciator() {
  const { ui, language, age } = useWords();
  const { topology, findings, memory } = useWatched();
  const now = useNow();
  const moment = useMoment();
  const critical = findings.filter((finding) => finding.severity === 'critical').length;
  const attention = findings.filter((finding) => finding.severity === 'warning').length;
  const asked = topology.hosts.filter((host) => host.state !== 'unasked').length;
  const answered = topology.hosts.filter((host) => host.state === 'answered').length;
  const hosts = topology.hosts.length;
  const loading = asked < hosts;
  // While nobody was asked yet, not knowing is not news.
  const unknown =
    loading && answered === 0 ? 0 : topology.nodes.filter((node) => node.health === 'unknown').length;
  const newest = newestFinding(findings, memory);
  const list = (name: string) => formatRoute({ place: 'topology', id: null, query: { list: name } });
  return (
    <section className="annunciator" aria-label={ui.annunciator.title} data-testid="annunciator">
      <RecordingChip />
      <a
        className={critical > 0 ? 'ann-critical' : 'ann-zero'}
        href={list('critical')}
        data-testid="count-critical"
      >
        <Shape mark="critical" />
        {ui.annunciator.critical(critical)}
      </a>
      <a
        className={attention > 0 ? 'ann-attention' : 'ann-zero'}
        href={list('attention')}
        data-testid="count-attention"
      >
        <Shape mark="attention" />
        {ui.annunciator.attention(attention)}
      </a>
      <a
        className={unknown > 0 ? 'ann-unknown' : 'ann-zero'}
        href={list('unknown')}
        data-testid="count-unknown"
      >
        <Shape mark="unknown" />
        {ui.annunciator.unknown(unknown)}
      </a>
      <p className="ann-newest" aria-live="polite" data-testid="newest">
        {hosts === 0 ? (
          ui.states.emptyEstate
        ) : loading ? (
          <b>{ui.states.loading(hosts, answered)}</b>
        ) : answered === 0 ? (
          <b>{ui.annunciator.cutOff}</b>
        ) : newest ? (
          <>
            <span className="ann-label">{ui.annunciator.newest}</span>{' '}
            <a href={newestHref(newest.nodes[0], findingKey(newest))}>
              {findingText(newest, language).title}
            </a>
          </>
        ) : (
          ui.annunciator.quiet
        )}
      </p>
      <p className="ann-seen">
        {ui.annunciator.answered(answered, hosts)}
        {moment === null &&
          topology.takenAt > 0 &&
          ` · ${ui.annunciator.snapshot(age(now - topology.takenAt))}`}
      </p>
    </section>
  );
}

/** Where the newest finding is looked at: its first server, opened at the finding. */
export const newestHref = (node: string | undefined, key: string): string =>
  formatRoute({ place: 'topology', id: node ?? null, query: { finding: key } });
