import {
  isSending,
  type JournalEntry,
  type JournalEvent,
  type Repeated,
  repeatedIn,
} from '@shared/journal/entry';
import { eventText, resultText } from '@shared/journal/entry-text';
import { hostOf } from '@shared/journal/groups';
import { formatCount, formatDuration } from '@shared/text/format';
import { DrawerFrame } from '../topology/drawer-frame';
import { ErrorSentence } from '../ui/error-sentence';
import { SCROLLS } from '../ui/scrolling';
import { useWords } from '../words';

/** One record in full: what, by whom, as whom, which way, what came of it, and its place in the chain. */
export function EntryDrawer({ entry, onClose }: { entry: JournalEntry; onClose: () => void }) {
  const { journal, language } = useWords();
  const { lane, seq, what } = entry;
  const error = errorOf(what);
  const text = isSending(what) || what.kind === 'intent' ? what.text : null;
  return (
    <DrawerFrame title={journal.entry.title(lane, seq)} more={journal.kinds[what.kind]} onClose={onClose}>
      <section className="section">
        {text === null && <p className="strong foreign">{eventText(what, language)}</p>}
        {text !== null && <Text text={text} />}
        {what.kind === 'statement' && <p className="note">{journal.entry.parameters}</p>}
        {error && <ErrorSentence error={error} mark="critical" />}
      </section>
      <section className="section">
        <Facts entry={entry} />
      </section>
      {what.kind === 'polled' &&
        repeatedIn(what).map((group) => <Group key={groupKey(group)} at={entry.at} group={group} />)}
    </DrawerFrame>
  );
}

function Text({ text }: { text: string }) {
  return (
    <pre className="raw" {...SCROLLS} data-testid="entry-text" dir="ltr">
      {text}
    </pre>
  );
}

function Facts({ entry }: { entry: JournalEntry }) {
  const { journal, language, time, date } = useWords();
  const { what, at, who, prev, hash } = entry;
  const words = journal.entry;
  const result = resultText(what, language).text;
  const rows: (readonly [label: string, value: string | null])[] = [
    [words.when, `${date(at)} ${time(at)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`],
    [words.who, who],
    [words.host, hostOf(what)],
    [words.account, 'account' in what ? what.account : null],
    [words.route, 'route' in what ? what.route : 'address' in what ? `${what.address}:${what.port}` : null],
    [words.name, isSending(what) ? what.name : null],
    [words.run, 'run' in what ? what.run : null],
    [words.step, stepOf(what, words.attempt)],
    [words.wanted, isSending(what) ? (what.background ? words.background : words.person) : null],
    [words.result, result === '' ? null : result],
    [words.took, 'durationMs' in what ? formatDuration(what.durationMs, language) : null],
    [words.bytes, isSending(what) && what.result.state === 'done' ? formatCount(what.result.bytes) : null],
    [
      words.hostKey,
      what.kind === 'connected' && what.hostKey ? keyText(what.hostKey, words.acceptedBy) : null,
    ],
    [words.evidence, what.kind === 'outcome' ? pairsOf(what.evidence) : null],
    [words.saved, what.kind === 'outcome' ? pairsOf(what.outputs) : null],
    [words.prompt, what.kind === 'prompt' && what.prompt !== '' ? what.prompt : null],
    [words.file, 'file' in what ? what.file : null],
    [words.hash, hash],
    [words.prev, prev === '' ? '—' : prev],
  ];
  return (
    <table className="facts" data-testid="entry-facts">
      <tbody>
        {rows.map(
          ([label, value]) =>
            value !== null && (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="mono foreign">{value}</td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

/** One text of a routine minute, with the time of every sending. */
function Group({ at, group }: { at: number; group: Repeated }) {
  const { journal, language, time } = useWords();
  let sentAt = at;
  const times = group.sent.map(([since, took]) => {
    sentAt += since;
    return `${time(sentAt)}.${String(Math.floor(sentAt) % 1000).padStart(3, '0')} (${formatDuration(took, language)})`;
  });
  return (
    <section className="section">
      <h3 className="label">
        {group.name} · {journal.kinds[group.kind]} · {formatCount(group.sent.length)}
      </h3>
      <p className="note mono">
        {group.account} · {group.route}
      </p>
      <Text text={group.text} />
      <p className="note">{times.join(' · ')}</p>
    </section>
  );
}

const groupKey = ({ kind, name, account, route, text, status }: Repeated): string =>
  [kind, name, account, route, text, status].join('\n');

/** The step of a run, and which attempt at it. */
function stepOf(what: JournalEvent, attempt: (number: number) => string): string | null {
  if (!('step' in what) || what.step === undefined) return null;
  return 'attempt' in what && what.attempt > 1 ? `${what.step}, ${attempt(what.attempt)}` : what.step;
}

/** Names and values, or null when there are none. */
function pairsOf(values: Readonly<Record<string, string>> | undefined): string | null {
  const pairs = Object.entries(values ?? {}).map(([name, value]) => `${name} = ${value}`);
  return pairs.length === 0 ? null : pairs.join(' · ');
}

const keyText = (
  { type, fingerprint, by }: { type: string; fingerprint: string; by: string },
  acceptedBy: (rule: string) => string,
): string => `${type} ${fingerprint}, ${acceptedBy(by)}`;

const errorOf = (what: JournalEvent) => {
  if (isSending(what)) return what.result.state === 'failed' ? what.result.error : null;
  return 'error' in what ? (what.error ?? null) : null;
};
