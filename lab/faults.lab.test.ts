import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from './api';
import { buildPrograms, freshBase, page, reaches, removeBase, smallLab, ssh } from './test-lab';

const WEB = '127.0.10.1';
const DB = '127.0.20.2';

describe('faults', () => {
  let lab: Lab;
  let base: string;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms());
  });
  beforeEach(() => lab.mend());
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  const stateOf = async (host: string, service: string) =>
    (await lab.status()).hosts.find((h) => h.name === host)?.services[service];

  it.each([
    ['db', 'mysql', 'connect'],
    ['files', 'samba', 'file-'],
    ['web', 'share', 'file-'],
  ])('kill and start: %s %s', async (host, service, step) => {
    await lab.fault('kill', host, service);
    expect(await stateOf(host, service)).toBe('stopped');
    const { status, body } = await page(lab, '/', 25);
    if (status !== 0) expect([status, body]).toEqual([503, expect.stringContaining(`"step":"${step}`)]); // or no answer in time
    await expect(lab.fault('kill', host, service)).rejects.toMatchObject({ code: 'E_NOT_RUNNING' });
    await lab.fault('start', host, service);
    expect(await stateOf(host, service)).toBe('running');
    await expect.poll(async () => (await page(lab, '/', 25)).status, { timeout: 40_000 }).toBe(200);
  });

  it('kill and start: web apache', async () => {
    await lab.fault('kill', 'web', 'apache');
    expect((await page(lab)).status).toBe(0);
    expect(await reaches(lab, 'users', '10.0.10.1', 80)).toBe(false);
    await lab.fault('start', 'web', 'apache');
    expect((await page(lab)).status).toBe(200);
  });

  it('freeze and resume: the service is there and silent, then goes on', async () => {
    await lab.fault('freeze', 'db', 'mysql');
    expect(await stateOf('db', 'mysql')).toBe('frozen');
    expect(await reaches(lab, 'web', '10.0.20.2', 3306)).toBe(true);
    expect((await page(lab)).status).not.toBe(200);
    await lab.fault('resume', 'db', 'mysql');
    expect(await stateOf('db', 'mysql')).toBe('running');
    await expect.poll(async () => (await page(lab)).status, { timeout: 30_000 }).toBe(200);
  });

  it('cut-console: the console loses the host, its users do not', async () => {
    await lab.fault('cut-console', 'web');
    expect((await ssh(lab, WEB, 'true')).stderr).toMatch(/reset|closed/i);
    expect((await page(lab)).status).toBe(200);
    expect((await lab.status()).hosts.find((h) => h.name === 'web')?.faults).toEqual(['console cut']);
    await lab.fault('heal', 'web');
    expect((await ssh(lab, WEB, 'hostname')).stdout.trim()).toBe('web');
  });

  /** A session that says on the host that it is at work. */
  const livingSession = async (name: string, work: string) => {
    const answer = ssh(lab, WEB, `touch /tmp/${name}; ${work}`);
    const begun = async () =>
      (await lab.exec('web', ['test', '-e', `/tmp/${name}`], { allowFailure: true })).status;
    await expect.poll(begun, { timeout: 10_000 }).toBe(0);
    return { answer };
  };

  it('cut-console ends living sessions', async () => {
    const living = await livingSession('to-be-cut', 'sleep 15');
    const before = performance.now();
    await lab.fault('cut-console', 'web');
    expect((await living.answer).status).not.toBe(0);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('cut-console --hang: new sessions wait for a banner, living ones fall silent and go on after heal', async () => {
    const living = await livingSession('to-be-held', 'for i in $(seq 30); do echo $i; sleep 0.1; done');
    await lab.fault('cut-console', 'web', '--hang');
    let ended = 0;
    const answer = living.answer.then((result) => {
      ended = performance.now();
      return result;
    });
    expect((await ssh(lab, WEB, 'true', { connectTimeout: 5 })).stderr).toMatch(/timed out/i);
    expect(ended).toBe(0); // its work is long done, but nothing of it came
    const healed = performance.now();
    await lab.fault('heal', 'web');
    expect((await answer).stdout.trim().split('\n')).toHaveLength(30);
    expect(ended).toBeGreaterThan(healed);
    expect((await ssh(lab, WEB, 'hostname')).stdout.trim()).toBe('web');
  });

  it('cut HOST HOST: the two lose each other, everybody else sees both', async () => {
    await lab.fault('cut', 'web', 'db');
    expect(await reaches(lab, 'web', '10.0.20.2', 3306)).toBe(false);
    expect(await reaches(lab, 'db', '10.0.10.1', 80)).toBe(false);
    expect(await reaches(lab, 'files', '10.0.20.2', 3306)).toBe(true);
    expect(await reaches(lab, 'users', '10.0.10.1', 80)).toBe(true);
    expect((await ssh(lab, WEB, 'hostname')).stdout.trim()).toBe('web');
    expect((await ssh(lab, DB, 'hostname')).stdout.trim()).toBe('db');
    await lab.fault('heal', 'db'); // either of the two
    expect(await reaches(lab, 'web', '10.0.20.2', 3306)).toBe(true);
    expect(await reaches(lab, 'db', '10.0.10.1', 80)).toBe(true);
    await expect.poll(async () => (await page(lab)).status, { timeout: 30_000 }).toBe(200);
  });

  it('cut HOST: the cable is out, the console still gets in', async () => {
    await lab.fault('cut', 'db');
    expect(await reaches(lab, 'web', '10.0.20.2', 3306)).toBe(false);
    expect((await ssh(lab, DB, 'cat /sys/class/net/eth0/carrier')).stdout.trim()).toBe('0');
    expect((await lab.status()).hosts.find((h) => h.name === 'db')?.faults).toEqual(['cable pulled']);
    await lab.fault('heal', 'db');
    expect(await reaches(lab, 'web', '10.0.20.2', 3306)).toBe(true);
  });

  it('host-key: the console meets a changed key, and heal leaves it', async () => {
    await lab.fault('host-key', 'db');
    await lab.fault('heal', 'db');
    expect((await lab.status()).hosts.find((h) => h.name === 'db')?.faults).toEqual(['host keys changed']);
    expect((await ssh(lab, DB, 'true')).stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
    await lab.fault('host-key', 'db', '--restore');
    expect((await ssh(lab, DB, 'hostname')).stdout.trim()).toBe('db');
  });

  it('up undoes everything at once', async () => {
    await lab.fault('cut-console', 'web', '--hang');
    await lab.fault('cut', 'web', 'files');
    await lab.fault('cut', 'db');
    await lab.fault('host-key', 'files');
    await lab.fault('kill', 'web', 'share');
    await lab.fault('freeze', 'db', 'mysql');
    await lab.mend();
    const status = await lab.status();
    expect([status.up, status.hosts.flatMap((h) => h.faults)]).toEqual([true, []]);
    for (const address of [WEB, DB, '127.0.20.1']) expect((await ssh(lab, address, 'true')).status).toBe(0);
  });

  it('says what it does not know', async () => {
    await expect(lab.fault('kill', 'nobody', 'mysql')).rejects.toMatchObject({
      code: 'E_NO_HOST',
      exitCode: 2,
    });
    await expect(lab.fault('kill', 'db', 'apache')).rejects.toMatchObject({
      code: 'E_NO_SERVICE',
      exitCode: 2,
    });
    await expect(lab.fault('burn', 'db')).rejects.toMatchObject({ code: 'E_USAGE', exitCode: 2 });
    await expect(lab.fault('cut-console', 'users')).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});
