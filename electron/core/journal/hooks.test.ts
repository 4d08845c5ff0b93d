import type { JournalEvent } from '@shared/journal/entry';
import { describe, expect, it } from 'vitest';
import { createDialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Ask, Journal } from '../ports';
import { nodeClock } from '../ports-node';
import { journalledAsk } from './journalled-ask';
import { journalled } from './sending';

const silent = () => {};
const log = { debug: silent, info: silent, warn: silent };

function listening(): { journal: Journal; seen: JournalEvent[] } {
  const seen: JournalEvent[] = [];
  return { seen, journal: { note: (event) => void seen.push(event), commit: async () => {} } };
}
const { signal } = new AbortController();

it('what the policy forbids is written as that, and nothing was begun', async () => {
  const { journal, seen } = listening();
  const dialer = createDialer({ mode: 'loopback' }, { clock: nodeClock, log, journal });
  const request = { hostId: 'db', host: '198.51.100.7', port: 22, timeoutMs: 10, signal };
  await expect(dialer.dial(request)).rejects.toMatchObject({ error: { code: 'E_EGRESS' } });
  expect(seen).toEqual([
    { kind: 'egress-refused', host: 'db', address: '198.51.100.7', port: 22, policy: 'loopback' },
  ]);
});

describe('a question to a person', () => {
  const question = {
    host: 'db',
    account: 'watch',
    what: 'password',
    prompt: 'Code\u001b[2J for db:',
    echo: false,
  } as const;
  it.each<[string, Ask['secret']]>([
    ['answered', async () => ({ text: 'canary-4711', keep: 'session' })],
    ['declined', async () => null],
    ['abandoned', () => Promise.reject(new Error('gone'))],
  ])('is written as %s, without the answer', async (outcome, answer) => {
    const { journal, seen } = listening();
    const ask = journalledAsk({ secret: answer }, { clock: nodeClock, journal });
    await ask.secret(question, { signal }).catch(() => null);
    expect(seen).toMatchObject([
      { kind: 'prompt', host: 'db', account: 'watch', prompt: 'Code\\x1b[2J for db:', outcome },
    ]);
    expect(JSON.stringify(seen)).not.toContain('canary');
  });
});

it('a sending that fails is written with its reason, and still fails', async () => {
  const { journal, seen } = listening();
  const sent = {
    kind: 'statement',
    host: 'db',
    account: 'watch',
    route: 'r',
    name: 'n',
    text: 'SELECT ?',
    background: true,
  } as const;
  const late = failure('E_SQL_TIMEOUT', 'db', { name: 'n', seconds: '3' });
  await expect(
    journalled(
      journal,
      sent,
      () => Promise.reject(late),
      () => null,
    ),
  ).rejects.toBe(late);
  expect(seen).toMatchObject([{ ...sent, result: { state: 'failed', error: { code: 'E_SQL_TIMEOUT' } } }]);
});
