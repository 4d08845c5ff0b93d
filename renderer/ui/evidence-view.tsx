import { toAppError } from '@shared/errors';
import { answerOf } from '@shared/snapshot';
import { IconCopy } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useAction, useCall } from '../api';
import { evidenceOf } from '../node-reading';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { ErrorSentence } from './error-sentence';
import { Raw } from './raw';

/** One command or statement as it was sent, and what came back; asked for again whenever it was run again. */
export function EvidenceView({ host, id }: { host: string; id: string }) {
  const { ui, time, quantity } = useWords();
  const { snapshot } = useWatched();
  const { data, error, refetch } = useCall('evidence.get', { host, id });
  const copy = useAction('clipboard.write');
  const answer = answerOf(snapshot.hosts[host]);
  const newest = evidenceOf(answer, id)?.at ?? 0;
  useEffect(() => {
    if (data && newest > data.at) void refetch();
  }, [data, newest, refetch]);
  if (error) return <ErrorSentence error={toAppError(error)} />;
  if (!data) return <p className="soft">…</p>;
  const took = quantity(data.durationMs, 'milliseconds');
  return (
    <div className="evidence" data-testid="evidence" data-evidence={id}>
      <Raw sent={data.sent} text={data.raw} truncated={data.truncated} />
      <p className="note">
        {ui.drawer.as} <span className="mono">{data.account}</span> {ui.drawer.over}{' '}
        <span className="mono">{data.route}</span> · {time(data.at)} ·{' '}
        {ui.drawer.took(`${took.text} ${took.unit}`)}
        {data.exit !== null && data.exit !== 0 && ` · ${ui.drawer.exit(data.exit)}`}
        {answer && ` · ${ui.drawer.hostKey(answer.hostKey.by)}`}
      </p>
      <button
        type="button"
        className="link-button"
        data-copy=""
        onClick={() => copy.mutate({ text: `${data.sent}\n${data.raw}` })}
      >
        <IconCopy size={14} aria-hidden="true" />
        <span aria-live="polite">{copy.isSuccess ? ui.frame.copied : ui.frame.copy}</span>
      </button>
    </div>
  );
}
