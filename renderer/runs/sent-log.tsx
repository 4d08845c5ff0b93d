import type { RunView, SentLine } from '@shared/runbook/state-model';
import { IconCopy } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { useAction } from '../api';
import { formatRoute } from '../route';
import { keyed } from '../ui/keyed';
import { SCROLLS } from '../ui/scrolling';
import { useWords, type Words } from '../words';

/** "00:56:19.401" */
const stamp = (at: number, { time }: Pick<Words, 'time'>): string =>
  `${time(at)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`;

/** SQL and SSH as they were sent, newest last, with what came back; of an earlier console, what the journal has of it. Follows the end until somebody scrolls up. */
export function SentLog({ view: { sent } }: { view: RunView }) {
  const words = useWords();
  const { runs, ui } = words;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const copy = useAction('clipboard.write');
  useLayoutEffect(() => {
    const box = log.current;
    if (box && atEnd.current && sent.length > 0) box.scrollTop = box.scrollHeight;
  }, [sent]);
  const asText = () =>
    sent
      .map((line) => `${stamp(line.at, words)} ${line.target}  ${line.text}\n= ${line.answer ?? ''}`)
      .join('\n');
  return (
    <section className="sent" aria-label={runs.run.sent.label}>
      <div className="label label-row">
        <h2 className="label">{runs.run.sent.title}</h2>
        <button
          type="button"
          className="link-button"
          disabled={sent.length === 0}
          onClick={() => copy.mutate({ text: asText().slice(0, 200_000) })}
        >
          <IconCopy size={14} aria-hidden="true" />
          <span aria-live="polite">{copy.isSuccess ? ui.frame.copied : ui.frame.copy}</span>
        </button>
      </div>
      <div
        ref={log}
        className="sent-log"
        {...SCROLLS}
        data-sent-log=""
        data-testid="sent-log"
        dir="ltr"
        role="log"
        aria-label={runs.run.sent.label}
        aria-live="off"
        onScroll={({ currentTarget: box }) => {
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
        }}
      >
        {sent.length === 0 ? (
          <p className="soft">
            {runs.run.sent.none}{' '}
            <a
              className="link-button"
              href={formatRoute({ place: 'journal', id: null, query: { kind: 'runs' } })}
            >
              {runs.run.sent.journal}
            </a>
          </p>
        ) : (
          keyed(sent, ({ at, target, step, text }) => `${at} ${target} ${step} ${text}`).map(
            ({ key, one }) => <Sent key={key} line={one} />,
          )
        )}
      </div>
    </section>
  );
}

function Sent({ line }: { line: SentLine }) {
  const words = useWords();
  const { sent } = words.runs.run;
  const { at, target, text, answer, failed, from } = line;
  const isOld = from === 'journal';
  return (
    <div className="sent-line" data-from={from}>
      <span className="sent-time">{stamp(at, words)}</span>
      <span className="sent-target">{target}</span>
      <span className="sent-text foreign">{text}</span>
      <span className={failed ? 'sent-answer sent-failed' : 'sent-answer'}>
        {answer === null ? (
          isOld ? (
            sent.notWritten
          ) : (
            sent.running
          )
        ) : (
          <>
            {failed ? '✕ ' : '= '}
            <span className="foreign">{answer === '' ? sent.ok : answer}</span>
          </>
        )}
        {isOld && <span className="soft"> · {sent.fromJournal}</span>}
      </span>
    </div>
  );
}
