import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contract } from '@shared/contract';
import { frame } from './pages/frame';
import { topology } from './pages/topology';
import { callFromPage } from './support/bridge';
import { canary, filesWith, heapOf, watchCommandLines } from './support/canary';
import { cliArgv, cliEnv } from './support/cli';
import { type Console, expect, launch, test } from './support/console';
import { giveToConsole } from './support/env';
import { entry, estateCopy, folder, secretFile } from './support/estate';
import { lab } from './support/lab';
import { mustRun, run } from './support/run';

/**
 * C10, C11: secrets go into main and never come out again. Three are used for real: an SQL password and the passphrase
 * of a key, both from files, and an SSH password that is typed into the window.
 */

const sqlPassword = canary('sql');
const passphrase = canary('key');
let typed: string;

/** By a program that reads it from the file: an argument of ssh-keygen would be seen by everybody. */
async function encryptKey(key: string, passphraseFile: string): Promise<void> {
  const askpass = join(dirname(passphraseFile), 'askpass');
  writeFileSync(askpass, `#!/bin/sh\ncat '${passphraseFile}'\n`, { mode: 0o700 });
  const env = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' };
  await mustRun(['ssh-keygen', '-q', '-p', '-P', '', '-f', key], { env });
}

let console_: Console;
let file: string;
let commandLinesSeen: () => { looks: number; found: string[] };

test.beforeAll(async () => {
  await lab.mend();
  typed = readFileSync(lab.secret('ssh-password'), 'utf8').trim();
  await lab.sql(
    `DROP USER IF EXISTS canary; CREATE USER canary IDENTIFIED BY '${sqlPassword}'; GRANT REPLICATION CLIENT, PROCESS ON *.* TO canary;
     GRANT SELECT ON performance_schema.* TO canary;`,
  );
  const secrets = folder('secrets');
  const key = join(secrets, 'key');
  copyFileSync(lab.key('patronus-watch'), key);
  const passphraseFile = secretFile(join(secrets, 'passphrase'), passphrase);
  const sqlFile = secretFile(join(secrets, 'sql'), `${sqlPassword}\n`);
  await encryptKey(key, passphraseFile);
  giveToConsole(key);
  file = estateCopy((document) => {
    const web = entry(document, 'hosts', 'web');
    web.setIn(['ssh', 'identity'], `file:${key}`);
    web.setIn(['ssh', 'secret'], `file:${passphraseFile}`);
    const files = entry(document, 'hosts', 'files');
    files.setIn(['ssh', 'user'], 'patronus-pw');
    files.deleteIn(['ssh', 'identity']);
    files.setIn(['ssh', 'secret'], 'prompt');
    const db = entry(document, 'services', 'db');
    db.setIn(['sql', 'credentials', 'read'], { user: 'canary', secret: `file:${sqlFile}` });
  });
  commandLinesSeen = watchCommandLines([sqlPassword, passphrase, typed]);
  console_ = await launch({ estate: file, env: { PATRONUS_LOG: 'info' } });
});
test.afterAll(async () => {
  commandLinesSeen?.();
  await console_?.close();
  await lab.sql('DROP USER IF EXISTS canary');
});

test('all three are used: by file without a question, by prompt when a person asks', async () => {
  const { page } = console_;
  const view = topology(page);
  await expect.poll(view.healths).toEqual({ web: 'up', db: 'up', files: 'unknown' });
  const open = await view.open('files');
  await expect(open.finding('ANSWER_NEEDED')).toContainText('files waits for an answer from you.');
  await expect(frame(page).question).toBeHidden();
  await view.look('files');
  const { question } = frame(page);
  await expect(question).toContainText('Password of patronus-pw on files');
  await page.keyboard.type(typed); // keys, as from a keyboard: `fill` would put a copy into the page's own memory
  await page.keyboard.press('Enter');
  await expect.poll(view.healths).toEqual({ web: 'up', db: 'up', files: 'up' });
  await expect(question).toBeHidden();
});

