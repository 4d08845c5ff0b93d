import { Failure } from '@shared/errors';
import ssh2, { type ParsedKey } from 'ssh2';
import { failure, systemText } from '../net/failure';
import type { Ask } from '../ports';
import { readPrivateFile } from '../secrets/secret-file';

/** Who signs: with an Ed25519 key out of a file, or with one that an SSH agent holds. */
export interface Signer {
  /** "ssh-ed25519 AAAA…", without a comment. */
  publicKey: string;
  /** Base64 of the 64 bytes. Rejects with Failure E_APPROVAL_KEY. */
  sign(text: string): Promise<string>;
}

const ED25519 = 'ssh-ed25519';
const publicText = (key: ParsedKey) => `${key.type} ${key.getPublicSSH().toString('base64')}`;

/**
 * The key in a file; its passphrase is asked for when it has one. Rejects with Failure E_KEY_MODE, E_APPROVAL_KEY.
 */
export async function signerOfFile(file: string, ask: Ask | null, signal: AbortSignal): Promise<Signer> {
  const no = (text: string) => failure('E_APPROVAL_KEY', null, { file, text });
  const text = await readPrivateFile(file, '', { unreadable: 'E_KEY_FILE', mode: 'E_KEY_MODE' }).catch(
    (thrown: unknown) => {
      throw thrown instanceof Failure && thrown.error.code === 'E_KEY_FILE'
        ? no(thrown.error.params?.text ?? '')
        : thrown;
    },
  );
  let key = parse(text);
  if (key === 'closed') {
    const question = { host: '', account: file, what: 'passphrase', prompt: '', echo: false } as const;
    const answer = (await ask?.secret(question, { signal })) ?? null;
    if (answer === null) throw no('it needs a passphrase');
    key = parse(text, answer.text);
    if (key === 'closed' || key === null) throw no('the passphrase does not open it');
  }
  if (key?.type !== ED25519) throw no('not an Ed25519 private key');
  const own = key;
  return {
    publicKey: publicText(own),
    async sign(what) {
      const signed: unknown = own.sign(Buffer.from(what, 'utf8'));
      if (!Buffer.isBuffer(signed)) throw no(systemText(signed));
      return signed.toString('base64');
    },
  };
}

/** Null: no private key. */
function parse(text: string, passphrase?: string): ParsedKey | 'closed' | null {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  if (parsed instanceof Error) return /passphrase|integrity|decrypt/i.test(parsed.message) ? 'closed' : null;
  const [key] = [parsed].flat();
  return key?.isPrivateKey() ? key : null;
}

/** Those of these public keys that the agent holds, in their order. Rejects with Failure E_APPROVAL_KEY. */
export async function signersOfAgent(socket: string, wanted: readonly string[]): Promise<Signer[]> {
  const no = (thrown: unknown) => failure('E_APPROVAL_KEY', null, { file: socket, text: systemText(thrown) });
  const agent = new ssh2.OpenSSHAgent(socket);
  const held = await new Promise<ParsedKey[]>((resolve, reject) => {
    agent.getIdentities((thrown, keys = []) => {
      if (thrown) reject(no(thrown));
      else resolve(keys.flatMap((key) => (typeof key === 'object' && 'getPublicSSH' in key ? key : [])));
    });
  });
  const blobs = new Set(wanted.map((line) => line.trim().split(/\s+/).slice(0, 2).join(' ')));
  return held
    .filter((key) => key.type === ED25519 && blobs.has(publicText(key)))
    .map((key) => ({
      publicKey: publicText(key),
      sign: (text) =>
        new Promise((resolve, reject) => {
          agent.sign(key, Buffer.from(text, 'utf8'), (thrown, signature) => {
            if (thrown || !signature) reject(no(thrown ?? new Error('no signature')));
            else resolve(signature.toString('base64'));
          });
        }),
    }));
}
