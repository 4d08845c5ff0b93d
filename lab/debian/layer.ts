import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LabError, messageOf } from '../engine/errors';
import type { Log } from '../engine/log';
import { run } from '../engine/run';
import { type DebianPackage, dependencyClosure } from './package-index';
import { openSuite } from './suite';

/** Software of another Debian suite, unpacked beside the system, that a host sees as if it were installed. */
export interface LayerSpec {
  readonly name: string;
  readonly suite: string;
  readonly packages: readonly string[];
  /** What the machine's own Debian already has, or what only matters to package managers. */
  readonly skip: readonly string[];
  /** A file that a good layer has. */
  readonly proof: string;
}

export const MYSQL_97: LayerSpec = {
  name: 'mysql97',
  suite: 'sid',
  packages: ['mysql-server-core', 'mysql-client-core'],
  skip: ['perl', 'perl-base', 'perl-modules', 'dpkg', 'debconf', 'debconf-2.0', 'libc-bin', 'base-files'],
  proof: 'usr/sbin/mysqld',
};

/** What only the packages' own scripts need, or the machine's Debian has already: the servers run on its libraries, newer where the layer brings them. */
const OF_THE_MACHINE = [
  'adduser',
  'debconf',
  'debconf-2.0',
  'dpkg',
  'galera-4',
  'gawk',
  'init-system-helpers',
  'iproute2',
  'libc-bin',
  'libdbi-perl',
  'libpam0g',
  'lsof',
  'mariadb-client',
  'mariadb-common',
  'passwd',
  'perl',
  'procps',
  'psmisc',
  'rsync',
  'socat',
];

/** A second release of MariaDB, beside Debian 12's own 10.11. */
export const MARIADB_118: LayerSpec = {
  name: 'mariadb118',
  suite: 'trixie',
  packages: ['mariadb-server', 'mariadb-server-core', 'mariadb-client-core'],
  skip: OF_THE_MACHINE,
  proof: 'usr/sbin/mariadbd',
};

/**
 * The folder with the unpacked layer; fetched once, then taken from `cacheDir`.
 * @throws LabError E_LAYER when the suite cannot be reached, is not signed by Debian, or a file is not the signed one.
 */
export async function ensureLayer(spec: LayerSpec, cacheDir: string, log: Log): Promise<string> {
  const home = join(cacheDir, 'layers', spec.name);
  const root = join(home, 'root');
  const mark = join(home, 'complete.json');
  if (existsSync(mark) && existsSync(join(root, spec.proof))) return root;
  const work = join(home, `new-${process.pid}`); // two labs may fetch at once: each its own folder, the last rename wins
  try {
    await rm(mark, { force: true });
    const packages = await fetchInto(work, spec, log);
    await rm(root, { recursive: true, force: true });
    await rename(join(work, 'root'), root);
    const versions = Object.fromEntries(packages.map((p) => [p.name, p.version]));
    await writeFile(mark, `${JSON.stringify({ suite: spec.suite, versions }, null, 2)}\n`);
    return root;
  } catch (error) {
    throw new LabError('E_LAYER', `${spec.name} could not be fetched: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchInto(work: string, spec: LayerSpec, log: Log): Promise<readonly DebianPackage[]> {
  await mkdir(join(work, 'debs'), { recursive: true });
  log(`${spec.name}: reading the index of Debian ${spec.suite} from apt's own mirror`);
  const suite = await openSuite(spec.suite);
  const { packages, unknown } = dependencyClosure(suite.index, spec.packages, new Set(spec.skip));
  const lost = spec.packages.filter((name) => unknown.includes(name));
  if (lost.length > 0) throw new Error(`the suite has no ${lost.join(', ')}`);
  if (unknown.length > 0) log(`${spec.name}: not in the suite, left out: ${unknown.join(', ')}`);
  const megabytes = Math.round(packages.reduce((sum, p) => sum + p.size, 0) / 1e6);
  log(`${spec.name}: fetching ${packages.length} packages, ${megabytes} MB`);
  const path = (one: DebianPackage) => join(work, 'debs', basename(one.filename));
  await inParallel(packages, 4, async (one) =>
    writeFile(path(one), await suite.take(one.filename, one.sha256)),
  );
  for (const one of packages) await run(['dpkg', '-x', path(one), join(work, 'root')]);
  await check(spec, join(work, 'root'));
  return packages;
}

/** A layer lies over the system: a real folder where the system has a symbolic link (/lib) would hide the system. */
async function check(spec: LayerSpec, root: string): Promise<void> {
  if (!existsSync(join(root, spec.proof))) throw new Error(`${spec.proof} is not in the packages`);
  for (const name of await readdir(root)) {
    if (/^s?bin$|^lib/.test(name))
      throw new Error(`a package brings its own /${name}: not a merged-usr suite`);
  }
}

async function inParallel<T>(
  items: readonly T[],
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
