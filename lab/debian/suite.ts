import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../engine/run';
import { type PackageIndex, parsePackages } from './package-index';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

export interface Suite {
  readonly index: PackageIndex;
  /** Bytes of a file of the mirror, checked against `sha256` (hex). Throws when they differ. */
  readonly take: (path: string, sha256: string) => Promise<Buffer>;
}

/**
 * Reads a Debian suite from the mirror apt is set up with, which need not be trusted: the release file is checked
 * against Debian's own keyring, the index against the release file, and each package against the index.
 */
export async function openSuite(name: string): Promise<Suite> {
  const mirror = await aptMirror();
  const architecture = (await run(['dpkg', '--print-architecture'])).stdout.trim();
  const take = async (path: string, sha256: string) => {
    const bytes = await download(`${mirror}/${path}`);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Error(`${path}: wrong SHA-256`);
    return bytes;
  };
  const release = await verified(await download(`${mirror}/dists/${name}/InRelease`));
  const path = `main/binary-${architecture}/Packages.xz`;
  const sum = releaseSum(release, path);
  if (!sum) throw new Error(`the release file of ${name} does not list ${path}`);
  const packed = await take(`dists/${name}/${path}`, sum);
  const { stdout } = await run(['xz', '-dc'], { input: packed });
  return { index: parsePackages(stdout), take };
}

/** The SHA-256 that a release file states for `path`. */
export function releaseSum(release: string, path: string): string | undefined {
  const section = release.split(/^SHA256:$/m)[1]?.split(/^\S/m)[0] ?? '';
  for (const line of section.split('\n')) {
    const [sum, , file] = line.trim().split(/\s+/);
    if (file === path) return sum;
  }
  return undefined;
}

/** The text inside a clear-signed file, when one of Debian's keys signed it. */
async function verified(signed: Buffer): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'lab-release-'));
  try {
    await writeFile(join(dir, 'InRelease'), signed);
    await run(['gpgv', '-q', '--keyring', KEYRING, '-o', join(dir, 'Release'), join(dir, 'InRelease')]);
    return await readFile(join(dir, 'Release'), 'utf8');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function download(url: string): Promise<Buffer> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(300_000) }).catch(() => undefined);
  if (!reply) return downloadByApt(url);
  if (!reply.ok) throw new Error(`HTTP ${reply.status} for ${new URL(url).pathname}`);
  return Buffer.from(await reply.arrayBuffer());
}

/** Where only apt knows the way out (its own proxy settings). */
async function downloadByApt(url: string): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'lab-fetch-'));
  try {
    await run(['/usr/lib/apt/apt-helper', 'download-file', url, join(dir, 'file')], { timeoutMs: 300_000 });
    return await readFile(join(dir, 'file'));
  } catch (error) {
    throw new Error(`${new URL(url).host} cannot be reached`, { cause: error });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The mirror this machine's apt is set up with: the lab brings no address of its own. */
async function aptMirror(): Promise<string> {
  const { stdout } = await run([
    'apt-get',
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Identifier: Packages',
  ]);
  const uris = stdout.split('\n').filter((uri) => /^https?:/.test(uri));
  const main = uris.find((uri) => !/security/.test(uri)) ?? uris[0];
  if (!main) throw new Error('apt has no http mirror');
  return main.replace(/\/+$/, '');
}
