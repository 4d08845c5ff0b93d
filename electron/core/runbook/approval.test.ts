import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import { type ApprovalTerms, signedText } from '@shared/runbook/approval';
import { planHash } from '@shared/runbook/fingerprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '../journal/digest';
import { nodeClock } from '../ports-node';
import { estateOf } from '../ssh/testing/estate';
import { makeHome, scriptedAsk, type TestHome } from '../ssh/testing/home';
import { makeKey } from '../ssh/testing/sshd';
import { type ApprovalDesk, checkApproval, readApproval, verifiesEd25519 } from './approval';
import { type Signer, signerOfFile, signersOfAgent } from './approval-key';
import { stagePlan } from './testing/lease-stage';

const MINUTE = 60_000;
const { signal } = new AbortController();

describe('a second person’s word', { timeout: 60_000 }, () => {
  let home: TestHome;
  let bob: { file: string; public: string };
  let agent: ChildProcess;
  let socket: string;
  let signer: Signer;
  let desk: ApprovalDesk;
  const now = nodeClock.now();
  const plan = { ...stagePlan([['a', null]]), subject: 'main', madeAt: now - MINUTE };
  const hash = planHash(plan, digest);
  const terms: ApprovalTerms = {
    version: 1,
    plan: hash,
    subject: 'main',
    name: 'Bob',
    by: 'bob@laptop',
    at: now,
    until: now + 60 * MINUTE,
  };

  beforeAll(async () => {
    home = makeHome();
    bob = makeKey(home, 'bob');
    socket = join(home.dir, 'agent');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((resolve) => agent.stdout?.once('data', resolve));
    signer = await signerOfFile(bob.file, null, signal);
    const cluster = { technology: 'async-replication', members: [{ service: 'db', role: 'primary' }] };
    const approvers = [{ name: 'Bob', key: bob.public }];
    const estate: Estate = {
      ...estateOf([]),
      clusters: [{ id: 'main', title: 'Main', ...cluster, acting: { approvers } }] as Estate['clusters'],
    };
    desk = { estate, who: 'ann@desk', clock: nodeClock, used: async () => false };
  });
  afterAll(() => {
    agent.kill('SIGTERM');
    home.remove();
  });

  const signed = async (more: Partial<ApprovalTerms> = {}, by = signer) => {
    const own = { ...terms, ...more };
    return { terms: own, signature: await by.sign(signedText(own)) };
  };
  const refusal = (value: unknown, more: Partial<ApprovalDesk> = {}, of = plan) =>
    checkApproval(value, of, planHash(of, digest), { ...desk, ...more }).then(
      () => 'it counts',
      (thrown: unknown) =>
        thrown instanceof Failure ? `${thrown.error.code} ${thrown.error.params?.what}` : thrown,
    );

  it('counts when it is signed with a key of the estate, from a file, with a passphrase, or by an agent', async () => {
    expect(signer.publicKey).toBe(bob.public.split(' ').slice(0, 2).join(' '));
    expect(await refusal(await signed())).toBe('it counts');
    const file = home.file('approval.json', JSON.stringify(await signed()));
    expect(await refusal(await readApproval(file))).toBe('it counts');
    execFileSync('ssh-add', ['-q', bob.file], {
      env: { ...process.env, SSH_AUTH_SOCK: socket },
      stdio: 'ignore',
    });
    const held = await signersOfAgent(socket, [bob.public]);
    expect(held).toHaveLength(1);
    const [fromAgent] = held;
    expect(await refusal(await signed({}, fromAgent))).toBe('it counts');
    expect(await signersOfAgent(socket, [makeKey(home, 'other').public])).toEqual([]);
    const closed = makeKey(home, 'closed', 'long passphrase');
    const opened = await signerOfFile(closed.file, scriptedAsk(['long passphrase']), signal);
    expect(verifiesEd25519(closed.public, 'x', await opened.sign('x'))).toBe(true);
    expect(verifiesEd25519(closed.public, 'y', await opened.sign('x'))).toBe(false);
  });

  it('is refused for what signed it, for what was changed, for its time and for its use', async () => {
    const eve = await signerOfFile(makeKey(home, 'eve').file, null, signal);
    expect(await refusal(await signed({}, eve))).toBe('E_APPROVAL bad-signature');
    expect(await refusal(await signed({ name: 'Eve' }, eve))).toBe('E_APPROVAL unknown-key');
    expect(await refusal(await signed(), { who: 'bob@desk' })).toBe('E_APPROVAL self');
    expect(await refusal(await signed({ by: 'ann@laptop' }))).toBe('E_APPROVAL self');
    expect(await refusal(await signed({ at: now - 62 * MINUTE, until: now - 2 * MINUTE }))).toMatch(
      /expired/,
    );
    expect(await refusal(await signed(), {}, { ...plan, confirm: 'b' })).toBe('E_APPROVAL other-plan');
    expect(await refusal(await signed(), { used: async () => true })).toBe('E_APPROVAL used');
    const good = await signed();
    const later = { ...good, terms: { ...good.terms, until: good.terms.until + MINUTE } };
    expect(await refusal(later)).toBe('E_APPROVAL bad-signature');
    expect(await refusal(null)).toBe('E_APPROVAL unreadable');
  });

  it('only signs with a private Ed25519 key that opens', async () => {
    const code = (file: string, answers: (string | null)[] = []) =>
      signerOfFile(file, scriptedAsk(answers), signal).then(
        () => 'it opens',
        (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : thrown),
      );
    expect(await code(join(home.dir, 'none'))).toBe('E_APPROVAL_KEY');
    expect(await code(`${bob.file}.pub`)).toMatch(/E_KEY_MODE|E_APPROVAL_KEY/);
    expect(await code(makeKey(home, 'rsa', '', 'rsa').file)).toBe('E_APPROVAL_KEY');
    const closed = makeKey(home, 'shut', 'long passphrase').file;
    expect(await code(closed, ['wrong'])).toBe('E_APPROVAL_KEY');
    expect(await code(closed, [null])).toBe('E_APPROVAL_KEY');
    await expect(signersOfAgent(join(home.dir, 'no-agent'), [])).rejects.toBeInstanceOf(Failure);
    expect(verifiesEd25519('ssh-rsa AAAA', 'x', 'y')).toBe(false);
  });
});
