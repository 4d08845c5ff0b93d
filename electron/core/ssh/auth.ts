import { cleanLine } from '@shared/clean';
import { Failure } from '@shared/errors';
import type { AnyAuthMethod, AuthenticationType, KeyboardInteractiveCallback, ParsedKey, Prompt } from 'ssh2';
import { failure } from '../net/failure';
import type { Ask, AskQuestion, Paths } from '../ports';
import { askPerson, type SecretStore } from '../secrets/secret-store';
import type { SshHop } from './target';

export interface AuthContext {
  hop: SshHop;
  keys: readonly ParsedKey[];
  paths: Paths;
  secrets: SecretStore;
  ask: Ask;
  background: boolean;
  signal: AbortSignal;
  /** Told when a person is being asked, and when that is over. */
  onAsking: (asking: boolean) => void;
}

export interface Auth {
  /**
   * The next thing to try, given what the server accepts (null at first). Each is tried once: a secret that
   * was wrong is never sent a second time. Rejects with the Failure that ends the login.
   */
  next(accepts: readonly AuthenticationType[] | null, partial: boolean): Promise<AnyAuthMethod>;
  /** The method that was tried last: once logged in, the one that did it. */
  method(): string;
  /** The server hung up while logging in. */
  closed(text: string): Failure;
  /** The agent failed; the login goes on with the next method. */
  agentFailed(text: string): void;
  /** The question that could not be answered during keyboard-interactive, if any. */
  stopped: Promise<Failure>;
}

type Step = () => Promise<AnyAuthMethod | null>;

/** Methods in order: what the server accepts anyway, agent, keys, password, questions of the server. */
export function createAuth(context: AuthContext): Auth {
  const { hop, keys, paths, secrets, ask, background, signal, onAsking } = context;
  const username = hop.user;
  const tried: string[] = [];
  let accepts: readonly string[] = [];
  let partly = false;
  let current = 'none';
  let agentError: string | null = null;
  let passwordSent = false;
  let stop: (why: Failure) => void = () => {};
  const stopped = new Promise<Failure>((resolve) => {
    stop = resolve;
  });

  const question = (what: AskQuestion['what'], prompt = '', echo = false): AskQuestion => ({
    host: hop.hostId,
    account: username,
    what,
    prompt,
    echo,
  });
  /** A named identity is the way in; a password then only completes it. */
  const passwordRef = () =>
    hop.identity === undefined ? (hop.secret ?? 'prompt') : partly ? 'prompt' : null;

  async function password(ref: string): Promise<string> {
    passwordSent = true;
    const secret = await secrets.resolve({
      ref,
      question: question('password'),
      background,
      signal,
      onAsking,
    });
    tried.push('password');
    return secret.reveal();
  }

  const steps: Step[] = [
    async () => ({ type: 'none', username }),
    async () => {
      if (!accepts.includes('publickey') || (hop.identity !== undefined && hop.identity !== 'agent'))
        return null;
      if (paths.agentSocket === null) {
        if (hop.identity === 'agent')
          throw failure('E_AGENT', hop.hostId, { text: 'SSH_AUTH_SOCK is not set' });
        return null;
      }
      tried.push('agent');
      return { type: 'agent', username, agent: paths.agentSocket };
    },
    ...keys.map(
      (key): Step =>
        async () => {
          if (!accepts.includes('publickey')) return null;
          tried.push(`key ${key.type}`);
          return { type: 'publickey', username, key };
        },
    ),
    async () => {
      const ref = passwordRef();
      if (!accepts.includes('password') || ref === null) return null;
      return { type: 'password', username, password: await password(ref) };
    },
    async () => {
      if (!accepts.includes('keyboard-interactive') || (passwordRef() === null && !partly)) return null;
      // The password was refused just before; asking for it in another way would send it twice.
      if (passwordSent && !partly) return null;
      return { type: 'keyboard-interactive', username, prompt: answerPrompts };
    },
  ];

  const answerPrompts = (
    _name: string,
    instructions: string,
    _language: string,
    prompts: Prompt[],
    finish: KeyboardInteractiveCallback,
  ): void => {
    void answers(instructions, prompts).then(finish, (thrown: unknown) =>
      stop(thrown instanceof Failure ? thrown : failure('E_ABORTED', hop.hostId)),
    );
  };
  async function answers(instructions: string, prompts: readonly Prompt[]): Promise<string[]> {
    const given: string[] = [];
    for (const prompt of prompts) {
      const ref = passwordRef() ?? 'prompt';
      const isPassword = prompt.echo !== true && /passwor[dt]|passphrase|mot de passe/i.test(prompt.prompt);
      if (isPassword && passwordSent) throw refused();
      if (isPassword) given.push(await password(ref));
      else {
        const text = cleanLine(`${instructions} ${prompt.prompt}`);
        const code = question('one-time-code', text, prompt.echo === true);
        given.push((await askPerson({ question: code, background, signal, onAsking }, ask)).text);
        tried.push('one-time code');
      }
    }
    return given;
  }

  function refused(): Failure {
    const methods = accepts.join(', ') || 'nothing';
    if (passwordSent) {
      secrets.forget({ ref: passwordRef() ?? 'prompt', question: question('password') });
      return failure('E_AUTH_PASSWORD', hop.hostId, { account: username });
    }
    if (agentError !== null && hop.identity === 'agent')
      return failure('E_AGENT', hop.hostId, { text: agentError });
    if (tried.length === 0) return failure('E_AUTH_NOTHING', hop.hostId, { account: username, methods });
    return failure('E_AUTH_REFUSED', hop.hostId, { account: username, what: tried.join(', '), methods });
  }

  return {
    stopped,
    method: () => current,
    closed: (text) => {
      if (tried.length > 0 && /too many authentication failures/i.test(text)) return refused();
      return failure('E_AUTH_CLOSED', hop.hostId, { account: username, text });
    },
    agentFailed: (text) => {
      agentError = text;
    },
    async next(methods, partial) {
      if (methods !== null) accepts = methods;
      // A part was accepted: a password given so far was right, and the next part may ask for another.
      if (partial) {
        partly = true;
        passwordSent = false;
      }
      for (;;) {
        const step = steps.shift();
        if (!step) throw refused();
        const method = await step();
        if (!method) continue;
        current = method.type;
        return method;
      }
    },
  };
}
