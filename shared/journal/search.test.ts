import { describe, expect, it } from 'vitest';
import { JournalEvent, type JournalRecord } from './entry';
import { exportEntry, exportHead } from './export';
import { type JournalFilter, matcher, withTexts } from './search';

const error = { code: 'E_TCP_REFUSED', stage: 'tcp' as const, message: 'no', retryable: true };
const way = { via: 'ssh' as const, host: 'db', account: 'watch', route: 'ssh watch@127.0.20.2:22' };
const done = { state: 'done' as const, status: 0, bytes: 1 };
const common = { account: 'watch', route: 'r', name: 'host.poll' };
const EVENTS: Record<string, JournalEvent> = {
  started: { kind: 'console-started', program: 'window', version: '1', pid: 1 },
  refused: { kind: 'refused', ...way, durationMs: 1, error },
  command: {
    kind: 'command',
    host: 'web',
    ...common,
    text: '#a',
    background: false,
    durationMs: 2,
    result: done,
  },
  polled: {
    kind: 'polled',
    host: 'db',
    ways: [
      {
        kind: 'statement',
        account: 'watch',
        route: 'r',
        texts: [
          {
            name: 'host.poll',
            text: '#b',
            status: null,
            sent: [
              [0, 1],
              [3_000, 2],
            ],
          },
        ],
      },
    ],
  },
  ledger: { kind: 'ledger-changed', path: 'assumptions/x', change: 'set', value: '=1+1' },
  text: { kind: 'text', id: '#a', text: 'uname -a' },
};
const TEXTS: Record<string, string> = { '#a': 'uname -a', '#b': "SHOW STATUS LIKE 'x'" };
const textOf = (id: string) => TEXTS[id] ?? id;
const record = (name: string, what: JournalEvent): JournalRecord => ({
  seq: 1,
  prev: 'p',
  at: Object.keys(EVENTS).indexOf(name) * 1_000,
  who: 'Ann@desk',
  what,
  hash: 'h',
});
const find = (filter: JournalFilter) => {
  const matches = matcher(filter, textOf);
  return Object.entries(EVENTS).flatMap(([name, what]) => (matches(record(name, what)) ? [name] : []));
};

it('the events are of the schema that is read back', () => {
  for (const what of Object.values(EVENTS)) expect(JournalEvent.parse(what)).toEqual(what);
});

describe('a filter', () => {
  const all = ['started', 'refused', 'command', 'polled', 'ledger'];
  it.each<[JournalFilter, string[]]>([
    [{}, all],
    [{ text: 'UNAME' }, ['command']],
    [{ text: 'show status' }, ['polled']],
    [{ text: 'tcp_ref' }, ['refused']],
    [{ text: 'host.poll' }, ['command', 'polled']],
    [{ text: 'nothing' }, []],
    [{ host: 'db' }, ['refused', 'polled']],
    [{ host: 'd' }, []],
    [{ who: 'ann' }, all],
    [{ who: 'eve' }, []],
    [{ group: 'events' }, ['started', 'refused', 'command', 'ledger']],
    [{ group: 'sent' }, ['command']],
    [{ group: 'routine' }, ['polled']],
    [{ failed: true }, ['refused']],
    [{ since: 1_000, until: 3_000 }, ['refused', 'command']],
    [{ host: 'db', group: 'routine', text: 'x' }, ['polled']],
  ])('%j finds %j', (filter, expected) => expect(find(filter)).toEqual(expected));
});

describe('an export', () => {
  const entry = (name: string) => {
    const what = EVENTS[name];
    if (!what) throw new Error(name);
    return { lane: '1', ...record(name, what), what: withTexts(what, textOf) };
  };
  it('as CSV has one row for each sending, with its own time', () => {
    expect(exportHead('csv')).toBe(
      '"time","who","host","kind","account","route","name","text","result","durationMs","lane","seq","hash"\r\n',
    );
    expect(exportEntry(entry('polled'), 'csv').split('\r\n')).toEqual([
      `"1970-01-01T00:00:03.000Z","Ann@desk","db","statement","watch","r","host.poll","SHOW STATUS LIKE 'x'","done","1","1","1","h"`,
      `"1970-01-01T00:00:06.000Z","Ann@desk","db","statement","watch","r","host.poll","SHOW STATUS LIKE 'x'","done","2","1","1","h"`,
      '',
    ]);
    expect(exportEntry(entry('refused'), 'csv')).toContain('"E_TCP_REFUSED"');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\n=1'])(
    'a cell %j is no formula',
    (value) => {
      const text = exportEntry(
        { ...entry('command'), what: { ...entry('command').what, text: value } as JournalEvent },
        'csv',
      );
      expect(text).toContain(`,"'${value}",`);
    },
  );

  it('as JSON Lines is the entry, with its texts', () => {
    expect(JSON.parse(exportEntry(entry('command'), 'jsonl'))).toMatchObject({
      lane: '1',
      what: { text: 'uname -a' },
    });
  });
});
