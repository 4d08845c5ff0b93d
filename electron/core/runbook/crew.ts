import type { Estate } from '@shared/estate/schema';
import type { Identity, SqlIdentity } from '@shared/identity/identity';
import type { RunPlan, Target } from '@shared/runbook/plan';
import { throwIfOther } from '../identity/confirm-target';
import { type Met, meetServer, readMachine } from '../identity/read-identity';
import type { Dialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { Secret } from '../secrets/secret';
import type { SecretStore } from '../secrets/secret-store';
import { runSql } from '../sql/run-sql';
import { createSqlSession, type SqlSession } from '../sql/sql-session';
import type { Lease, Sessions } from '../ssh/lease';
import type { Crew, Hands } from './api';
import { type PreparedSession, preparedSession } from './prepared-session';

/** The connections of one run, and what its commands need to know in memory. */
export interface RunCrew extends Crew {
  hands(target: string): RunHands;
  /** A secret of the plan, read when the crew was opened. @throws Failure E_PLAN_INVALID for a name it does not have. */
  secret(name: string): Secret;
}
export interface RunHands extends Hands {
  readonly main: PreparedSession | null;
  readonly second: PreparedSession | null;
  /**
   * Is at the other end of the connections that are held still the server of the plan? One short statement. Rejects
   * with E_WRONG_TARGET or E_TARGET_UNCONFIRMED, and with whatever reading ended with.
   */
  confirm(signal: AbortSignal): Promise<void>;
}

export interface CrewOptions {
  plan: RunPlan;
  estate: Estate;
  estateDir: string;
  sessions: Sessions;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
}

const SESSION_MS = 5_000;

/** Makes the crew of a plan; opens nothing yet. @throws Failure when the estate has no acting account for a target. */
export function createCrew(options: CrewOptions): RunCrew {
  const { plan, secrets, estate } = options;
  const members = new Map(
    Object.entries(plan.targets).map(([key, target]) => [key, createHands(key, target, options)] as const),
  );
  const known = new Map<string, Secret>();

  async function readSecret(name: string, signal: AbortSignal): Promise<void> {
    const { service: id, account } = plan.secrets[name] ?? { service: '', account: 'act' };
    const service = estate.services.find((one) => one.id === id);
    const who = service?.sql?.credentials[account];
    if (!who) throw failure('E_SQL_NO_ACCOUNT', null, { name: id });
    const host = service?.hosts?.[0] ?? id;
    const question = { host, account: who.user, what: 'sql-password', prompt: '', echo: false } as const;
    known.set(name, await secrets.resolve({ ref: who.secret, question, background: false, signal }));
  }

  return {
    hands(target) {
      const found = members.get(target);
      if (!found) throw failure('E_PLAN_INVALID', null, { text: `there is no target ${target}` });
      return found;
    },
    secret(name) {
      const found = known.get(name);
      if (!found) throw failure('E_PLAN_INVALID', null, { text: `there is no secret ${name}` });
      return found;
    },
    async open(signal) {
      const openHands = async (key: string, hands: OwnHands) => {
        const opened = hands.open(signal);
        await (plan.targets[key]?.dispensable ? opened.catch(() => undefined) : opened);
      };
      const unread = Object.keys(plan.secrets).filter((name) => !known.has(name));
      await Promise.all([
        ...[...members].map(([key, hands]) => openHands(key, hands)),
        ...unread.map((name) => readSecret(name, signal)),
      ]);
    },
    async close() {
      known.clear();
      await Promise.all([...members.values()].map((hands) => hands.close()));
    },
  };
}

interface OwnHands extends RunHands {
  open(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

function createHands(key: string, target: Target, options: CrewOptions): OwnHands {
  const { estate, sessions } = options;
  const { host, service, identity } = target;
  const ended = new AbortController();
  const ssh = createMachine(target, sessions, ended.signal);
  let met: Met | null = null;

  /** What a new connection must be before a step may use it: at the right server, and as the plan wants it. */
  async function prepare(session: SqlSession, signal: AbortSignal): Promise<void> {
    const found = await meetServer(session, signal);
    throwIfOther(...serverOnly(identity, found.identity));
    met = found;
    for (const statement of target.session)
      await runSql(session, { name: 'session', statement, timeoutMs: SESSION_MS, background: false, signal });
  }
  /** Who did not answer when the crew was opened is met by the first connection that there is. */
  async function meetAgain(session: PreparedSession, signal: AbortSignal): Promise<SqlIdentity | null> {
    if (!met) await session.use({ background: false, signal }, async () => {});
    return met ? met.again(session, signal) : null;
  }
  const newSession = (): PreparedSession | null =>
    service === null
      ? null
      : preparedSession(
          createSqlSession({ ...options, hostId: host, serviceId: service, account: 'act' }),
          prepare,
        );
  const main = newSession();
  const second = newSession();
  const sqlUser = main === null ? [] : [main.user];
  const sshUser = estate.hosts.find(({ id }) => id === host)?.ssh?.act?.user ?? '';

  return {
    target: key,
    host,
    account: [sshUser, ...sqlUser].join(', '),
    main,
    second,
    lease: (signal) => ssh.lease(signal),
    async sessionIds(signal) {
      const open = [main, second].flatMap((session) => session ?? []);
      await Promise.all(open.map((session) => session.use({ background: false, signal }, async () => {})));
      return open.flatMap(({ connectionId }) => connectionId ?? []);
    },
    async confirm(signal) {
      const lease = await ssh.lease(signal);
      const { type, fingerprint } = lease.hostKey;
      const sql = main ? await meetAgain(main, signal) : null;
      const found = { host: lease.hostId, hostKey: `${type} ${fingerprint}`, ...ssh.machine(), sql };
      throwIfOther({ ...identity, sql: service === null ? null : identity.sql }, found);
    },
    async open(signal) {
      const touch = (session: SqlSession | null) =>
        session?.use({ background: false, signal }, async () => {});
      await Promise.all([ssh.lease(signal), touch(main), touch(second)]);
    },
    async close() {
      ended.abort();
      ssh.close();
      await Promise.all([main?.close(), second?.close()]);
    },
  };
}

/** The planned identity and the found one, of the database server alone: the machine is confirmed where it is entered. */
function serverOnly(planned: Identity, sql: SqlIdentity): [expected: Identity, found: Identity] {
  return [planned, { ...planned, sql }];
}

/** The SSH connection of one target: made anew when it was lost, and only ever to the machine of the plan. */
function createMachine({ host, identity }: Target, sessions: Sessions, ended: AbortSignal) {
  let held: { lease: Lease; machine: Pick<Identity, 'name' | 'machine'> } | null = null;
  let opening: Promise<Lease> | null = null;

  async function open(): Promise<Lease> {
    held?.lease.release();
    held = null;
    const lease = await sessions.acquire(host, { account: 'act', background: false, signal: ended });
    try {
      const machine = await readMachine(lease, ended);
      const { type, fingerprint } = lease.hostKey;
      const found = { host: lease.hostId, hostKey: `${type} ${fingerprint}`, ...machine, sql: null };
      throwIfOther({ ...identity, sql: null }, found);
      held = { lease, machine };
      return lease;
    } catch (thrown) {
      lease.release();
      throw thrown;
    }
  }

  return {
    machine: () => held?.machine ?? { name: null, machine: null },
    /** Whoever no longer waits leaves the attempt to the others. */
    lease(signal: AbortSignal): Promise<Lease> {
      if (held && !held.lease.lost.aborted) return Promise.resolve(held.lease);
      opening ??= open().finally(() => {
        opening = null;
      });
      const attempt = opening;
      return new Promise((resolve, reject) => {
        const given = AbortSignal.any([signal]);
        const onAbort = () => reject(failure('E_ABORTED', host));
        if (given.aborted) onAbort();
        given.addEventListener('abort', onAbort);
        attempt.then(resolve, reject).finally(() => given.removeEventListener('abort', onAbort));
      });
    },
    close() {
      held?.lease.release();
      held = null;
    },
  };
}
