import type { Failure } from '@shared/errors';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { failure } from '../net/failure';
import { fingerprintOf, typeOfKey } from './key-blob';
import { hostToken, type KnownHost, matchesHost } from './known-hosts';
import type { VerifiedHostKey } from './lease';

/** Where host keys are on record. The estate's own keys come as entries for every name. */
export interface TrustSource {
  /** "estate", or the path of the file. */
  name: string;
  entries: readonly KnownHost[];
}
export interface TrustQuestion {
  /** For the errors. */
  hostId: string;
  host: string;
  port: number;
  /** In order: the first source that knows the host decides; a revocation counts wherever it stands. */
  sources: readonly TrustSource[];
}

interface OnRecord extends KnownHost {
  where: string;
}

/** Key types that are offered, in order. No ssh-rsa: its signature is SHA-1. No host certificates: ssh2 has none. */
const TYPES: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

const recordsOf = (source: TrustSource, token: string): OnRecord[] =>
  source.entries
    .filter((entry) => matchesHost(entry, token))
    .map((entry) => ({
      ...entry,
      where: source.name === 'estate' ? 'estate' : `${source.name}:${entry.line}`,
    }));

/**
 * Decides on a presented key. Only a byte-equal key on record is accepted; everything else is a Failure:
 * E_HOSTKEY_REVOKED, E_HOSTKEY_CHANGED (another key or only another type on record), E_HOSTKEY_CA_ONLY
 * (known only through an authority, which cannot be checked and is no reason to trust at first sight),
 * E_HOSTKEY_UNKNOWN.
 */
export function decideHostKey(question: TrustQuestion, key: Buffer): VerifiedHostKey | Failure {
  const { hostId } = question;
  const token = hostToken(question.host, question.port);
  const type = typeOfKey(key);
  const got = fingerprintOf(key);
  const shown = { id: hostId, type, got };
  const bySource = question.sources.map((source) => recordsOf(source, token));

  const revoked = bySource.flat().find((record) => record.marker === 'revoked' && record.key.equals(key));
  if (revoked) return failure('E_HOSTKEY_REVOKED', hostId, { ...shown, file: revoked.where });

  const deciding = bySource.find((records) => records.some((record) => record.marker !== 'revoked')) ?? [];
  const plain = deciding.filter((record) => record.marker === 'plain');
  const same = plain.find((record) => record.key.equals(key));
  if (same && type !== '') return { fingerprint: got, type, by: same.where };

  const other = plain.find((record) => record.type === type) ?? plain[0];
  if (other)
    return failure('E_HOSTKEY_CHANGED', hostId, {
      ...shown,
      expected: `${other.type} ${fingerprintOf(other.key)}`,
      file: other.where,
    });
  const authority = deciding[0];
  if (authority) return failure('E_HOSTKEY_CA_ONLY', hostId, { ...shown, file: authority.where });
  return failure('E_HOSTKEY_UNKNOWN', hostId, shown);
}

/**
 * The host key algorithms to offer: those of keys on record first. A server takes the first one it has (RFC
 * 4253 section 7.1), so a known host shows its known key; the others follow only so that a host which has
 * none of them can be refused with the fingerprint it now shows.
 */
export function hostKeyAlgorithms(question: TrustQuestion): ServerHostKeyAlgorithm[] {
  const token = hostToken(question.host, question.port);
  const onRecord = new Set(
    question.sources
      .flatMap((source) => recordsOf(source, token))
      .flatMap((r) => (r.marker === 'plain' ? [r.type] : [])),
  );
  const types = Object.keys(TYPES);
  const ordered = [
    ...types.filter((type) => onRecord.has(type)),
    ...types.filter((type) => !onRecord.has(type)),
  ];
  return ordered.flatMap((type) => TYPES[type] ?? []);
}

export interface HostKeyVerifier {
  /** For ssh2's `hostVerifier`. */
  verify(key: Buffer): boolean;
  /** What was decided; null as long as no key was presented. */
  decision(): VerifiedHostKey | Failure | null;
}

/**
 * The only thing that may be given to ssh2 as `hostVerifier`. ssh2 accepts a key when the verifier is missing,
 * asynchronous, or returns anything but false; so this one is synchronous, returns a boolean on every path,
 * and true only for a decision that is a verified key. Whatever `decide` throws is a refusal.
 */
export function failClosed(
  decide: (key: Buffer) => VerifiedHostKey | Failure,
  hostId: string,
): HostKeyVerifier {
  let decided: VerifiedHostKey | Failure | null = null;
  return {
    verify(key) {
      try {
        decided = decide(key);
      } catch {
        decided = failure('E_HOSTKEY_UNKNOWN', hostId, { id: hostId });
      }
      return isVerified(decided);
    },
    decision: () => decided,
  };
}

/** Checked by shape, not by absence of an error: a promise, null or true is no verified key. */
function isVerified(decided: unknown): decided is VerifiedHostKey {
  return (
    typeof decided === 'object' &&
    decided !== null &&
    !(decided instanceof Error) &&
    'fingerprint' in decided &&
    typeof decided.fingerprint === 'string' &&
    'by' in decided &&
    typeof decided.by === 'string'
  );
}
