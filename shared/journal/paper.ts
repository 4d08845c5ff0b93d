import type { Language } from '../contract';
import { texts } from '../text';
import { formatCount, formatDate, formatDuration, formatTime } from '../text/format';
import { eventText, resultText } from './entry-text';
import { hostOf } from './groups';
import type { JournalVerdict } from './journal';
import type { JournalPage } from './search';
import type { ChainBreak } from './verify-chain';

/** The verdict on a journal, one sentence a line. */
export function verdictToText(verdict: JournalVerdict, language: Language, zone: string): string {
  const lines = verdictLines(verdict, language, zone);
  const { verdict: words } = texts(language).journal;
  const ends = verdict.lanes.flatMap(({ lane, last }) =>
    last ? [words.head(lane, last.seq, last.hash)] : [],
  );
  return `${[...lines, ...ends].join('\n')}\n`;
}

/** The same without the hashes, for the window. */
export function verdictLines(verdict: JournalVerdict, language: Language, zone: string): string[] {
  const { verdict: words } = texts(language).journal;
  const firsts = verdict.lanes.flatMap(({ first }) => (first ? [first.at] : []));
  const broken = verdict.lanes.flatMap(({ lane, broken }) =>
    broken ? [breakText(lane, broken, language)] : [],
  );
  const since = Math.min(...firsts);
  const lines = [...broken];
  if (firsts.length === 0 && broken.length === 0) lines.push(words.empty);
  else if (broken.length === 0)
    lines.push(
      words.whole(
        formatCount(verdict.records),
        `${formatDate(since, zone, language)} ${formatTime(since, zone)}`,
      ),
    );
  if (verdict.gaps > 0) lines.push(words.gaps(verdict.gaps));
  if (verdict.known !== null) lines.push(verdict.known ? words.known : words.notKnown);
  return lines;
}

function breakText(lane: string, { seq, why, file, line }: ChainBreak, language: Language): string {
  const { verdict: words } = texts(language).journal;
  return `${words.broken(lane, seq, file, line)} ${words.why[why]}`;
}

const WIDTH = 110;

/** One line for each entry, newest first, and how many there are. */
export function pageToText({ total, entries }: JournalPage, language: Language, zone: string): string {
  const { journal } = texts(language);
  const lines = entries.map(({ at, who, what }) => {
    const { text } = resultText(what, language);
    const took = 'durationMs' in what ? formatDuration(what.durationMs, language) : '';
    const sentence = eventText(what, language);
    const shown = sentence.length > WIDTH ? `${sentence.slice(0, WIDTH - 1)}…` : sentence;
    const time = `${formatDate(at, zone, language)} ${formatTime(at, zone)}`;
    return [time, who, hostOf(what) ?? '—', journal.kinds[what.kind], shown, text, took]
      .filter((part) => part !== '')
      .join('  ');
  });
  return `${[...lines, journal.count(formatCount(entries.length), formatCount(total))].join('\n')}\n`;
}
