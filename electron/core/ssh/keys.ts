import { resolve } from 'node:path';
import { Failure } from '@shared/errors';
import ssh2, { type ParsedKey } from 'ssh2';
import { failure } from '../net/failure';
import type { Paths } from '../ports';
import { readPrivateFile } from '../secrets/secret-file';
import type { SecretStore } from '../secrets/secret-store';
import type { SshHop } from './target';

export interface KeyContext {
  hop: SshHop;
  estateDir: string;
  paths: Paths;
  secrets: SecretStore;
  background: boolean;
  signal: AbortSignal;
  onAsking: (asking: boolean) => void;
  /** Encrypted keys that were opened in this session, by their text: opening one takes half a second of CPU. */
  opened: Map<string, ParsedKey>;
}

/**
 * The private keys to offer, opened before any connection exists. A key that the estate names must open;
 * of the person's usual keys those that are missing, closed or need a passphrase nobody may be asked for
 * are passed over.
 * @throws Failure E_KEY_FILE, E_KEY_MODE, E_KEY_PASSPHRASE, E_NEEDS_ANSWER and those of the secret store.
 */
export async function loadKeys(context: KeyContext): Promise<ParsedKey[]> {
  const { hop } = context;
  if (hop.identity === 'agent') return [];
  if (hop.identity !== undefined) {
    if (!hop.identity.startsWith('file:'))
      throw failure('E_KEY_FILE', hop.hostId, { file: hop.identity, text: 'identity is file:PATH or agent' });
    const file = resolve(context.estateDir, hop.identity.slice('file:'.length));
    return [await loadKey(file, context, hop.secret ?? 'prompt')];
  }
  const keys: ParsedKey[] = [];
  for (const file of hop.identityFiles) {
    try {
      keys.push(await loadKey(file, context, context.paths.agentSocket ? null : 'prompt'));
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.error.code === 'E_ABORTED') throw thrown;
    }
  }
  return keys;
}

/** @param passphrase reference to it; null: a key that needs one is not used. */
async function loadKey(file: string, context: KeyContext, passphrase: string | null): Promise<ParsedKey> {
  const { hop, secrets, background, signal, onAsking } = context;
  const text = await readPrivateFile(file, hop.hostId, { unreadable: 'E_KEY_FILE', mode: 'E_KEY_MODE' });
  const known = context.opened.get(text);
  if (known) return known;
  const plain = parse(text);
  if (plain !== 'encrypted') {
    if (plain) return plain;
    throw failure('E_KEY_FILE', hop.hostId, { file, text: 'not a private key of a kind the console knows' });
  }
  if (passphrase === null) throw failure('E_KEY_FILE', hop.hostId, { file, text: 'needs a passphrase' });
  const account = `${hop.user} (${file})`;
  const question = { host: hop.hostId, account, what: 'passphrase' as const, prompt: '', echo: false };
  const secret = await secrets.resolve({ ref: passphrase, question, background, signal, onAsking });
  const opened = parse(text, secret.reveal());
  if (opened && opened !== 'encrypted') {
    context.opened.set(text, opened);
    return opened;
  }
  secrets.forget({ ref: passphrase, question });
  throw failure('E_KEY_PASSPHRASE', hop.hostId, { file });
}

/** null: not a private key, or the passphrase does not fit. */
function parse(text: string, passphrase?: string): ParsedKey | 'encrypted' | null {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  if (parsed instanceof Error) return /no passphrase given/i.test(parsed.message) ? 'encrypted' : null;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return key?.isPrivateKey() ? key : null;
}
