import { resolve } from 'node:path';
import { failure } from '../net/failure';
import type { Ask, AskQuestion, Paths } from '../ports';
import { Secret } from './secret';
import { readPrivateFile } from './secret-file';

export interface SecretRequest {
  /** As in the estate; "prompt" when a person must be asked. */
  ref: string;
  question: AskQuestion;
  /** True: never asks; E_NEEDS_ANSWER instead. */
  background: boolean;
  signal: AbortSignal;
  /** Told when a person starts and stops being asked. */
  onAsking?: (asking: boolean) => void;
}

export interface SecretStore {
  /**
   * The secret behind a reference, kept in memory for this session only. Rejects with Failure:
   * E_NEEDS_ANSWER, E_ANSWER_DECLINED, E_SECRET_ENV, E_SECRET_FILE, E_SECRET_MODE, E_SECRET_KEYRING.
   */
  resolve(request: SecretRequest): Promise<Secret>;
  /** It was wrong: the next resolve reads or asks anew. */
  forget(request: Pick<SecretRequest, 'ref' | 'question'>): void;
  clear(): void;
}

export function createSecretStore(options: {
  estateDir: string;
  ports: { ask: Ask; paths: Paths };
}): SecretStore {
  const { ask, paths } = options.ports;
  const cache = new Map<string, Secret>();
  const keyOf = ({ ref, question }: Pick<SecretRequest, 'ref' | 'question'>) =>
    ref === 'prompt' ? JSON.stringify([question.host, question.account, question.what]) : ref;

  async function read(request: SecretRequest): Promise<string> {
    const { ref, question } = request;
    const { host } = question;
    if (ref.startsWith('env:')) {
      const name = ref.slice('env:'.length);
      const value = paths.env[name];
      if (value === undefined) throw failure('E_SECRET_ENV', host, { name });
      return value;
    }
    if (ref.startsWith('file:')) {
      const file = resolve(options.estateDir, ref.slice('file:'.length));
      const text = await readPrivateFile(file, host, { unreadable: 'E_SECRET_FILE', mode: 'E_SECRET_MODE' });
      return text.replace(/\r?\n$/, '');
    }
    if (ref === 'keyring') throw failure('E_SECRET_KEYRING', host);
    return askPerson(request, ask);
  }

  return {
    async resolve(request) {
      const key = keyOf(request);
      const known = cache.get(key);
      if (known) return known;
      const secret = new Secret(await read(request));
      cache.set(key, secret);
      return secret;
    },
    forget: (request) => void cache.delete(keyOf(request)),
    clear: () => cache.clear(),
  };
}

/** Asks once; nothing is kept. Used directly for one-time codes. */
export async function askPerson(request: Omit<SecretRequest, 'ref'>, ask: Ask): Promise<string> {
  const { question, background, signal } = request;
  const params = { what: question.what, account: question.account };
  if (background) throw failure('E_NEEDS_ANSWER', question.host, params);
  request.onAsking?.(true);
  const answer = await ask
    .secret(question, { signal })
    .catch((thrown: unknown) => {
      if (signal.aborted) throw failure('E_ABORTED', question.host);
      throw thrown;
    })
    .finally(() => request.onAsking?.(false));
  if (answer === null) throw failure('E_ANSWER_DECLINED', question.host, params);
  return answer;
}
