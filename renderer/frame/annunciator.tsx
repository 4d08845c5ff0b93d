import { findingText } from '@shared/text/finding-text';
import { useOpenLever } from '../arm/use-lever';
import { useNow } from '../clock';
import { findingKey, newestFinding } from '../memory';
import { useMoment } from '../recording/moment';
import { RecordingChip } from '../recording/recording-chip';
import { formatRoute } from '../route';
import { MARK_OF_RUN } from '../runs/marks';
import { annunciatorText } from '../runs/run-words';
import { useActiveRun } from '../runs/use-run';
import { Shape } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** The one place where the console raises its voice: counts, the newest event, and how much was seen when. */
export function Annunciator() {
  const { ui, language, age } = useWords();
  const { topology, findings, memory } = useWatched();
  const now = useNow();
  const moment = useMoment();
  const words = useWords();
  const run = useActiveRun();
  const lever = useOpenLever();
  const ofRun = run && moment === null ? annunciatorText(run, words) : null;
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
      {!ofRun && lever?.request.act === 'start' && lever.started === null && (
        <p className="ann-run" data-testid="ann-lever">
          {words.runs.annunciator.lever}
        </p>
      )}
      {run && ofRun && (
        <p className="ann-run" aria-live={ofRun.calls ? 'assertive' : 'polite'} data-testid="ann-run">
          <Shape mark={MARK_OF_RUN[run.state.status]} />
          <a href={formatRoute({ place: 'runs', id: run.state.id, query: {} })}>{ofRun.text}</a>
        </p>
      )}
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
