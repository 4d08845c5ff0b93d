import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Argvs } from './argv-sampler';
import { canary } from './canary';
import { type Scanned, scanFolder } from './canary-files';
import { finderOf, textForms } from './canary-forms';
import { registered } from './canary-registry';
import { env, ROOT } from './env';
import { lab } from './lab';
import { run } from './run';

/**
 * C11, after the whole suite: every secret of the lab and every one that a test made up is looked for wherever the
 * console, the lab's servers or a program that either started could have left it. A text that was planted in each
 * of these places must be found there: a scan that finds nothing because it looks at nothing is worth nothing.
 */
export interface ScanOptions {
  /** Epoch ms at which the suite began: older files are not its doing. */
  since: number;
  argvs: () => Argvs;
}
interface Place {
  place: string;
  files: number;
  bytes: number;
  controlFound: boolean;
  leaks: string[];
}

const HOSTS = ['web', 'db', 'files', 'users'];
/** Of each host: logs, databases, homes with their shell histories, everything temporary, configuration. */
const INSIDE = [
  '/etc',
  '/home',
  '/root',
  '/opt',
  '/srv',
  '/tmp',
  '/run',
  '/dev/shm',
  '/var/log',
  '/var/tmp',
].concat([
  '/var/spool',
  '/var/mail',
  '/var/www',
  '/var/lib/mysql',
  '/var/lib/samba',
  '/var/lib/lab',
  '/var/cache/rclone',
]);
/** Where the lab keeps a password because the application needs it there. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = { web: ['/etc/patronus/database-password'] };

export async function scanForCanaries({ since, argvs }: ScanOptions): Promise<void> {
  const secretsDir = join(lab.base(), 'secrets');
  const ofLab = readdirSync(secretsDir).map((name) => readFileSync(join(secretsDir, name), 'utf8').trim());
  const { tokens, keptIn } = registered();
  const wanted = [...new Set([...ofLab, ...tokens])];
  const control = canary('control');
  const places = [
    ...scanHere(wanted, control, { since, skip: new Set([secretsDir, ...keptIn]) }),
    ...(await scanHosts(wanted, control)),
    await scanArgvs(wanted, control, argvs),
  ];
  const excluded = [
    secretsDir,
    ...keptIn,
    ...Object.entries(ON_PURPOSE).flatMap(([host, files]) => files.map((file) => `${host}:${file}`)),
  ];
  report(places, wanted.length, excluded);
}

/** Folders of this machine: what the console wrote, what the tests wrote, what anybody put aside meanwhile. */
function scanHere(
  wanted: readonly string[],
  control: string,
  options: { since: number; skip: ReadonlySet<string> },
): Place[] {
  const home = env.uid === null ? process.env.HOME : homeOf(env.uid);
  const folders: Record<string, string> = {
    'user data, ledgers, output of the console': env.data(),
    'results and exports of the tests': join(ROOT, 'test-results'),
    'temporary files': tmpdir(),
    'base of the lab': lab.base(),
    ...(home === undefined ? {} : { "home and XDG folders of the console's user": home }),
    'crash dumps': '/var/crash',
    'shared memory': '/dev/shm',
  };
  const find = finderOf([...wanted, control]);
  return Object.entries(folders).map(([name, folder]) => {
    const made = !existsSync(folder);
    mkdirSync(folder, { recursive: true });
    const planted = join(folder, `control-${process.pid}`);
    // In the hardest of its forms.
    writeFileSync(planted, `x${Buffer.from(`xx${control}`).toString('base64')}`);
    // The hosts' own trees are looked at from inside.
    const skip = new Set([...options.skip, join(lab.base(), 'hosts')]);
    const scanned = scanFolder(folder, find, { since: options.since, skip });
    rmSync(made ? folder : planted, { recursive: true });
    return placeOf(`${name} (${folder})`, scanned, control, planted);
  });
}

function placeOf(
  place: string,
  { files, bytes, hits, unreadable }: Scanned,
  control: string,
  planted: string,
): Place {
  const leaks = hits.flatMap(({ file, tokens }) =>
    tokens.filter((token) => token !== control).map((token) => `${file}: ${shortened(token)}`),
  );
  const controlFound = hits.some(({ file, tokens }) => file === planted && tokens.includes(control));
  return {
    place,
    files,
    bytes,
    controlFound,
    leaks: [...leaks, ...unreadable.map((file) => `${file}: unreadable`)],
  };
}

