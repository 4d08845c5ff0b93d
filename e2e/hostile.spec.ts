import { activeIn, HOSTILE, inUtf8 } from '@shared/testing/hostile';
import { frame, PLACES } from './pages/frame';
import { topology } from './pages/topology';
import { callFromPage } from './support/bridge';
import { patronus } from './support/cli';
import { type Console, expect, launch, test } from './support/console';
import { estateCopy } from './support/estate';
import { lab } from './support/lab';

/**
 * C8: the lab's own servers turn hostile and put markup, terminal escapes and text that turns around into every name
 * they have. All of it must arrive as text that can be seen, and none of it may do anything.
 */

const ESC = '\u001b';
/** Sets a terminal's title, links to a file, writes the clipboard, turns text around, hides a letter. */
const TRICKS = `${ESC}]0;owned\u0007${ESC}]8;;file:///etc\u0007${ESC}]52;c;eA==\u0007\u202egnp\u200b\u009b31m`;
const MARKUP = '<img src=x onerror=alert(1)>';
const PROCESS = '<img onerror>';
/** All tricks there are, where a text may be long; a file or a message cannot hold a NUL. */
const ALL = Object.values(HOSTILE)
  .map((text) => inUtf8(text).replaceAll('\0', ''))
  .join('\n');
const SHARE = `${MARKUP}${ESC}[31m\u202e`;

/** Takes the place of mysqld and greets everybody with an error of its own making. */
const ROGUE = `
use Socket; $0 = 'mysqld';
socket(my $s, PF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
bind($s, sockaddr_in(3306, INADDR_ANY)) or die; listen($s, 50);
my $m = pack('Cv', 255, 1130) . '#HY000' . $ARGV[0];
while (accept(my $c, $s)) { syswrite($c, pack('VX', length($m)) . "\\0" . $m); close $c }
`;

/** Inside a host, `$1` is the hostile text: it never passes through a quoting of ours. */
const sh = (host: string, script: string, ...texts: string[]) =>
  lab.in(host, ['sh', '-c', script, 'sh', ...texts]);

async function turnHostile(): Promise<void> {
  await sh('web', 'printf %s "$1" >/proc/sys/kernel/hostname', (MARKUP + TRICKS).slice(0, 60));
  await sh(
    'web',
    `printf 'PRETTY_NAME="%s"\\n' "$1" >/run/os-release; mount --bind /run/os-release /etc/os-release`,
    MARKUP + TRICKS,
  );
  // Never loaded by Apache, which was started before: only the console reads it.
  await sh(
    'web',
    `printf '<VirtualHost *:80>\\n  ServerName %s\\n</VirtualHost>\\n' "$1" >/etc/apache2/sites-enabled/hostile.conf`,
    MARKUP.replaceAll(' ', '/') + TRICKS,
  );
  // What sshd says before and after the login, and a virtual host for each trick.
  await sh(
    'web',
    `printf '%s\\n' "$1" | tee /run/banner >/etc/motd; cp -p /etc/ssh/sshd_config /run/sshd_config
     printf 'Banner /run/banner\\nPrintMotd yes\\n' | cat - /run/sshd_config >/etc/ssh/sshd_config
     printf '%s\\n' "$1" | sed 's/^/  ServerName /' >/etc/apache2/sites-enabled/hostile-all.conf`,
    ALL,
  );
  await sh(
    'web',
    `cp /bin/sleep "/run/$1"; setsid "/run/$1" 600 </dev/null >/dev/null 2>&1 & echo $! >/run/hostile.pid`,
    PROCESS,
  );
  // A share with each trick for a comment, below a link; a file system that is full, in a folder with such a name.
  await sh(
    'files',
    `mkdir -p /srv/hostile "/srv/$1"; ln -s /srv/hostile "/srv/hostile/$1"; cp /etc/samba/smb.conf /run/smb.conf
     printf '[%s]\\npath = /srv/hostile/%s\\ncomment = %s\\n' "$1" "$1" "$1" >>/run/smb.conf
     printf '%s\\n' "$2" | awk '{ print "[all" NR "]\\npath = /srv/hostile\\ncomment = " $0 }' >>/run/smb.conf
     mount --bind /run/smb.conf /etc/samba/smb.conf
     mount -t tmpfs -o size=16k none "/srv/$1"; head -c 16384 /dev/zero >"/srv/$1/full"`,
    SHARE.replaceAll('/', ''),
    ALL,
  );
  await lab.fault('kill', 'db', 'mysql');
  await sh(
    'db',
    `setsid perl -e "$1" "$2" </dev/null >/dev/null 2>&1 & echo $! >/run/hostile.pid`,
    ROGUE,
    MARKUP + TRICKS,
  );
}

