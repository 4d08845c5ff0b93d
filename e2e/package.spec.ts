import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { callFromPage } from './support/bridge';
import { expect, test, windowEnv } from './support/console';
import { neededLibraries } from './support/elf';
import { giveToConsole, ROOT } from './support/env';
import { folder, privateFile } from './support/estate';
import { closedPort } from './support/listener';
import {
  asConsoleUser,
  makePackages,
  type PackagedConsole,
  type Packages,
  startPackaged,
} from './support/packaged';
import { commandLine, earsOf, statusOf, treeOf } from './support/processes';
import { mustRun, run } from './support/run';

/** The packages: what is in them, that they start as an ordinary user, and C7: the fuses. */

let packages: Packages;
/** The .tar.gz as somebody unpacks it in a folder of their own. */
let home: string;
let program: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  packages = await makePackages();
  home = folder('unpacked');
  await mustRun(asConsoleUser(['tar', '-xzf', packages.tar, '-C', home, '--strip-components=1']));
  program = join(home, 'patronus-console');
});
test.afterAll(() => {
  if (packages) rmSync(packages.folder, { recursive: true, force: true });
});

const shipped = (root: string) => join(root, 'resources/estates/patronus.yaml');

async function showsPatronus(window: PackagedConsole): Promise<void> {
  const { page, pid } = window;
  for (const id of ['web', 'db', 'files']) await expect(page.getByTestId(`node-${id}`)).toBeVisible();
  expect(await callFromPage(page, 'app.info')).toMatchObject({ ok: true, value: { egress: 'loopback' } });
  const pages = treeOf(pid).filter((one) => commandLine(one).includes('--type=renderer'));
  expect(pages.length).toBeGreaterThan(0);
  for (const one of pages) expect(statusOf(one, 'Seccomp')).toBe('2');
  for (const one of treeOf(pid)) {
    expect(commandLine(one)).not.toContain('--no-sandbox');
    expect(statusOf(one, 'Uid').split('\t')).not.toContain('0');
  }
}

test('the .tar.gz, unpacked and started by an ordinary user, shows the estate that comes with it', async () => {
  const window = await startPackaged(program, { args: [`--estate=${shipped(home)}`] });
  try {
    await showsPatronus(window);
    const body = await window.page.screenshot();
    await test.info().attach('packaged.png', { body, contentType: 'image/png' });
    // A blank window of this size is some 6 kB.
    expect(body.length).toBeGreaterThan(20_000);
  } finally {
    await window.close();
  }
});

test('an estate file of the package gets no more than loopback, whatever the environment', async () => {
  // A name under loopback is refused; under the policy of a person's own file it would be resolved and dialled.
  const file = join(home, 'resources/estates/named.yaml');
  const host = `{ id: one, site: here, address: unknown, ssh: { host: localhost, port: ${await closedPort()}, user: nobody } }`;
  const text = `version: 1\nestate: named\ntitle: Named\nsites: [{ id: here, title: Here }]\nhosts: [${host}]\nservices: [{ id: one, kind: host, role: one, hosts: [one] }]\n`;
  privateFile(file, text);
  const window = await startPackaged(program, { args: [`--estate=${file}`], env: { PATRONUS_EGRESS: '' } });
  try {
    const info = () => callFromPage(window.page, 'app.info');
    await expect.poll(info).toMatchObject({ ok: true, value: { egress: 'loopback' } });
    const look = () => callFromPage(window.page, 'watch.snapshot');
    await expect
      .poll(async () => JSON.stringify(await look()).match(/"code":"(E_\w+)"/)?.[1])
      .toBe('E_EGRESS');
  } finally {
    await window.close();
    rmSync(file);
  }
});

