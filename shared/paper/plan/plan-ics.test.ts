import { expect, test } from 'vitest';
import { HASH, planForTests } from './plan.test-kit';
import { planToIcs } from './plan-ics';

const STAMP = Date.UTC(2026, 10, 22, 6, 0, 45);

interface Parsed {
  properties: Map<string, string>;
}

/** RFC 5545, strictly: CRLF alone, at most 75 octets a line, known properties, texts unescaped. */
function parse(text: string): Parsed[] {
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const raw = text.slice(0, -2).split('\r\n');
  for (const line of raw) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  const lines: string[] = [];
  for (const line of raw) {
    if (line.startsWith(' ')) lines[lines.length - 1] += line.slice(1);
    else lines.push(line);
  }
  expect([lines[0], lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
  const events: Parsed[] = [];
  let open: Map<string, string> | null = null;
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+):(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no property: ${line}`);
    if (line === 'BEGIN:VEVENT') open = new Map();
    else if (line === 'END:VEVENT') {
      events.push({ properties: open ?? new Map() });
      open = null;
    } else if (open) {
      if (open.has(name)) throw new Error(`twice: ${name}`);
      open.set(
        name,
        value.replace(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
      );
    }
  }
  return events;
}

const eventsOf = (name?: string, language: 'en' | 'fr' = 'en') =>
  parse(planToIcs(planForTests(name), HASH, 'b21d·77e0', STAMP, language) ?? '');

test('freeze, gates, point of no return and turn-back, in UTC, each under a name of its own', () => {
  const events = eventsOf().map(({ properties }) => properties);
  expect(events.map((each) => each.get('UID')?.split('.')[0])).toEqual([
    'window',
    'freeze',
    'g1',
    'g2',
    'g3',
    'no-return',
    'turn-back',
  ]);
  for (const each of events) {
    expect(each.get('UID')).toContain(HASH);
    expect(each.get('DTSTAMP')).toBe('20261122T060045Z');
    expect(each.get('DTSTART')).toMatch(/^\d{8}T\d{6}Z$/);
    expect(each.get('DESCRIPTION')).toContain(HASH);
  }
  expect([events[0]?.get('DTSTART'), events[0]?.get('DTEND')]).toEqual([
    '20261204T233000Z',
    '20261205T013000Z',
  ]);
  expect(events[2]?.get('DTSTART')).toBe('20261204T231500Z');
  expect(events.at(-1)?.get('DTSTART')).toBe('20261205T005400Z');
});

test('the same plan has the same names, whenever it is written; another plan has others', () => {
  const uids = (hash: string, stamp: number) =>
    parse(planToIcs(planForTests(), hash, 'x', stamp, 'en') ?? '').map(({ properties }) =>
      properties.get('UID'),
    );
  expect(uids(HASH, STAMP)).toEqual(uids(HASH, STAMP + 1e9));
  expect(uids(HASH, STAMP)).not.toEqual(uids('0'.repeat(64), STAMP));
});

test('letters of several octets are never cut, and a hostile question stays a text', () => {
  const question = `é→🙂; a, b\\ c\nEND:VEVENT\r\nBEGIN:VALARM ${'ÿ'.repeat(90)}`;
  const plan = planForTests();
  const [first, ...rest] = plan.gates;
  const asked = { ...plan, gates: first ? [{ ...first, question }, ...rest] : rest };
  const events = parse(planToIcs(asked, HASH, 'x', STAMP, 'en') ?? '');
  expect(events).toHaveLength(7);
  expect(events[2]?.properties.get('SUMMARY')).toBe(`G1: ${question.replaceAll('\r', '')}`);
});

test('without a window there is no calendar', () => {
  expect(planToIcs({ ...planForTests(), window: { state: 'unset' } }, HASH, 'x', STAMP, 'fr')).toBeNull();
});
