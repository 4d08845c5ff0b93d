import { createHash } from 'node:crypto';

/** OpenSSH's own minimum; what is shorter it does not read at all. */
const RSA_BITS = 1024;
const CURVES: Readonly<Record<string, number>> = { nistp256: 32, nistp384: 48, nistp521: 66 };

/**
 * The key of "TYPE BASE64" as OpenSSH reads it (sshkey_read, sshkey_fromb), or null when it is no whole key of that
 * type. That an elliptic point lies on its curve is not checked here: no host can present one that does not.
 */
export function parseKeyBlob(type: string, blob: string): Buffer | null {
  // Its base64 passes over white space: a line that ends in CR LF still holds a key.
  const text = blob.replace(/[\r\v\f]/g, '');
  const key = Buffer.from(text, 'base64');
  // Padding missing, bits left over, other characters: Node is lenient, OpenSSH is not.
  if (text === '' || key.toString('base64') !== text) return null;
  const parts = partsOf(key);
  return parts && parts[0]?.toString('latin1') === type && isWhole(type, parts.slice(1)) ? key : null;
}

/** The type that a key itself states (RFC 4253 section 6.6), or '' when it is none. */
export function typeOfKey(key: Buffer): string {
  if (key.length < 4) return '';
  const length = key.readUInt32BE(0);
  return length <= 64 && key.length >= 4 + length ? key.toString('latin1', 4, 4 + length) : '';
}

/** SHA256:… as ssh-keygen -l prints it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** The strings of a key (RFC 4251 section 5), when they are all of it. */
function partsOf(key: Buffer): Buffer[] | null {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + 4 <= key.length) {
    const end = at + 4 + key.readUInt32BE(at);
    if (end > key.length) return null;
    parts.push(key.subarray(at + 4, end));
    at = end;
  }
  return at === key.length ? parts : null;
}

/** RFC 8709 (Ed25519), 5656 (ECDSA), 4253 section 6.6 (RSA, DSS), OpenSSH's PROTOCOL.u2f (sk-). */
function isWhole(type: string, parts: readonly Buffer[]): boolean {
  const [first, second] = parts;
  if (!first) return false;
  switch (type) {
    case 'ssh-ed25519':
      return parts.length === 1 && first.length === 32;
    case 'sk-ssh-ed25519@openssh.com':
      return parts.length === 2 && first.length === 32;
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
      return parts.length === 2 && isPoint(type, first, second);
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return parts.length === 3 && isPoint('ecdsa-sha2-nistp256', first, second);
    case 'ssh-rsa':
      return parts.length === 2 && second !== undefined && bitsOf(second) >= RSA_BITS;
    case 'ssh-dss':
      return parts.length === 4;
    default:
      return false;
  }
}

function isPoint(type: string, curve: Buffer, point: Buffer | undefined): boolean {
  const name = curve.toString('latin1');
  return (
    type === `ecdsa-sha2-${name}` && point?.length === 1 + 2 * (CURVES[name] ?? Number.NaN) && point[0] === 4
  );
}

/** Of an unsigned big number, with its leading zeros or without. */
const bitsOf = (number: Buffer): number => number.toString('hex').replace(/^0+/, '').length * 4;
