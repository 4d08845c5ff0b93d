import type { KeepChoice, KeptPlace, KeyringTrouble, Secrets } from '../../secrets/schema';

const keep: Record<KeepChoice, string> = {
  once: 'Only this once',
  session: 'Until I quit the console',
  vault: 'In the vault, on disk, encrypted',
  keyring: 'In the keyring of this computer',
};
const where: Record<KeptPlace, string> = {
  session: 'in memory',
  vault: 'in the vault',
  keyring: 'in the keyring',
};
const trouble: Record<KeyringTrouble, string> = {
  basic_text: 'Not offered here: it would encrypt with a key that everybody knows.',
  unknown: 'Not offered here: a keyring of a kind that cannot be checked.',
  unavailable: 'Not offered here: no keyring answers, or it is locked.',
  'command-line': 'Not reachable from the command line.',
};
const vault: Record<Secrets['vault'], string> = {
  none: 'There is no vault yet.',
  locked: 'The vault is locked.',
  open: 'The vault is open.',
  damaged: 'The file of the vault is damaged or open to others. Nothing in it is used.',
};

/** Secrets: what is kept, where, and how to lock it. */
export const secrets = {
  title: 'Secrets',
  note: 'What is kept can be deleted here. It cannot be shown: no secret ever comes out of the console.',
  none: 'Nothing is kept.',
  columns: { name: 'For', where: 'Where', since: 'Since', file: 'Estate file' },
  delete: 'Delete',
  deleteWhich: (name: string) => `Delete ${name}`,
  keepTitle: 'Keep the answer',
  keep,
  where,
  keyring: 'Keyring',
  keyringUsed: (product: string) => `Can be used: ${product}.`,
  trouble,
  vaultTitle: 'Vault',
  vault,
  vaultFirst: {
    none: 'set a vault up first',
    locked: 'unlock the vault first',
    open: '',
    damaged: 'the vault is damaged',
  } satisfies Record<Secrets['vault'], string>,
  idle: (minutes: number) =>
    `Locks itself after ${minutes} min without use by you, and when the screen is locked.`,
  lock: 'Lock the vault',
  unlock: 'Unlock the vault',
  create: 'Set up a vault',
  passphrase: 'Passphrase of the vault',
  newPassphrase: (characters: number) => `New passphrase, at least ${characters} characters`,
  again: 'The same again',
  differ: 'The two are not the same.',
  forgotten: 'Nobody can open it without the passphrase. There is no way to reset it.',
  working: 'Deriving the key…',
  asks: (host: string) => `The vault is needed for ${host}`,
  unlocks: 'Passphrase of the vault',
  cli: {
    usage: 'patronus secrets list | set NAME | delete NAME | lock',
    nameForm: (estate: string) => `NAME is ${estate}/HOST/ACCOUNT/password, …/passphrase or …/sql-password`,
    kept: (name: string) => `${name} is kept in the vault.`,
    deleted: (name: string) => `${name} is deleted.`,
    notKept: (name: string) => `${name} is not kept on disk.`,
    locked: 'Every console that has this vault open locks it within two seconds.',
    secret: (name: string) => `secret for ${name}:`,
    passphrase: 'passphrase of the vault:',
    newPassphrase: (characters: number) => `new passphrase for the vault, at least ${characters} characters:`,
    again: 'the same again:',
  },
};
