import type { FailoverLook } from '@shared/failover/model';
import { waitingText } from '@shared/text/failover-view-text';
import { useRealNow } from '../clock';
import { useWords } from '../words';

/** What waiting would bring, and for how long it has lasted already. */
export function WaitingPanel({ look }: { look: FailoverLook }) {
  const { failover, failoverView: words, language, time } = useWords();
  const now = useRealNow();
  const { brings, since } = waitingText(look, language, time, Math.max(now, look.takenAt));
  return (
    <section data-testid="waiting" data-brings={look.waiting.brings}>
      <h2 className="label">{failover.waiting.title}</h2>
      <p>
        <b>{brings}</b> {since}
      </p>
      {!look.old.answers && <p className="soft">{words.waitingMore}</p>}
    </section>
  );
}
