import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { estateFileOf, estateText } from '../access/estate-file';
import { knownHosts, knownHostsFile } from '../access/known-hosts';
import { giveTo, type Owner, ROOT } from '../access/owner';
import { makeAccess, SSH_USERS } from '../access/secrets';
import { formatSize } from '../data/sizes';
import { type LabConfig, readConfig, settle, type Wanted, writeConfig } from './config';
import { LabError } from './errors';
import { healEverything } from './faults';
import { openGates } from './gates';
import { bootHost, endOrphans, SWITCH } from './host';
import { inHost, type Lab } from './lab';
import type { Log } from './log';
import { plugIn, setUpSwitch } from './network';
import { DEFAULT_GATE_PORT, type LabPaths, repositoryRoot } from './paths';
import { needLayers, needPackages, needRoot, needWholeRoot } from './preflight';
import { startServices } from './services';
import type { LabSpec } from './spec';

export interface UpOptions {
  readonly wanted: Wanted;
  /** Debian packages of all labs. */
  readonly packages: readonly string[];
  /** Default: whom it was given to last, else root. */
  readonly owner?: Owner | undefined;
  /** The bundled gate; default out/lab/gate.mjs of the checkout. */
  readonly gateProgram?: string | undefined;
}

/**
 * Brings the lab up, whatever state it is in: new, half made, half killed, or running. Undoes every fault.
 * The caller holds the lock.
 * @returns the lab, its estate file written
 * @throws LabError
 */
export async function up(spec: LabSpec, paths: LabPaths, options: UpOptions, log: Log): Promise<Lab> {
  needRoot();
  needWholeRoot();
  await needPackages(options.packages, log);
  for (const folder of [paths.base, paths.hosts, paths.state, paths.cut, paths.estate])
    await mkdir(folder, { recursive: true });
  const { uid } = await stat(paths.base);
  if (uid !== 0)
    log(`** ${paths.base} belongs to user ${uid}, who could replace what root writes there: give it to root`);
  const { config, byHost } = await configure(spec, paths, options, log);
  const lab: Lab = { spec, paths, config, log };
  await makeAccess(lab);
  await startHosts(lab, byHost);
  log(`hosts: ${spec.hosts.map((host) => `${host.name} ${host.address}`).join(', ')}`);
  await healEverything(lab);
  await openGates(lab, options.gateProgram ?? join(repositoryRoot(), 'out/lab/gate.mjs'));
  await startServices(lab);
  log(
    `services: ${spec.hosts.flatMap((host) => host.services.map((s) => `${host.name}/${s.name}`)).join(', ')}`,
  );
  await spec.arrange?.(lab);
  await pageAnswers(lab);
  await writeEstate(lab, estateFileOf(lab), await estateText(lab, await spec.estate(config.engine)));
  return lab;
}

async function configure(spec: LabSpec, paths: LabPaths, { wanted, owner }: UpOptions, log: Log) {
  const stored = await readConfig(paths);
  const asked = settle({ ...wanted, estate: spec.name }, stored, DEFAULT_GATE_PORT);
  const layers = await needLayers(spec, asked, stored === undefined, log);
  const config: LabConfig = { ...layers.config, owner: owner ?? stored?.owner ?? ROOT };
  await writeConfig(paths, config);
  describe(config, log);
  return { config, byHost: layers.byHost };
}

function describe(config: LabConfig, log: Log): void {
  const { engine, dbSize, files, filesSize, seed } = config;
  log(
    `${config.estate}: ${engine}, ${formatSize(dbSize)} of tables, ${files} files of ${formatSize(filesSize)}, seed ${seed}`,
  );
  if (engine !== config.engineWanted)
    log(`** MariaDB in place of MySQL: ${config.engineNote ?? 'asked at first up'}`);
}

async function startHosts(lab: Lab, layers: ReadonlyMap<string, string>): Promise<void> {
  const { paths, spec, log } = lab;
  const scripts = join(repositoryRoot(), 'lab/inhost');
  const names = spec.hosts.map((host) => `${host.address} ${host.name}`);
  await writeFile(join(paths.base, 'hosts.txt'), `127.0.0.1 localhost\n${names.join('\n')}\n`);
  await writeSudoers(lab);
  const orphans = await endOrphans(paths);
  if (orphans > 0) log(`ended ${orphans} processes that an interrupted command left`);
  await bootHost(paths, SWITCH, scripts, undefined);
  await setUpSwitch(lab);
  await Promise.all(
    spec.hosts.map(async (host) => {
      await bootHost(paths, host.name, scripts, layers.get(host.name));
      await plugIn(lab, host);
    }),
  );
}

/** What the acting account may do as root, for the first start of each host. */
async function writeSudoers({ paths, spec, config }: Lab): Promise<void> {
  await mkdir(paths.sudoers, { recursive: true });
  for (const host of spec.hosts) {
    const lines = host.sudo?.(config.engine) ?? [`${SSH_USERS.act} ALL=(ALL:ALL) NOPASSWD: ALL`];
    await writeFile(join(paths.sudoers, host.name), `${lines.join('\n')}\n`);
  }
}

/** The whole request path, asked for by a user inside the lab. @throws LabError E_PAGE */
async function pageAnswers(lab: Lab): Promise<void> {
  if (!lab.spec.page) return;
  const { from, url, expect } = lab.spec.page;
  let said = '';
  for (let i = 0; i < 60; i++) {
    const answer = await inHost(lab, from, ['curl', '-s', '-m', '10', url], { allowFailure: true });
    said = answer.stdout.trim() || `curl ended with ${answer.status}`;
    if (said.includes(expect)) {
      lab.log(`the page answers: ${said.slice(0, 100)}`);
      return;
    }
    await sleep(200);
  }
  throw new LabError('E_PAGE', `${url} does not answer as it should: ${said.slice(0, 300)}`, {
    hint: 'npm run lab -- status',
  });
}

/** Writes an estate file of this lab, and the known_hosts file that it names, for whom the lab was given to. */
export async function writeEstate(lab: Lab, file: string, text: string): Promise<void> {
  await replace(knownHostsFile(lab), await knownHosts(lab));
  await replace(file, text);
  await giveTo(lab, lab.config.owner ?? ROOT);
}

/** A console may be reading: never half a file. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
