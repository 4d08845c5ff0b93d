import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseEstate } from '@shared/estate/parse';
import type { Estate } from '@shared/estate/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHttp } from '../http/run-http';
import { createDialer, type Dialer } from '../net/dial';
import { createSecretStore } from '../secrets/secret-store';
import { runSql } from '../sql/run-sql';
import { createSqlSession } from '../sql/sql-session';
import type { Sessions } from './lease';
import { runSsh } from './run-ssh';
import { createSessions } from './sessions';
import { makeHome } from './testing/home';

const file = process.env.PATRONUS_TEST_ESTATE;
const { signal } = new AbortController();
const read = { account: 'read', background: true, signal } as const;

/** Every way in that a running lab's estate names, as the console would use it: nothing prompts, nothing writes. */
describe.skipIf(!file)('the estate of PATRONUS_TEST_ESTATE', () => {
  const home = makeHome();
  let estate: Estate;
  let sessions: Sessions;
  let dialer: Dialer;
  let common: Omit<Parameters<typeof createSqlSession>[0], 'hostId' | 'serviceId' | 'account' | 'sessions'>;

  beforeAll(() => {
    const path = resolve(file ?? '');
    const parsed = parseEstate(readFileSync(path, 'utf8'), path);
    if (!parsed.ok) throw new Error(parsed.error.map((problem) => problem.message).join('\n'));
    estate = parsed.value;
    const ports = home.ports();
    const estateDir = dirname(path);
    dialer = createDialer({ mode: 'loopback' }, ports);
    common = { estate, estateDir, dialer, secrets: createSecretStore({ estateDir, ports }), ports };
    sessions = createSessions(common);
  });
  afterAll(async () => {
    await sessions?.dispose();
    home.remove();
  });

  it('each host answers, each as itself', async () => {
    const names = await Promise.all(
      estate.hosts.map(async (host) => {
        const lease = await sessions.acquire(host.id, read);
        const out = await runSsh(lease, ['uname', '-n'], { name: 'test', timeoutMs: 10_000, signal });
        expect(out.exit).toBe(0);
        expect(lease.hostKey.type).toBe('ssh-ed25519');
        lease.release();
        return out.stdout;
      }),
    );
    expect(new Set(names).size).toBe(estate.hosts.length);
    expect(dialer.connections().every((attempt) => attempt.address?.startsWith('127.'))).toBe(true);
  });

  it('each SQL service answers its read account, which may not write', async () => {
    const services = estate.services.filter((service) => service.sql);
    expect(services.length).toBeGreaterThan(0);
    for (const service of services) {
      const hostId = service.hosts?.[0] ?? '';
      const session = createSqlSession({
        ...common,
        hostId,
        serviceId: service.id,
        account: 'read',
        sessions,
      });
      const ask = (statement: string) =>
        runSql(session, { name: 'test', statement, timeoutMs: 10_000, background: true, signal });
      const [row] = (await ask('SELECT VERSION() AS version, 18446744073709551615 AS big')).rows;
      expect(row?.version).toMatch(/^\d+\.\d+/);
      expect(row?.big).toBe('18446744073709551615');
      expect(session.route).toMatch(/^ssh .* → /);
      await expect(ask('CREATE DATABASE console_must_not')).rejects.toMatchObject({
        error: { code: expect.stringMatching(/^E_SQL_(GRANT|FAILED)$/) },
      });
      await session.close();
    }
  });

  it('each health page answers over SSH', async () => {
    for (const service of estate.services) {
      const [hostId] = service.hosts ?? [];
      if (!service.healthPath || !service.port || !hostId) continue;
      const lease = await sessions.acquire(hostId, read);
      const where = { host: '127.0.0.1', port: service.port, path: service.healthPath };
      expect(await runHttp(lease, { ...where, name: 'test', timeoutMs: 10_000, signal })).toMatchObject({
        status: 200,
      });
      lease.release();
    }
  });
});