/** Inside each host, as its root. The texts go in by standard input: an argument would be a leak of our own. */
async function scanHosts(wanted: readonly string[], control: string): Promise<Place[]> {
  const written = await plantInHosts(control);
  const places: Place[] = [];
  for (const host of HOSTS) {
    const there = INSIDE.map((path) => `'${path}'`).join(' ');
    const grep = `LC_ALL=C grep -raFlf - -D skip ${there} 2>/dev/null`;
    const filesWith = async (tokens: readonly string[]) => {
      const patterns = tokens.flatMap(textForms).join('\n');
      const { stdout } = await run(lab.inArgv(host, ['sh', '-c', grep]), { input: `${patterns}\n` });
      return stdout.split('\n').filter(Boolean);
    };
    const { stdout } = await run(
      lab.inArgv(host, ['sh', '-c', `find ${there} -type f -printf '%s\\n' 2>/dev/null`]),
    );
    const sizes = stdout.split('\n').filter(Boolean).map(Number);
    const found = await filesWith([control]);
    const planted = written[host] ?? [];
    const leaks = (await filesWith(wanted)).filter((file) => !ON_PURPOSE[host]?.includes(file));
    places.push({
      place: `host ${host}: ${planted.join(', ')} and all else`,
      files: sizes.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      controlFound: planted.every((file) => found.some((one) => one.startsWith(file))),
      leaks: leaks.map((file) => `${host}:${file}`),
    });
  }
  return places;
}

/** Has the control written by the servers themselves where they write by themselves. Gives the files that must hold it. */
async function plantInHosts(control: string): Promise<Record<string, string[]>> {
  const common = [
    '/tmp/control',
    '/home/patronus-watch/.bash_history',
    '/root/.bash_history',
    '/dev/shm/control',
  ];
  for (const host of HOSTS)
    await lab.in(
      host,
      ['sh', '-c', `read -r text; for file in ${common.join(' ')}; do echo "$text" >>$file; done`],
      `${control}\n`,
    );
  const error = `INSERT INTO patronus.control VALUES ('${control}');`;
  await lab.sql(`CREATE TABLE patronus.control (text TEXT); ${error} DROP TABLE patronus.control;`);
  const asked = `read -r text; curl -s -o /dev/null "http://10.0.10.1/alive.txt?$text"`;
  await lab.in('users', ['sh', '-c', asked], `${control}\n`);
  // sshd names an account that it does not have.
  await run([
    'ssh',
    '-o',
    'BatchMode=yes',
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    'UserKnownHostsFile=/dev/null',
    '-p',
    `${lab.gatePort}`,
    `${control}@127.0.20.1`,
    'true',
  ]);
  await lab.in('files', ['sh', '-c', 'read -r text; echo "$text" >>/var/log/samba/log.smbd'], `${control}\n`);
  return {
    web: [...common, '/var/log/apache2/access.log'],
    db: [...common, '/var/lib/mysql/binlog.', '/var/log/mysql/general.log'],
    files: [...common, '/var/log/sshd.log', '/var/log/samba/log.smbd'],
    users: common,
  };
}

/** Command lines, and inside hosts the environment, of everything that ran. */
async function scanArgvs(wanted: readonly string[], control: string, stop: () => Argvs): Promise<Place> {
  await lab.in('db', ['sh', '-c', 'sleep 0.3; :', control]);
  const { samples, processes, lines } = stop();
  const isOnHost = (line: string) => line.startsWith('sh -c sleep');
  const find = finderOf([...wanted, control]);
  const leaks: string[] = [];
  let controlFound = false;
  let bytes = 0;
  for (const line of lines) {
    bytes += line.length;
    for (const token of find(Buffer.from(line)))
      if (token !== control)
        leaks.push(`${shortened(token)} in: ${line.replaceAll(token, '•••').slice(0, 200)}`);
      else controlFound ||= isOnHost(line);
  }
  return {
    place: `argv and environment: ${samples} samples of ${processes} processes`,
    files: lines.size,
    bytes,
    controlFound,
    leaks,
  };
}

function report(places: readonly Place[], tokens: number, excluded: readonly string[]): void {
  const sum = (of: (place: Place) => number) => places.reduce((total, place) => total + of(place), 0);
  const leaks = places.flatMap((place) => place.leaks);
  const blind = places.filter(({ controlFound }) => !controlFound).map(({ place }) => place);
  const line = ({ place, files, bytes, leaks, controlFound }: Place) =>
    `  ${String(leaks.length).padStart(3)} hits  ${String(files).padStart(6)} files  ${(bytes / 1e6).toFixed(1).padStart(7)} MB  control ${controlFound ? 'found  ' : 'MISSING'}  ${place}`;
  const text = [
    `canary scan: ${leaks.length} hits of ${tokens} secrets in ${sum(({ files }) => files)} files, ${(sum(({ bytes }) => bytes) / 1e6).toFixed(0)} MB`,
    ...places.map(line),
    `  not looked at, because they hold secrets on purpose: ${excluded.length} files and folders`,
    ...excluded.map((file) => `    ${file}`),
  ].join('\n');
  process.stdout.write(`\n${text}\n`);
  appendFileSync(join(ROOT, 'test-results/canary-scan.txt'), `${text}\n`);
  if (blind.length > 0) throw new Error(`canary scan: a planted text was not found in ${blind.join('; ')}`);
  if (leaks.length > 0) throw new Error(`canary scan: ${leaks.length} hits\n${leaks.join('\n')}`);
}

/** Enough to tell which: a report that repeated a secret would be the next leak. */
const shortened = (token: string): string =>
  token.startsWith('canary-') ? token.slice(0, 14) : `${token.slice(0, 3)}…`;

const homeOf = (uid: number): string | undefined =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => Number(fields[2]) === uid)?.[5];
