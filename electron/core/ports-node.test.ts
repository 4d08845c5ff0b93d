import { afterEach, describe, expect, it, vi } from 'vitest';
import { failure } from './net/failure';
import type { LogFields } from './ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from './ports-node';

describe('the clock', () => {
  it('sleeps, and wakes at once when told', async () => {
    const started = performance.now();
    await nodeClock.sleep(20);
    expect(performance.now() - started).toBeGreaterThan(15);
    const stop = new AbortController();
    const sleeping = nodeClock.sleep(60_000, stop.signal);
    stop.abort();
    await sleeping;
    await nodeClock.sleep(60_000, AbortSignal.abort());
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the log', () => {
  const lines: string[] = [];
  const spy = () =>
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    });
  afterEach(() => {
    vi.restoreAllMocks();
    lines.length = 0;
  });

  it('writes one JSON line of named fields, and nothing else that was slipped in', () => {
    spy();
    const slipped = { host: 'db', name: 'mysql.status', password: 'canary-55' } as LogFields;
    stderrLog('info').warn('probe', {
      ...slipped,
      error: failure('E_LOST', 'db', { text: 'canary-56\n' }).error,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      event: 'probe',
      host: 'db',
      error: 'E_LOST',
    });
    expect(lines[0]).not.toContain('canary');
  });
  it('keeps to its level', () => {
    spy();
    const log = stderrLog('warn');
    log.debug('a');
    log.info('b');
    stderrLog('silent').warn('c');
    expect(lines).toEqual([]);
  });
});

it('a program without a person declines every question', async () => {
  const question = { host: 'db', account: 'a', what: 'password', prompt: '', echo: false } as const;
  expect(await refusingAsk.secret(question, { signal: new AbortController().signal })).toBeNull();
});

it('finds the person’s places', () => {
  const paths = personPaths({ SSH_AUTH_SOCK: '/run/agent', XDG_DATA_HOME: '/data' }, '/home/ana');
  expect(paths).toMatchObject({
    dataDir: '/data/patronus-console',
    knownHosts: '/home/ana/.ssh/known_hosts',
    sshConfig: '/home/ana/.ssh/config',
    agentSocket: '/run/agent',
  });
  expect(personPaths({}, '/home/ana')).toMatchObject({
    dataDir: '/home/ana/.local/share/patronus-console',
    agentSocket: null,
  });
});
