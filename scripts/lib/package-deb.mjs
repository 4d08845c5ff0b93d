// @ts-check
/** A .deb by dpkg-deb alone: electron-builder's own target downloads a tool for it. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PROGRAM, settle } from './package-unpacked.mjs';
import { run } from './processes.mjs';
import { root, Stop } from './program.mjs';

/**
 * Debian packages that hold the libraries which Electron names in its ELF headers; the second name is that of
 * Debian 13 and Ubuntu 24.04, where time is 64 bits wide. The package test compares this with the program itself.
 */
export const DEPENDS = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.28)',
  'libcairo2',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
];

/**
 * @param {{ unpacked: string, file: string, version: string, epoch: number, fast: boolean,
 *   about: { author: string, homepage: string, description: string } }} options
 */
export async function makeDeb({ unpacked, file, version, epoch, fast, about }) {
  const stage = `${file}.stage`;
  fs.rmSync(stage, { recursive: true, force: true });
  try {
    const opt = path.join(stage, 'opt', PROGRAM);
    fs.cpSync(unpacked, opt, { recursive: true, verbatimSymlinks: true });
    const put = (/** @type {string} */ name, /** @type {string} */ to) => {
      fs.mkdirSync(path.dirname(path.join(stage, to)), { recursive: true });
      fs.copyFileSync(path.join(root, 'packaging', name), path.join(stage, to));
    };
    put(`${PROGRAM}.desktop`, `usr/share/applications/${PROGRAM}.desktop`);
    put('icon.svg', `usr/share/icons/hicolor/scalable/apps/${PROGRAM}.svg`);
    fs.mkdirSync(path.join(stage, 'usr/bin'), { recursive: true });
    for (const name of [PROGRAM, 'patronus'])
      fs.symlinkSync(`/opt/${PROGRAM}/${name}`, path.join(stage, 'usr/bin', name));
    const sums = checksums(stage);
    const kib = Math.ceil(sums.reduce((sum, { bytes }) => sum + bytes, 0) / 1024);
    fs.mkdirSync(path.join(stage, 'DEBIAN'));
    fs.writeFileSync(path.join(stage, 'DEBIAN/md5sums'), sums.map(({ line }) => `${line}\n`).join(''));
    fs.writeFileSync(path.join(stage, 'DEBIAN/control'), control(version, kib, about));
    settle(stage, epoch);
    // Chromium's sandbox needs it where ordinary users may not make user namespaces (AppArmor on Ubuntu 24.04).
    fs.chmodSync(path.join(opt, 'chrome-sandbox'), 0o4755);
    const how = fast ? ['-Zgzip', '-z1'] : ['-Zxz', '-z1', '--threads-max=2'];
    const result = await run(['dpkg-deb', '--root-owner-group', ...how, '--build', stage, file], {
      env: { ...process.env, SOURCE_DATE_EPOCH: `${epoch}` },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeoutMs: 10 * 60_000,
    });
    if (result.code !== 0) throw new Stop(`dpkg-deb failed\n${result.stderr}`.trim());
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

/** For `dpkg --verify`: MD5 is the format's own, against accidents and careless hands, not against forgery. */
function checksums(/** @type {string} */ stage) {
  return fs
    .readdirSync(stage, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.lstatSync(path.join(stage, name)).isFile())
    .sort()
    .map((name) => {
      const bytes = fs.readFileSync(path.join(stage, name));
      return { line: `${createHash('md5').update(bytes).digest('hex')}  ${name}`, bytes: bytes.length };
    });
}

/** deb-control(5). @param {string} version @param {number} kib @param {{ author: string, homepage: string, description: string }} about */
const control = (version, kib, { author, homepage, description }) =>
  [
    `Package: ${PROGRAM}`,
    `Version: ${version}`,
    'Architecture: amd64',
    `Maintainer: ${author}`,
    `Installed-Size: ${kib}`,
    `Depends: ${DEPENDS.join(', ')}`,
    'Recommends: libsecret-1-0',
    'Suggests: nodejs (>= 20.19), openssh-client',
    'Section: admin',
    'Priority: optional',
    `Homepage: ${homepage}`,
    `Description: ${description}`,
    ' The window is patronus-console; the command line, patronus, runs on the',
    " system's own Node.js 20.19 or newer.",
    '',
  ].join('\n');
