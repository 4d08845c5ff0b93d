import { toAppError } from '@shared/errors';
import { MIN_PASSPHRASE, type Secrets } from '@shared/secrets/schema';
import { parseSecretName } from '@shared/secrets/secret-name';
import { texts } from '@shared/text';
import { formatDate, formatTime } from '@shared/text/format';
import { failure } from '../net/failure';
import type { Ask, Ports } from '../ports';
import { readEstate } from '../read-estate';
import { createKeeper, type SecretKeeper, secretsDir, vaultFile } from '../secrets/keeper';
import { noKeyring } from '../secrets/keyring';
import { Secret } from '../secrets/secret';
import { askToLock } from '../secrets/vault';
import { settingsStore } from '../stores/settings-store';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

interface Scene {
  asked: CliArguments;
  io: Io;
  /** One line without echo; null when it was declined. */
  ask: (prompt: string) => Promise<string | null>;
  keeper: SecretKeeper;
  /** Of the estate, for the name and for the file that a secret is kept for. */
  estate: string;
  estateFile: string;
  ports: Pick<Ports, 'clock' | 'paths'>;
}

/**
 * `secrets list | set NAME | delete NAME | lock`. The vault alone: nothing outlives a command in memory, and the
 * keyring knows the window, not us. Secrets and passphrases come from the terminal, never from argv or environment.
 */
export async function secretsCommand(
  asked: CliArguments,
  ports: Pick<Ports, 'clock' | 'paths'>,
  asking: Ask | null,
  io: Io,
): Promise<number> {
  const read = await readEstate(asked.estate);
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  const { dataDir } = ports.paths;
  const keeper = createKeeper({
    dir: secretsDir(dataDir),
    clock: ports.clock,
    keyring: noKeyring('command-line'),
    idleMinutes: async () => (await settingsStore(dataDir, 'C').read()).vaultIdleMinutes,
  });
  const ask = async (prompt: string) => {
    if (!asking) throw failure('E_NEEDS_TERMINAL', null);
    const question = { host: '', account: '', what: 'vault-passphrase', prompt, echo: false } as const;
    return (await asking.secret(question, { signal: new AbortController().signal }))?.text ?? null;
  };
  const scene = { asked, io, ask, keeper, ports, estate: read.value.estate, estateFile: asked.estate };
  try {
    return await run(scene);
  } catch (thrown) {
    printError(io, toAppError(thrown), asked.language);
    return EXIT.failed;
  } finally {
    keeper.dispose();
  }
}

function run(scene: Scene): Promise<number> {
  const [verb, name] = scene.asked.words;
  if (verb === 'list' && name === undefined) return list(scene);
  if (verb === 'lock' && name === undefined) return lock(scene);
  if (name !== undefined && parseSecretName(name)?.estate === scene.estate) {
    if (verb === 'set') return set(scene, name);
    if (verb === 'delete') return remove(scene, name);
  }
  const { cli } = texts(scene.asked.language).secrets;
  scene.io.err(`${cli.usage}\n  ${cli.nameForm(scene.estate)}\n`);
  return Promise.resolve(EXIT.usage);
}

async function list({ asked, io, keeper }: Scene): Promise<number> {
  const view = await keeper.view();
  if (asked.json) printJson(io, view satisfies Secrets);
  else io.out(viewToText(view, asked));
  return EXIT.done;
}

function viewToText({ kept, vault, idleMinutes, keyring }: Secrets, { language }: CliArguments): string {
  const { secrets } = texts(language);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const rows = kept.map(({ name, where, since, estateFile }) =>
    [
      name,
      secrets.where[where],
      `${formatDate(since, zone, language)} ${formatTime(since, zone)}`,
      estateFile,
    ].join('\t'),
  );
  const lines = [
    ...(rows.length === 0 ? [secrets.none] : rows),
    secrets.vault[vault] + (vault === 'open' ? ` ${secrets.idle(idleMinutes)}` : ''),
    keyring.usable ? '' : `${secrets.keyring}: ${secrets.trouble[keyring.why]}`,
  ];
  return `${lines.filter(Boolean).join('\n')}\n`;
}

async function set(scene: Scene, name: string): Promise<number> {
  const { asked, io, ask, keeper, estateFile } = scene;
  const { cli } = texts(asked.language).secrets;
  const { vault } = await keeper.view();
  const opened = vault === 'none' ? await create(scene) : await unlock(scene);
  const text = opened ? await ask(cli.secret(name)) : null;
  if (text === null) return EXIT.refused;
  await keeper.keep({ estateFile, name }, new Secret(text), 'vault');
  io.out(`${cli.kept(name)}\n`);
  return EXIT.done;
}

async function unlock({ asked, ask, keeper }: Scene): Promise<boolean> {
  const passphrase = await ask(texts(asked.language).secrets.cli.passphrase);
  if (passphrase === null) return false;
  await keeper.unlock(passphrase);
  return true;
}

async function create({ asked, io, ask, keeper }: Scene): Promise<boolean> {
  const { secrets } = texts(asked.language);
  const passphrase = await ask(secrets.cli.newPassphrase(MIN_PASSPHRASE));
  if (passphrase === null) return false;
  if ((await ask(secrets.cli.again)) !== passphrase) {
    io.err(`${secrets.differ}\n`);
    return false;
  }
  await keeper.createVault(passphrase);
  return true;
}

async function remove({ asked, io, keeper, estateFile }: Scene, name: string): Promise<number> {
  const { cli } = texts(asked.language).secrets;
  const { kept } = await keeper.view();
  const found = kept.filter((one) => one.name === name && one.estateFile === estateFile);
  for (const { where } of found) await keeper.delete({ estateFile, name }, where);
  if (found.length > 0) io.out(`${cli.deleted(name)}\n`);
  else io.err(`${cli.notKept(name)}\n`);
  return found.length > 0 ? EXIT.done : EXIT.refused;
}

async function lock({ asked, io, keeper, ports }: Scene): Promise<number> {
  const file = vaultFile(ports.paths.dataDir);
  if ((await keeper.view()).vault === 'none') throw failure('E_VAULT_NONE', null);
  await askToLock(file, ports.clock);
  io.out(`${texts(asked.language).secrets.cli.locked}\n`);
  return EXIT.done;
}
