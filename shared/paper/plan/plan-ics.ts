import type { Language } from '../../contract';
import { texts } from '../../text';
import type { Plan } from '../../views/plan';

interface CalendarEvent {
  /** Unique within the plan. */
  id: string;
  start: number;
  /** null: a moment. */
  end: number | null;
  summary: string;
}

/**
 * Freeze, gates, point of no return and turn-back time as a calendar (RFC 5545), times in UTC. The UID of an entry is
 * made of the plan's hash: the same plan imported twice is there once, another plan is another entry.
 * @param stamp epoch milliseconds at which the calendar is written
 * @returns null while no window was entered: nothing of the plan has a time then.
 */
export function planToIcs(
  plan: Plan,
  hash: string,
  shortHash: string,
  stamp: number,
  language: Language,
): string | null {
  const { calendar } = texts(language).planPaper;
  const events = eventsOf(plan, language);
  if (events.length === 0) return null;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Patronus Console//Migration plan//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events.flatMap(({ id, start, end, summary }) => [
      'BEGIN:VEVENT',
      `UID:${id}.${hash}@patronus-console`,
      `DTSTAMP:${utc(stamp)}`,
      `DTSTART:${utc(start)}`,
      ...(end === null ? [] : [`DTEND:${utc(end)}`]),
      `SUMMARY:${escapeText(summary)}`,
      `DESCRIPTION:${escapeText(`${calendar.body(shortHash)}\nSHA-256 ${hash}`)}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventsOf(plan: Plan, language: Language): CalendarEvent[] {
  const { calendar } = texts(language).planPaper;
  const { window, clock, steps } = plan;
  if (window.state !== 'set') return [];
  const event = (id: string, start: number, end: number | null, summary: string): CalendarEvent => ({
    id,
    start,
    end,
    summary,
  });
  const cutover = steps.filter(({ phase, kind }) => phase === 'cutover' && kind === 'step');
  const from = cutover[0]?.clock?.startsAt?.at;
  const until = cutover.at(-1)?.clock?.endsAtP90?.at;
  return [
    event('window', window.start.at, window.end.at, calendar.window),
    ...(from === undefined || until === undefined ? [] : [event('freeze', from, until, calendar.freeze)]),
    ...plan.gates.flatMap(({ step, gate, question }) => {
      const at = steps.find(({ id }) => id === step)?.clock?.startsAt?.at;
      return at === undefined ? [] : [event(gate.toLowerCase(), at, null, calendar.gate(gate, question))];
    }),
    ...(clock.pointOfNoReturn?.at
      ? [event('no-return', clock.pointOfNoReturn.at.at, null, calendar.noReturn)]
      : []),
    ...(clock.turnBack ? [event('turn-back', clock.turnBack.at.at, null, calendar.turnBack)] : []),
  ];
}

/** "20261204T233000Z". */
const utc = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '')}Z`;

/** RFC 5545, 3.3.11; control characters have no place in a calendar. */
const escapeText = (text: string): string =>
  text
    .replaceAll('\r', '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f]/g, ' ');

const MOST_OCTETS = 75;

/** RFC 5545, 3.1: no line is longer than 75 octets; it goes on behind a line break and a space, never within a letter. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const letter of line) {
    const size = octetsOf(letter);
    if (octets + size > MOST_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += letter;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/** Of one letter in UTF-8. */
function octetsOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
