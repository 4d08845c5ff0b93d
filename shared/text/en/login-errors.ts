import type { ErrorTexts } from '../error-params';

/** What a person was asked for. */
const asked = (what: string): string =>
  ({
    password: 'the password',
    passphrase: 'the passphrase',
    'one-time-code': 'a one-time code',
    'sql-password': 'the SQL password',
    'vault-passphrase': 'the passphrase of the vault, which holds a secret',
  })[what] ?? what;

/** Why the keyring of the operating system is not used. */
const keyringTrouble = (why: string): string =>
  ({
    basic_text: 'it would encrypt with a key that everybody knows',
    unknown: 'it is of a kind that cannot be checked',
    unavailable: 'it does not answer, or is locked',
    'command-line': 'the command line cannot reach it, only the window can',
  })[why] ?? why;

/** Who the console is there, and where its secrets are. */
export const loginErrors = {
  E_AUTH_REFUSED: (p) => ({
    sentence: `${p.host} refuses ${p.account}: tried ${p.what}; it accepts ${p.methods}. It is not tried again by itself.`,
    remedy: 'Check account and key on the host (authorized_keys), then ask for a new look.',
  }),
  E_AUTH_PASSWORD: (p) => ({
    sentence: `${p.host} refuses the password of ${p.account}. It is not tried again by itself.`,
    remedy: 'Ask for a new look to enter it again.',
  }),
  E_AUTH_EXPIRED: (p) => ({
    sentence: `${p.host}: the password of ${p.account} has expired and must be changed.`,
    remedy: 'Log in with ssh once and change it.',
  }),
  E_AUTH_CLOSED: (p) => ({
    sentence: `${p.host} closed the connection while ${p.account} was logging in: ${p.text}.`,
    remedy: 'Look at the log of its sshd; the account may be expired or locked.',
  }),
  E_AUTH_NOTHING: (p) => ({
    sentence: `${p.host}: there is nothing to log in ${p.account} with: no agent, no key, no password. It accepts ${p.methods}.`,
    remedy: 'Write ssh.identity or ssh.secret in the estate file, or start an SSH agent.',
  }),
  E_AGENT: (p) => ({
    sentence: `${p.host}: the SSH agent could not be used: ${p.text}.`,
    remedy: 'Start the agent and add the key (ssh-add), then ask for a new look.',
  }),
  E_KEY_FILE: (p) => ({
    sentence: `${p.host}: the private key ${p.file} could not be read: ${p.text}.`,
    remedy: 'Check ssh.identity in the estate file.',
  }),
  E_KEY_MODE: (p) => ({
    sentence: `${p.host}: the private key ${p.file} is open to others (mode ${p.mode}) or not yours.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_KEY_PASSPHRASE: (p) => ({
    sentence: `${p.host}: the passphrase does not open the private key ${p.file}. It is not tried again by itself.`,
    remedy: 'Ask for a new look to enter it again.',
  }),
  E_NEEDS_ANSWER: (p) => ({
    sentence: `${p.host} needs an answer from you: ${asked(p.what)} of ${p.account}. A look in the background never asks.`,
    remedy: 'Ask for a look at this host; the console then asks.',
  }),
  E_ANSWER_DECLINED: (p) => ({
    sentence: `${p.host}: the question for ${asked(p.what)} of ${p.account} was declined.`,
    remedy: 'Ask for a new look when it is at hand.',
  }),
  E_SECRET_ENV: (p) => ({
    sentence: `${p.host}: the environment variable ${p.name} is not set.`,
    remedy: 'Set it before the console starts.',
  }),
  E_SECRET_FILE: (p) => ({
    sentence: `${p.host}: the secret file ${p.file} could not be read: ${p.text}.`,
    remedy: 'Check the file: reference in the estate file; it is relative to that file.',
  }),
  E_SECRET_MODE: (p) => ({
    sentence: `${p.host}: the secret file ${p.file} is open to others (mode ${p.mode}) or not yours.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_SECRET_KEYRING: (p) => ({
    sentence: `The keyring of this computer is not used: ${keyringTrouble(p.what)}.`,
    remedy: 'Answer when asked, keep the secret in the vault, or name it as env:NAME or file:PATH.',
  }),
  E_VAULT_LOCKED: () => ({
    sentence: 'The vault is locked.',
    remedy: 'Unlock it with its passphrase.',
  }),
  E_VAULT_PASSPHRASE: () => ({
    sentence: 'That is not the passphrase of the vault. It stays locked.',
    remedy: 'Try again. Without the passphrase nobody can open it: delete the file and begin a new one.',
  }),
  E_VAULT_DAMAGED: (p) => ({
    sentence: `${p.file} is not as the console wrote it${p.name === '' || p.name === '?' ? '' : ` (at ${p.name})`}. Nothing in it is used.`,
    remedy: 'Put back a copy of the file, or move it away and enter the secrets again.',
  }),
  E_VAULT_MODE: (p) => ({
    sentence: `${p.file} is open to others (mode ${p.mode}). Nothing in it is used.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_VAULT_NONE: () => ({
    sentence: 'There is no vault yet.',
    remedy: 'Set one up under Secrets in the window, or by: patronus secrets set.',
  }),
  E_VAULT_EXISTS: (p) => ({
    sentence: `There is a vault already: ${p.file}.`,
    remedy: 'Unlock it.',
  }),
  E_VAULT_WEAK: (p) => ({
    sentence: `A passphrase of fewer than ${p.limit} characters is not accepted.`,
    remedy: 'Take several words that do not belong together.',
  }),
  E_NEEDS_TERMINAL: () => ({
    sentence: 'A secret is asked for, and nobody is at a terminal.',
    remedy: 'Run it in a terminal: secrets are never taken from arguments or pipes.',
  }),
} satisfies ErrorTexts;
