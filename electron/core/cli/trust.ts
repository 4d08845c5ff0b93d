import path from 'node:path';
import type { Duplex } from 'node:stream';
import { Failure, toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import { trustToText } from '@shared/paper/trust-text';
import type { Trust } from '@shared/views/status';
import { createDialer, type Dialer } from '../net/dial';
import { policyFor } from '../net/policy';
import type { Ports } from '../ports';
import { readEstate } from '../read-estate';
import { createSecretStore } from '../secrets/secret-store';
import { decideHostKey, type TrustQuestion } from '../ssh/host-key';
import { recordHostKey } from '../ssh/record-host-key';
import { type PresentedHostKey, scanHostKey } from '../ssh/scan-host-key';
import { createSessions, sshContext } from '../ssh/sessions';
import { type SshHop, sshTarget } from '../ssh/target';
import { trustFor } from '../ssh/trust';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

const DIAL_MS = 10_000;
const WHOLE_MS = 30_000;

/**
 * `trust HOST`: shows the key that the host presents, and what is on record for it. Writes nothing unless
 * `--confirm HOST` names the host again: nobody accepts a key by a slip.
 */
export async function trustCommand(
  asked: CliArguments,
  ports: Ports,
  bundledEstatesDir: string,
  io: Io,
): Promise<number> {
  const { host, language } = asked;
  const read = await readEstate(asked.estate);
  if (!read.ok || host === null) {
    for (const problem of read.ok ? [] : read.error) printError(io, problem, language);
    return EXIT.usage;
  }
  try {
    const estate = read.value;
    const { paths } = ports;
    const requested = asked.egress ?? undefined;
    const dialer = createDialer(
      policyFor({ estate, estateFile: asked.estate, requested, bundledEstatesDir, paths }),
      ports,
    );
    const estateDir = path.dirname(asked.estate);
    const { hops } = sshTarget(sshContext(estate, paths, dialer.policy.mode), host, 'read');
    const hop = hops.at(-1) ?? hops[0];
    const question = await trustFor(hop, { estateDir, paths });
    const presented = await present(estate, estateDir, hops, question, dialer, ports);
    const verdict = verdictOf(question, presented);
    let written: string | null = null;
    if (verdict === 'unknown' && asked.confirm === host) {
      written = hop.knownHosts === undefined ? paths.knownHosts : path.resolve(estateDir, hop.knownHosts);
      await recordHostKey(written, { hostId: host, host: hop.host, port: hop.port }, presented);
      const { type, fingerprint } = presented;
      const where = { host, address: hop.host, port: hop.port, file: written };
      ports.journal.note({ kind: 'host-key-recorded', ...where, type, fingerprint });
    }
    const { type, fingerprint } = presented;
    const trust: Trust = { host, address: `${hop.host}:${hop.port}`, type, fingerprint, verdict, written };
    if (asked.json) printJson(io, trust);
    else io.out(trustToText(trust, language));
    return verdict === 'known' || written !== null ? EXIT.done : EXIT.refused;
  } catch (thrown) {
    printError(io, toAppError(thrown), language);
    return EXIT.failed;
  }
}

/** Reads the key, through the jump host when the estate names one. Nobody logs in at the host itself. */
async function present(
  estate: Estate,
  estateDir: string,
  hops: readonly SshHop[],
  question: TrustQuestion,
  dialer: Dialer,
  ports: Ports,
): Promise<PresentedHostKey> {
  const signal = AbortSignal.timeout(WHOLE_MS);
  const [hop, jump] = [...hops].reverse();
  if (!hop) throw new Error('a target without a hop');
  const { hostId, host, port } = hop;
  if (!jump) {
    return scanHostKey(
      hop,
      await dialer.dial({ hostId, host, port, timeoutMs: DIAL_MS, signal }),
      question,
      signal,
    );
  }
  const secrets = createSecretStore({ estateDir, ports });
  const sessions = createSessions({ estate, estateDir, dialer, secrets, ports });
  try {
    const lease = await sessions.acquire(jump.hostId, { account: 'read', background: false, signal });
    const through: Duplex = await lease.forward(host, port, { signal });
    return await scanHostKey(hop, through, question, signal);
  } finally {
    await sessions.dispose();
  }
}

const VERDICTS: Readonly<Record<string, Trust['verdict']>> = {
  E_HOSTKEY_CHANGED: 'changed',
  E_HOSTKEY_REVOKED: 'revoked',
  E_HOSTKEY_CA_ONLY: 'ca-only',
};

function verdictOf(question: TrustQuestion, presented: PresentedHostKey): Trust['verdict'] {
  const decided = decideHostKey(question, presented.key);
  return decided instanceof Failure ? (VERDICTS[decided.error.code] ?? 'unknown') : 'known';
}