async function turnBack(): Promise<void> {
  await sh(
    'web',
    'kill "$(cat /run/hostile.pid)"; echo web >/proc/sys/kernel/hostname; umount /etc/os-release; rm -f /etc/apache2/sites-enabled/hostile*.conf; cat /run/sshd_config >/etc/ssh/sshd_config; : >/etc/motd',
  );
  await sh(
    'files',
    'umount /etc/samba/smb.conf; umount "/srv/$1"; rm -r /srv/hostile "/srv/$1"',
    SHARE.replaceAll('/', ''),
  );
  await sh('db', 'kill "$(cat /run/hostile.pid)"');
  await lab.mend();
}

let console_: Console;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await lab.mend();
  await turnHostile();
  console_ = await launch({ estate: estateCopy() });
});
test.afterAll(async () => {
  await console_?.close();
  await turnBack();
});

test('F12 in the window it is text: seen, escaped, and without any effect', async () => {
  const { page, trouble } = console_;
  const view = topology(page);
  await expect.poll(async () => (await view.healths()).web).toBe('up');
  await expect.poll(async () => (await view.healths()).db).toBe('degraded');
  let shown = '';
  const read = async () => {
    shown += await page.evaluate(() => document.body.innerText);
  };
  for (const id of ['web', 'db', 'files']) {
    const open = await view.open(id);
    await expect(open.root.locator('.facts').first()).toBeVisible();
    await read();
    // By name: every look puts what it read anew in its place of the list.
    const answers = await open.sent.allTextContents();
    expect(answers.length).toBeGreaterThan(2);
    for (const answer of answers) {
      await open.root.getByRole('button', { name: answer, exact: true }).click();
      await expect(open.evidence).toHaveAttribute('data-evidence', answer);
      await expect(open.raw).toBeVisible();
      await read();
      expect(activeIn((await open.raw.textContent()) ?? '')).toBeNull();
    }
  }
  for (const place of PLACES) {
    await frame(page).go(place);
    await read();
  }
  await frame(page).go('topology');
  await page.keyboard.press('T');
  await read();
  await page.keyboard.press('T');

  // Each hostile name did arrive …
  const host = await view.open('web');
  await expect(host.factRow('host.name')).toContainText('<img src=x onerror=alert(1)>\\x1b]0;owned\\x07');
  await expect(host.factRow('host.os')).toContainText('<img src=x onerror=alert(1)>\\x1b]0;owned\\x07');
  await expect(host.factRow('apache.vhosts')).toContainText('<img/src=x/onerror=alert(1)>\\x1b]0;owned\\x07');
  const files = await view.open('files');
  await expect(files.factRow('samba.shares')).toContainText('<img src=x onerror=alert(1)>\\x1b[31m\\u202e');
  // df itself puts a question mark for what is no letter.
  expect(shown).toContain('/srv/<img src=x onerror=alert(1)>');
  const db = await view.open('db');
  await expect(db.error).toContainText('<img src=x onerror=alert(1)>\\x1b]0;owned\\x07');
  expect(shown).toContain(PROCESS);
  // … and is nothing but text.
  expect(activeIn(shown)).toBeNull();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).not.toContain('owned');
  // The source with every attribute: tooltips, names for screen readers, addresses.
  expect(activeIn(await page.evaluate(() => document.documentElement.outerHTML))).toBeNull();
  expect(
    await page.locator('[href^="javascript" i], [src^="data:text" i], [onerror], [onload]').count(),
  ).toBe(0);
  expect(trouble).toEqual({ refusals: [], errors: [], dialogs: [], requests: [] });
});

test('F12 in the clipboard it is text, whatever the page hands over', async () => {
  const { app, page } = console_;
  const read = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await callFromPage(page, 'clipboard.write', { text: ALL });
  const copied = await read();
  expect(copied).toContain('\\x1b]0;owned\\x07');
  expect(activeIn(copied)).toBeNull();
  const open = await topology(page).open('web');
  await open.sent.first().click();
  await page.locator('[data-copy]').first().click();
  await expect.poll(read).not.toBe(copied);
  expect(activeIn(await read())).toBeNull();
});

test('F12 in the log each event is one line, and no trick is in it', async () => {
  const lines = console_
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(activeIn(console_.said())).toBeNull();
});

for (const [command, words] of Object.entries({
  status: ['status'],
  'status --json': ['status', '--json'],
  topology: ['topology'],
  'topology --json': ['topology', '--json'],
  'replication --lang fr': ['replication', '--lang', 'fr'],
}))
  test(`F12 on a terminal it is text: ${command}`, async () => {
    const { code, stdout, stderr } = await patronus(...words, '--estate', estateCopy());
    expect(code).toBe(4);
    expect([activeIn(stdout), activeIn(stderr)]).toEqual([null, null]);
    expect(stdout).toContain('\\x1b]0;owned');
    if (!words.includes('--json')) return;
    const strings: string[] = [];
    JSON.parse(stdout, (_key, value) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    expect(strings.flatMap((text) => activeIn(text) ?? [])).toEqual([]);
  });