test('the command line is in the package, runs on the system’s Node, and says so when there is none', async () => {
  const argv = asConsoleUser([join(home, 'patronus'), 'check', '--estate', shipped(home)]);
  const checked = await run(argv, { env: windowEnv() });
  expect(checked).toMatchObject({ code: 0, stderr: '' });
  const bare = mkdtempSync(join(packages.folder, 'path-'));
  for (const name of ['dirname', 'readlink']) symlinkSync(`/usr/bin/${name}`, join(bare, name));
  const missing = await run(['/bin/sh', join(home, 'patronus'), 'check'], { env: { PATH: bare } });
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toContain('needs Node.js 20.19 or newer on the PATH; found none');
  for (const [version, code] of [
    ['v18.20.4', 1],
    ['v20.18.9', 1],
    ['v20.19.0', 0],
    ['v24.0.1', 0],
  ] as const) {
    writeFileSync(join(bare, 'node'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    const ran = await run(['/bin/sh', join(home, 'patronus')], { env: { PATH: bare } });
    expect([version, ran.code]).toEqual([version, code]);
  }
});

test('the .deb: every file root’s, one program with the setuid bit, every needed library named', async () => {
  const listed = (await mustRun(['dpkg-deb', '-c', packages.deb])).trim().split('\n');
  const files = listed.map((line) => {
    const [mode = '', owner = '', , , , ...name] = line.split(/\s+/);
    return { mode, owner, name: name.join(' ') };
  });
  expect([...new Set(files.map(({ owner }) => owner))]).toEqual(['root/root']);
  expect(
    files.filter(({ mode }) => /[st]/i.test(mode.slice(3))).map(({ mode, name }) => `${mode} ${name}`),
  ).toEqual(['-rwsr-xr-x ./opt/patronus-console/chrome-sandbox']);
  expect(files.filter(({ mode }) => !mode.startsWith('l') && /^.{5}w|^.{8}w/.test(mode))).toEqual([]);
  const outside = files.filter(({ name, mode }) => !name.startsWith('./opt/') && !mode.startsWith('d'));
  expect(outside.map(({ name }) => name)).toEqual([
    './usr/share/applications/patronus-console.desktop',
    './usr/share/icons/hicolor/scalable/apps/patronus-console.svg',
    './usr/bin/patronus -> /opt/patronus-console/patronus',
    './usr/bin/patronus-console -> /opt/patronus-console/patronus-console',
  ]);
  expect((await run(['dpkg-deb', '-e', packages.deb, join(packages.folder, 'control')])).code).toBe(0);
  expect((await mustRun(['ls', join(packages.folder, 'control')])).split(/\s+/).filter(Boolean)).toEqual([
    'control',
    'md5sums',
  ]);
  const depends = (await mustRun(['dpkg-deb', '-f', packages.deb, 'Depends'])).split(/[,|]/);
  const names = new Set(depends.map((one) => one.trim().split(' ')[0]));
  const needed = neededLibraries(program).filter((library) => library !== 'libffmpeg.so'); // it comes along
  expect(needed.length).toBeGreaterThan(20);
  const owners = (await mustRun(['dpkg', '-S', ...needed.map((library) => `*/${library}`)]))
    .trim()
    .split('\n')
    .map((line) => ({ owner: line.split(':')[0] ?? '', library: line.split('/').at(-1) ?? '' }));
  const named = new Set(owners.flatMap(({ owner, library }) => (names.has(owner) ? [library] : [])));
  const missing = owners.filter(({ library }) => !named.has(library));
  expect(missing).toEqual([]);
});

test('the .deb, installed below a folder, starts, is verified, and is gone when removed', async () => {
  test.skip(process.getuid?.() !== 0, 'dpkg installs as root only');
  const root = mkdtempSync(join(packages.folder, 'root-'));
  const database = join(root, 'var/lib/dpkg');
  mkdirSync(join(database, 'info'), { recursive: true });
  mkdirSync(join(database, 'updates'));
  writeFileSync(join(database, 'status'), '');
  await mustRun(['chmod', '755', root]);
  const dpkg = ['dpkg', `--instdir=${root}`, `--admindir=${database}`, '--force-depends'];
  await mustRun([...dpkg, '--install', packages.deb]);
  const installed = join(root, 'opt/patronus-console');
  expect((await run([...dpkg, '--verify', 'patronus-console'])).stdout).toBe('');

  const window = await startPackaged(join(installed, 'patronus-console'), {
    args: [`--estate=${shipped(installed)}`],
  });
  try {
    await showsPatronus(window);
  } finally {
    await window.close();
  }

  // Linux has no check of the archive's integrity in Electron: the package manager is who notices.
  const archive = join(installed, 'resources/app.asar');
  const bytes = readFileSync(archive);
  const at = bytes.indexOf('The console failed');
  expect(at).toBeGreaterThan(0);
  bytes.write('X', at);
  writeFileSync(archive, bytes);
  const changed = await run([...dpkg, '--verify', 'patronus-console']);
  expect(changed.stdout).toMatch(/^\?\?5\?+ +\/opt\/patronus-console\/resources\/app\.asar$/m);
  const still = await startPackaged(join(installed, 'patronus-console'));
  await still.close();

  await mustRun([...dpkg, '--purge', 'patronus-console']);
  expect((await run(['find', root, '-path', database, '-prune', '-o', '-type', 'f', '-print'])).stdout).toBe(
    '',
  );
});

test('C7: every fuse of the packaged program, by name', async () => {
  const script = `import { readFuses } from ${JSON.stringify(join(ROOT, 'scripts/lib/package-fuses.mjs'))};
    console.log(JSON.stringify(await readFuses(${JSON.stringify(program)})));`;
  const read = await mustRun([process.execPath, '--input-type=module', '-e', script]);
  expect(JSON.parse(read)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
});

test('C7: the packaged program does not become Node, takes no options of Node, opens no debugger', async () => {
  const runtime = JSON.parse(await mustRun([process.execPath, join(ROOT, 'scripts/electron-runtime.mjs')]));
  const proof = folder('proof');
  const mark = (name: string) => join(proof, name);
  const marks = async () => (await mustRun(['ls', proof])).split('\n').filter(Boolean);
  const code = (name: string) => `require('fs').writeFileSync(${JSON.stringify(mark(name))}, '')`;
  const asNode = (binary: string, name: string) =>
    run(asConsoleUser([binary, '-e', code(name)]), {
      env: windowEnv({ ELECTRON_RUN_AS_NODE: '1' }),
      timeoutMs: 4_000,
    });
  await asNode(runtime.binary, 'runtime');
  expect(await marks()).toEqual(['runtime']); // without the fuse it does work
  await asNode(program, 'packaged');
  expect(await marks()).toEqual(['runtime']);

  const required = join(folder('required'), 'required.cjs');
  privateFile(required, code('required'));
  const debug = await closedPort();
  const window = await startPackaged(program, {
    args: [`--inspect=127.0.0.1:${debug}`, '-r', required],
    env: { NODE_OPTIONS: `--require ${required}`, NODE_EXTRA_CA_CERTS: '' },
  });
  try {
    expect(await marks()).toEqual(['runtime']);
    expect(window.said()).not.toContain('Debugger listening');
    const ears = earsOf(treeOf(window.pid)).map(({ port }) => port);
    expect(ears).not.toContain(debug);
    process.kill(window.pid, 'SIGUSR1'); // Node's other way to open one
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(window.said()).not.toContain('Debugger listening');
  } finally {
    await window.close();
  }
});

test('C7: a folder laid in the place of the archive is not started', async () => {
  const archive = join(home, 'resources/app.asar');
  const planted = join(home, 'resources/app');
  mkdirSync(planted);
  giveToConsole(planted);
  const proof = join(folder('proof'), 'planted');
  privateFile(join(planted, 'package.json'), '{"name":"planted","version":"1.0.0","main":"main.js"}');
  privateFile(join(planted, 'main.js'), `require('fs').writeFileSync(${JSON.stringify(proof)}, '')`);
  renameSync(archive, `${archive}.away`);
  try {
    await run(asConsoleUser([program]), { env: windowEnv(), timeoutMs: 4_000 });
    expect((await run(['ls', proof])).code).not.toBe(0);
  } finally {
    renameSync(`${archive}.away`, archive);
    rmSync(planted, { recursive: true });
  }
});
