import { resolve } from 'node:path';
import { toAppError } from '@shared/errors';
import type { SecretId } from '@shared/secrets/schema';
import { PURPOSES, secretName } from '@shared/secrets/secret-name';
import { failure } from '../net/failure';
import type { Answer, Ask, AskQuestion, Clock, Log, Paths } from '../ports';
import { createSlots, type Slots } from '../ssh/slots';
import { createKeeper, type SecretKeeper, secretsDir } from './keeper';
import { noKeyring } from './keyring';
import { Secret } from './secret';
import { readPrivateFile } from './secret-file';

export interface SecretRequest {
  /** As in the estate. "prompt" and "keyring": what was kept, else a person is asked. */
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
   * The secret behind a reference. Rejects with Failure: E_NEEDS_ANSWER, E_ANSWER_DECLINED, E_SECRET_ENV,
   * E_SECRET_FILE, E_SECRET_MODE, E_SECRET_KEYRING, E_VAULT_PASSPHRASE, E_VAULT_DAMAGED.
   */
  resolve(request: SecretRequest): Promise<Secret>;
  /** It was wrong: the next resolve reads or asks anew. */
  forget(request: Pick<SecretRequest, 'ref' | 'question'>): void;
  /** Forgets what was read from files and the environment. What a person gave is the keeper's. */
  clear(): void;
}

export interface SecretStoreOptions {
  estateDir: string;
  ports: { ask: Ask; paths: Paths; clock: Clock; log: Log };
  /** Whose secrets these are, and who keeps them; left out: an estate of its own, kept until the end. */
  keeping?: { keeper: SecretKeeper; estate: string; estateFile: string };
}

export function createSecretStore(options: SecretStoreOptions): SecretStore {
  const { ask, paths, clock, log } = options.ports;
  const { keeper, estate, estateFile } = options.keeping ?? {
    keeper: createKeeper({
      dir: secretsDir(paths.dataDir),
      clock,
      keyring: noKeyring('command-line'),
      idleMinutes: async () => 15,
    }),
    estate: '',
    estateFile: options.estateDir,
  };
  /** What files and the environment said. */
  const read = new Map<string, Secret>();
  /** One question at a time about the same secret: who comes second finds the first one's answer. */
  const turns = new Map<string, Slots>();
  let unlocking: Promise<void> | null = null;

  async function named(ref: string, host: string): Promise<Secret> {
    const known = read.get(ref);
    if (known) return known;
    const secret = new Secret(await (ref.startsWith('env:') ? fromEnv(ref, host) : fromFile(ref, host)));
    read.set(ref, secret);
    return secret;
  }

  function fromEnv(ref: string, host: string): string {
    const name = ref.slice('env:'.length);
    const value = paths.env[name];
    if (value === undefined) throw failure('E_SECRET_ENV', host, { name });
    return value;
  }

  async function fromFile(ref: string, host: string): Promise<string> {
    const file = resolve(options.estateDir, ref.slice('file:'.length));
    const text = await readPrivateFile(file, host, { unreadable: 'E_SECRET_FILE', mode: 'E_SECRET_MODE' });
    return text.replace(/\r?\n$/, '');
  }

  async function keptOrAsked(request: SecretRequest): Promise<Secret> {
    const { question, background } = request;
    const id = idOf(question);
    const found = id ? await keeper.find(id, !background) : ({ state: 'none' } as const);
    if (found.state === 'found') return found.secret;
    if (found.state === 'locked') {
      const { host, account } = question;
      if (background) throw failure('E_NEEDS_ANSWER', host, { what: 'vault-passphrase', account });
      await unlock(request);
      return keptOrAsked(request);
    }
    if (found.state === 'unreachable' && background)
      throw failure('E_SECRET_KEYRING', question.host, { what: found.why });
    const { text, keep } = await askPerson(request, ask);
    const secret = new Secret(text);
    if (id) await keepAnswer(id, secret, keep);
    return secret;
  }

  /** An answer that cannot be kept as wished is still used, and kept in memory: nobody types it twice for that. */
  async function keepAnswer(id: SecretId, secret: Secret, keep: Answer['keep']): Promise<void> {
    await keeper.keep(id, secret, keep).catch(async (thrown: unknown) => {
      log.warn('secret.not-kept', { name: id.name, error: toAppError(thrown) });
      await keeper.keep(id, secret, 'session');
    });
  }

  /** All who wait for the vault wait for one answer, and for its outcome. */
  function unlock(request: SecretRequest): Promise<void> {
    const { host, account } = request.question;
    const question = { host, account, what: 'vault-passphrase', prompt: '', echo: false } as const;
    unlocking ??= askPerson({ ...request, question }, ask)
      .then(({ text }) => keeper.unlock(text))
      .finally(() => {
        unlocking = null;
      });
    return unlocking;
  }

  function idOf({ host, account, what }: AskQuestion): SecretId | null {
    const purpose = PURPOSES.find((known) => known === what);
    return purpose ? { estateFile, name: secretName({ estate, host, account, purpose }) } : null;
  }

  const isNamed = (ref: string) => ref.startsWith('env:') || ref.startsWith('file:');

  return {
    async resolve(request) {
      const { ref, question, background, signal } = request;
      if (isNamed(ref)) return named(ref, question.host);
      if (background) return keptOrAsked(request);
      const key = idOf(question)?.name ?? '';
      const turn = turns.get(key) ?? createSlots(1);
      turns.set(key, turn);
      const give = await turn.take(signal).catch(() => {
        throw failure('E_ABORTED', question.host);
      });
      return keptOrAsked(request).finally(give);
    },
    forget({ ref, question }) {
      const id = idOf(question);
      if (isNamed(ref)) read.delete(ref);
      else if (id) keeper.refused(id);
    },
    clear: () => read.clear(),
  };
}

/** Asks once; nothing is kept. Used directly for one-time codes. */
export async function askPerson(request: Omit<SecretRequest, 'ref'>, ask: Ask): Promise<Answer> {
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