test('the page never receives one: no reply, no event, nothing on its heap', async () => {
  const { app, page } = console_;
  // Every event that main sends from now on, and every answer it gives to every question.
  await app.evaluate(({ BrowserWindow }) => {
    const sent: string[] = [];
    Object.assign(globalThis, { sent });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) return;
    const send = contents.send.bind(contents);
    contents.send = (channel, ...args) => {
      sent.push(JSON.stringify(args));
      send(channel, ...args);
    };
  });
  const ids = (await callFromPage(page, 'watch.snapshot')) as { value: { snapshot: { hosts: Hosts } } };
  let heard = JSON.stringify(ids);
  for (const [name, { kind }] of Object.entries(contract))
    if (kind === 'query' && name !== 'evidence.get') heard += JSON.stringify(await callFromPage(page, name));
  for (const [host, reading] of Object.entries(ids.value.snapshot.hosts))
    for (const { id } of reading.answer?.evidence ?? [])
      heard += JSON.stringify(await callFromPage(page, 'evidence.get', { host, id }));
  heard += JSON.stringify(await callFromPage(page, 'watch.look', {}));
  const sent = await app.evaluate(() => (globalThis as unknown as { sent: string[] }).sent);
  expect(sent.length).toBeGreaterThan(2);
  heard += sent.join('');
  expect(heard, 'what was heard is what the console knows').toContain('SHOW GLOBAL VARIABLES');
  for (const secret of [sqlPassword, passphrase, typed]) expect(heard).not.toContain(secret);

  await page.evaluate((marker) => Object.assign(window, { marker: `${marker}-found` }), 'needle');
  const heap = await heapOf(page);
  expect(heap.includes('needle-found'), 'the search finds what is there').toBe(true);
  expect(heap.includes(sqlPassword), 'the SQL password').toBe(false);
  expect(heap.includes(passphrase), 'the passphrase').toBe(false);
  expect(heap.includes(typed), 'what was typed is gone with the dialog').toBe(false);
  const document_ = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input')].map((one) => one.value),
    ].join(),
  );
  expect(document_).not.toContain(typed);
});
interface Hosts {
  [host: string]: { answer?: { evidence: { id: string }[] } };
}

test('none is in a command line, in a log, in a file of the console or on a host', async () => {
  await console_.close();
  const { looks, found } = commandLinesSeen();
  expect(looks).toBeGreaterThan(20);
  expect(found).toEqual([]);
  const secrets = [sqlPassword, passphrase, typed];
  for (const secret of secrets) expect(console_.said()).not.toContain(secret);
  expect(console_.said()).toContain('look.complete');
  expect(filesWith(dirname(file), ['patronus'])).not.toEqual([]);
  expect(filesWith(console_.dataDir, secrets)).toEqual([]);
  expect(filesWith(dirname(file), secrets)).toEqual([]);
  for (const host of ['web', 'db', 'files']) {
    const script = 'grep -rlaF -D skip -f - /var/log /home /root /tmp /run /etc/ssh 2>/dev/null; echo done';
    expect(await lab.in(host, ['sh', '-c', script], secrets.join('\n'))).toBe('done\n');
  }
});

/** A network with nothing in it but itself: what the guard let through by mistake would still go nowhere. */
const NOWHERE = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  '--net',
  'sh',
  '-c',
  'ip link set lo up && exec "$@"',
  'sh',
];

test('under the loopback policy no socket is opened to anywhere else, nor is a name resolved', async () => {
  const { code } = await run(['strace', '-V']).catch(() => ({ code: -1 }));
  test.skip(code !== 0, 'strace is not installed here');
  const trace = join(folder('trace'), 'connects');
  const estate = estateCopy((document) => {
    entry(document, 'hosts', 'db').setIn(['ssh', 'host'], '10.0.20.2');
    entry(document, 'hosts', 'files').setIn(['ssh', 'host'], 'localhost');
  });
  const argv = cliArgv('topology', '--estate', estate, '--json');
  const traced = ['strace', '-f', '-qq', '-o', trace, '-e', 'trace=connect,sendto,sendmsg,bind', ...argv];
  const { stdout } = await run([...NOWHERE, ...traced], { env: cliEnv() });
  const errors = (JSON.parse(stdout) as { hosts: { id: string; error?: string }[] }).hosts;
  expect(errors.map(({ id, error }) => `${id} ${error}`)).toEqual([
    'web E_TCP_REFUSED', // there is no gate in that network, but it was asked
    'db E_EGRESS',
    'files E_EGRESS',
  ]);
  const inet = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line.includes('AF_INET'));
  rmSync(trace);
  expect(inet.length, 'the trace sees connections').toBeGreaterThan(0);
  expect(inet.filter((line) => !line.includes('inet_addr("127.0.10.1")'))).toEqual([]);
});
