import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Document } from 'yaml';
import { topology } from './pages/topology';
import { type Console, expect, launch, test } from './support/console';
import { giveToConsole } from './support/env';
import { estateCopy, folder, privateFile } from './support/estate';
import { lab } from './support/lab';
import { closedPort, type Listener, listener } from './support/listener';
import { mustRun } from './support/run';

/**
 * Whatever a person or a network gives the console: a coded error that names the host and how far it came, and
 * nothing else disturbed.
 */

interface Bad {
  host: string;
  code: string;
  /** The sentence on the screen. */
  says: RegExp;
  finding: string;
  ssh: (files: Made) => Record<string, unknown>;
}
interface Made {
  closed: number;
  silent: number;
  http: number;
  wrongKey: string;
  wrongPassword: string;
  emptyKnownHosts: string;
}

const gate = { host: '127.0.20.2', port: lab.gatePort };
const account = () => ({ user: 'patronus-watch', identity: `file:${lab.key('patronus-watch')}` });
const knownHosts = () => join(lab.base(), 'estate/known_hosts');

const BAD: readonly Bad[] = [
  {
    host: 'wrong-key',
    code: 'E_AUTH_REFUSED',
    says: /wrong-key refuses patronus-watch: tried .*key.*; it accepts publickey.*It is not tried again by itself/,
    finding: 'HOST_REFUSES',
    ssh: ({ wrongKey }) => ({
      ...gate,
      user: 'patronus-watch',
      identity: `file:${wrongKey}`,
      knownHosts: knownHosts(),
    }),
  },
  {
    host: 'wrong-password',
    code: 'E_AUTH_PASSWORD',
    says: /wrong-password refuses the password of patronus-pw\. It is not tried again by itself/,
    finding: 'HOST_REFUSES',
    ssh: ({ wrongPassword }) => ({
      ...gate,
      user: 'patronus-pw',
      secret: `file:${wrongPassword}`,
      knownHosts: knownHosts(),
    }),
  },
  {
    host: 'unknown-key',
    code: 'E_HOSTKEY_UNKNOWN',
    says: /The host key of unknown-key is not on record: .*SHA256:[\w+/]{43}\. Nothing was sent/,
    finding: 'HOSTKEY_UNKNOWN',
    ssh: ({ emptyKnownHosts }) => ({ ...gate, ...account(), knownHosts: emptyKnownHosts }),
  },
  {
    host: 'changed-key',
    code: 'E_HOSTKEY_CHANGED',
    says: /The host key of changed-key has changed\. All towards changed-key is stopped\. Expected .*SHA256:[\w+/]{43}.*, got .*SHA256:[\w+/]{43}/,
    finding: 'HOSTKEY_CHANGED',
    ssh: ({ wrongKey, emptyKnownHosts }) => ({
      ...gate,
      ...account(),
      knownHosts: emptyKnownHosts,
      hostKeys: [readFileSync(`${wrongKey}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')],
    }),
  },
  {
    host: 'closed-port',
    code: 'E_TCP_REFUSED',
    says: /closed-port refuses connections on 127\.0\.0\.1:\d+: nothing listens there/,
    finding: 'HOST_UNREACHABLE',
    ssh: ({ closed }) => ({ host: '127.0.0.1', port: closed, ...account(), knownHosts: knownHosts() }),
  },
  {
    host: 'hung',
    code: 'E_SSH_NO_BANNER',
    says: /hung does not answer on 127\.0\.0\.1:\d+: TCP opens, no SSH banner after \d+ s/,
    finding: 'HOST_UNREACHABLE',
    ssh: ({ silent }) => ({ host: '127.0.0.1', port: silent, ...account(), knownHosts: knownHosts() }),
  },
  {
    host: 'not-ssh',
    code: 'E_NOT_SSH',
    says: /not-ssh: what answers on 127\.0\.0\.1:\d+ is not SSH\. It says: HTTP\/1\.1 400/,
    finding: 'HOST_UNREACHABLE',
    ssh: ({ http }) => ({ host: '127.0.0.1', port: http, ...account(), knownHosts: knownHosts() }),
  },
];

async function make(silent: Listener, http: Listener): Promise<Made> {
  const dir = folder('bad');
  const wrongKey = join(dir, 'key');
  await mustRun(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', wrongKey]);
  giveToConsole(wrongKey);
  return {
    closed: await closedPort(),
    silent: silent.port,
    http: http.port,
    wrongKey,
    wrongPassword: privateFile(join(dir, 'password'), 'not this one'),
    emptyKnownHosts: privateFile(join(dir, 'known_hosts'), ''),
  };
}

const sequence = (document: Document, collection: string) =>
  document.get(collection) as { add(item: unknown): void };

test.describe('hosts that cannot be looked at', () => {
  let console_: Console;
  let silent: Listener;
  let http: Listener;

  test.beforeAll(async () => {
    await lab.mend();
    silent = await listener();
    http = await listener((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const made = await make(silent, http);
    const file = estateCopy((document) => {
      for (const [index, bad] of BAD.entries()) {
        const host = {
          id: bad.host,
          site: 'datacenter',
          address: `10.0.99.${index + 1}`,
          ssh: bad.ssh(made),
        };
        sequence(document, 'hosts').add(document.createNode(host));
        const service = { id: `on-${bad.host}`, kind: 'samba', role: 'files', hosts: [bad.host] };
        sequence(document, 'services').add(document.createNode(service));
      }
    });
    console_ = await launch({ estate: file });
  });
  test.afterAll(async () => {
    await console_?.close();
    await silent?.close();
    await http?.close();
  });

  for (const bad of BAD)
    test(`${bad.host}: ${bad.code}`, async () => {
      const { page } = console_;
      const open = await topology(page).open(`on-${bad.host}`);
      await expect(open.error.first()).toHaveAttribute('data-code', bad.code, { timeout: 20_000 });
      await expect(open.error.first()).toContainText(bad.says);
      await expect(open.finding(bad.finding)).toBeVisible();
      await topology(page).whole();
    });

  test('the others are as live as ever', async () => {
    const { page, trouble } = console_;
    const view = topology(page);
    const healths = await view.healths();
    expect(healths).toEqual({
      web: 'up',
      db: 'up',
      files: 'up',
      ...Object.fromEntries(BAD.map(({ host }) => [`on-${host}`, 'unknown'])),
    });
    // Looked at again and again, whatever the others do: the age never passes two periods.
    const open = await view.open('web');
    for (let i = 0; i < 5; i += 1) {
      const text = await open.factRow('host.uptime').locator('.fact-source').innerText();
      expect(Number(/(\d+)\ss/.exec(text)?.[1])).toBeLessThan(10);
      await page.waitForTimeout(1_000); // an age needs time to grow
    }
    expect(trouble.errors).toEqual([]);
  });
});

test.describe('estate files that cannot be opened', () => {
  let console_: Console;
  /** What main's own dialog answers next. */
  const choose = async (file: string) => {
    await console_.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, file);
    await console_.page.getByTestId('open-estate').click();
  };
  const changed = (change: (text: string) => string): string => {
    const file = estateCopy();
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return file;
  };

  test.beforeAll(async () => {
    console_ = await launch();
  });
  test.afterAll(() => console_?.close());

  test('without a file the console says what it needs', async () => {
    await expect(console_.page.getByTestId('empty-state')).toContainText('No host yet.');
  });

  const FILES: Record<string, { file: () => string; says: RegExp }> = {
    'a missing file': {
      file: () => join(dirname(estateCopy()), 'nothing.yaml'),
      says: /There is no file .*nothing\.yaml/,
    },
    'a key with a typo': {
      file: () => changed((text) => text.replace('\nservices:', '\nservicse:')),
      says: /\d+:\d+.*servicse.*services/s,
    },
    'a link to nothing': {
      file: () => changed((text) => text.replace('to: db\n', 'to: bd\n')),
      says: /\d+:\d+.*bd/s,
    },
    'an id twice': {
      file: () => changed((text) => text.replace('  - id: files\n', '  - id: db\n')),
      says: /\d+:\d+.*db/s,
    },
    'a control character': {
      file: () => changed((text) => text.replace('title: Patronus\n', 'title: "Pat\\x1Bronus"\n')),
      says: /7:8.*invisible character U\+001B/s,
    },
    'no UTF-8': {
      file: () => {
        const file = estateCopy();
        writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from([0x23, 0xff, 0xfe, 0x0a])]));
        return file;
      },
      says: /not UTF-8/,
    },
    'no YAML': { file: () => changed(() => 'hosts: [\n  - {'), says: /\d+:\d+/ },
    'a folder': { file: () => dirname(estateCopy()), says: /is not a file/ },
  };
  for (const [title, { file, says }] of Object.entries(FILES))
    test(`${title} is refused with its reason and its place`, async () => {
      await choose(file());
      const refused = console_.page.getByTestId('refused-estate');
      await expect(refused).toContainText(says);
      await expect(refused.locator('tbody tr').first()).toBeVisible();
      await expect(refused.locator('h2')).toContainText(/Refused, \d+ reasons?\. Nothing was opened\./);
    });

  test('the right file then opens as if nothing had been', async () => {
    await choose(estateCopy());
    await expect.poll(topology(console_.page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
    expect(console_.trouble.errors).toEqual([]);
  });
});
