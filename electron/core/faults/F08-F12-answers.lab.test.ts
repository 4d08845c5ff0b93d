import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { topologyToText } from '@shared/paper/look-text';
import { replicationToText } from '@shared/paper/replication-text';
import { answerOf } from '@shared/snapshot';
import {
  ACTIVE,
  activeIn,
  activeTextsIn,
  HOSTILE,
  hostileOutput,
  inUtf8,
  NOT_UTF8,
} from '@shared/testing/hostile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, labDown } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { shown } from '../testing/shown';
import { errorOf, findingsOf } from './testing/support';

/** F8, F9, F11 and F12 of docs/faults.md: what a host answers, and what its shell makes of the question. */

const GATE_PORT = 2412;
const WATCH = 'patronus-watch';
const WELL = ['web up', 'db up', 'files up'];

describe('what a host answers', () => {
  let base: string;
  let lab: Lab;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    await mkdir(path.join(base, 'files'));
  });
  afterAll(async () => {
    // By its base: a lab that did not come up whole has to go, too.
    await labDown({ base, purge: true, log: () => {} });
    await removeBase(base);
  });

  const sh = (host: string, script: string, ...args: string[]) =>
    lab.exec(host, ['bash', '-c', script, 'bash', ...args]);
  /** A file in a host with exactly these bytes. */
  const put = async (host: string, file: string, bytes: Uint8Array | string) => {
    const { stdout } = await lab.exec(host, ['tee', file], { input: Buffer.from(bytes).toString('latin1') });
    expect(stdout.length).toBeGreaterThan(0);
  };
  const nodes = async (desk: TestConsole) => (await desk.topology()).nodes.map(shown);
  async function evidence(desk: TestConsole, host: string) {
    const heads = answerOf(await desk.reading(host))?.evidence ?? [];
    return Promise.all(heads.map(({ id }) => desk.client.call('evidence.get', { host, id })));
  }
  /** Nothing active in anything a person, a file or a pipe can be given. */
  async function expectInert(desk: TestConsole, host: string): Promise<void> {
    const snapshot = await desk.snapshot();
    const topology = await desk.topology();
    const replication = await desk.client.call('replication.get', undefined);
    const raw = await evidence(desk, host);
    expect(activeTextsIn([snapshot, topology, replication, raw])).toEqual([]);
    for (const language of ['en', 'fr'] as const)
      for (const text of [topologyToText(topology, language), replicationToText(replication, language)])
        expect(activeIn(text)).toBeNull();
    for (const { bytes, raw: text, truncated } of raw)
      expect([text.length <= 65_536, truncated || bytes < 8_500_000]).toEqual([true, true]);
  }

  it('F8 a file of 300 MB where a look reads a line: that answer says cut, and the host is seen', async () => {
    await sh(
      'web',
      'truncate -s 300M /run/big; mount --bind /run/big /etc/os-release || mount --bind /run/big /usr/lib/os-release',
    );
    const desk = await openConsole(lab.estateFile);
    try {
      const cut = async () => {
        const answers = await evidence(desk, 'web');
        return answers.find(({ id }) => id === 'host.identity')?.truncated;
      };
      await expect.poll(cut, { timeout: 45_000, interval: 2_000 }).toBe(true);
      expect(answerOf(await desk.reading('web'))?.errors.map(({ code }) => code)).toEqual(['E_PARSE']);
      expect(await nodes(desk)).toEqual(WELL);
    } finally {
      await desk.close();
      await sh('web', 'umount /etc/os-release || umount /usr/lib/os-release; rm /run/big');
    }
  });

  const SHELLS: [string, string, string | null, string][] = [
    ['a .bashrc that talks', 'echo "welcome"; echo "#end"; echo "p 1 0 mysqld"; echo oops >&2', null, ''],
    // It takes the question for its answer: nothing is right then, and it has to be said.
    ['a .bashrc that asks', 'read -p "which project? " project; echo "$project"', 'E_COMMAND_TIMEOUT', ''],
    ['a .bashrc that leaves', 'echo "no business here"; exit 3', 'E_NO_SHELL', ''],
    ['a .bashrc that never ends', 'sleep 60', 'E_COMMAND_TIMEOUT', ''],
    [
      'a .bashrc with other words for the same',
      'alias awk=false; alias printf=echo; set -u; umask 777; cd /nowhere',
      null,
      '',
    ],
    ['nologin for a shell', '', 'E_NO_SHELL', '/usr/sbin/nologin'],
    ['a restricted shell', '', 'E_NO_SHELL', '/usr/bin/rbash'],
    ['no shell at all', '', 'E_AUTH_REFUSED', '/nowhere/shell'],
  ];
  it.each(SHELLS)(
    'F9 %s: the answer is right, or says what stands in the way, and nobody waits',
    async (_title, bashrc, code, shell) => {
      const home = `/home/${WATCH}`;
      await put('db', `${home}/.bashrc`, `${bashrc}\n`);
      if (shell !== '') await lab.exec('db', ['usermod', '-s', shell, WATCH]);
      const started = performance.now();
      const desk = await openConsole(lab.estateFile);
      try {
        expect(performance.now() - started).toBeLessThan(12_000);
        const reading = await desk.reading('db');
        expect(errorOf(reading)).toBe(code);
        expect(await nodes(desk)).toEqual(
          code === null ? WELL : ['web up', `db unknown ${code}`, 'files up'],
        );
        if (code === null)
          expect(answerOf(reading)?.errors.filter(({ stage }) => stage !== 'query')).toEqual([]);
        else expect(await findingsOf(desk, 'db')).not.toContain('SERVICE_DOWN');
      } finally {
        await desk.close();
        await lab.exec('db', ['usermod', '-s', '/bin/bash', WATCH]);
        await put('db', `${home}/.bashrc`, '\n');
      }
    },
  );

  it('F11 bytes that are no UTF-8, NULs and a line of 1 MB: seen as text, cut where too long', async () => {
    const bad = Object.values(NOT_UTF8);
    const release = bad.flatMap((bytes, at) => [...Buffer.from(`X${at}=`), ...bytes, 10]);
    const pretty = [...Buffer.from('PRETTY_NAME="'), 0, 0x1b, ...(bad[0] ?? []), 0xff, ...Buffer.from('"\n')];
    const long = Buffer.alloc(1_000_000, 'x');
    await writeFile(
      path.join(base, 'files', 'os'),
      Buffer.concat([Buffer.from([...release, ...pretty]), long]),
    );
    await sh(
      'web',
      'mkdir -p /run/f11; for b in "\\xff\\xfe" "a\\x1b[1m" "\\xc0\\xaf"; do n=$(printf "$b"); cp /bin/sleep "/run/f11/$n"; "/run/f11/$n" 60 >/dev/null 2>&1 & done',
    );
    await lab.exec(
      'web',
      ['sh', '-c', 'base64 -d >/run/os-release; mount --bind /run/os-release /etc/os-release'],
      {
        input: Buffer.concat([Buffer.from([...release, ...pretty]), long]).toString('base64'),
      },
    );
    const desk = await openConsole(lab.estateFile);
    try {
      const answer = answerOf(await desk.reading('web'));
      expect(answer?.facts['host.os']?.value).toBe('\\x00\\x1bGr\ufffd\ufffde\ufffd');
      expect(Object.keys(answer?.processes ?? {})).toEqual(
        expect.arrayContaining(['\ufffd\ufffd', 'a\\x1b[1m']),
      );
      await expectInert(desk, 'web');
      expect(await nodes(desk)).toEqual(WELL);
    } finally {
      await desk.close();
      await sh('web', "umount /etc/os-release; pkill -f '[/]run/f11' || true");
    }
  });

  it('F12 a host in other hands, whose every program answers with every trick: inert, and nobody else is hurt', async () => {
    const tricks = Object.values(HOSTILE).map((text) => inUtf8(text));
    await lab.exec('files', ['sh', '-c', 'cat >/run/said'], { input: hostileOutput() });
    const programs = 'awk mawk ss cat df ip grep sed sort head tail ls readlink smbd testparm'.split(' ');
    await sh(
      'files',
      'mkdir -p /usr/local/bin; printf "#!/bin/sh\\nexec /usr/bin/dd status=none bs=1M if=/run/said\\n" >/usr/local/bin/awk; chmod 755 /usr/local/bin/awk; shift 0; for p in "$@"; do [ "$p" = awk ] || cp /usr/local/bin/awk "/usr/local/bin/$p"; done',
      ...programs,
    );
    await sh(
      'files',
      `printf '%s\\n' "$1" >/etc/motd; printf '%s\\n' "$1" >/run/banner; printf 'Banner /run/banner\\nPrintMotd yes\\n' | cat - /etc/ssh/sshd_config >/run/sshd_config; /usr/bin/cat /run/sshd_config >/etc/ssh/sshd_config`.replaceAll(
        ' cat -',
        ' /usr/bin/cat -',
      ),
      tricks.join('\n').replaceAll('\0', ''),
    );
    const desk = await openConsole(lab.estateFile);
    try {
      expect(Object.keys(answerOf(await desk.reading('files'))?.processes ?? {})).toEqual(
        expect.arrayContaining([
          '<img src=x onerror=alert(1)>',
          '\\x1b]0;owned\\x07',
          'constructor',
          '\\x5f_proto__',
        ]),
      );
      await expectInert(desk, 'files');
      expect((await nodes(desk)).slice(0, 2)).toEqual(['web up', 'db up']);
    } finally {
      await desk.close();
      await sh('files', 'rm -f /usr/local/bin/*; sed -i 1,2d /etc/ssh/sshd_config');
    }
  });

  it('F12 a database whose accounts and schemas bear every trick as a name: inert', async () => {
    const usable = Object.values(HOSTILE).map((text) => inUtf8(text).replaceAll('\0', ''));
    const name = (text: string, quote: string) =>
      text.replaceAll('\\', quote === "'" ? '\\\\' : '\\').replaceAll(quote, quote + quote);
    const sql = usable.flatMap((text) => {
      const user = [...text].slice(0, 32).join('');
      const schema = [...text.replace(/[./\\]|\p{Cs}|[\u{10000}-\u{10ffff}]/gu, '')]
        .slice(0, 40)
        .join('')
        .trimEnd();
      return [
        `CREATE USER IF NOT EXISTS '${name(user, "'")}'@'${name([...text].slice(0, 60).join(''), "'")}';`,
        ...(schema === '' ? [] : [`CREATE DATABASE IF NOT EXISTS \`${name(schema, '`')}\`;`]),
      ];
    });
    const ran = await lab.exec(
      'db',
      ['/opt/lab/mysql.sh', 'sql', '--force', '--default-character-set=utf8mb4'],
      { input: sql.join('\n'), allowFailure: true },
    );
    const { stdout: made } = await lab.exec('db', [
      '/opt/lab/mysql.sh',
      'sql',
      '-N',
      '-e',
      'SELECT COUNT(*) FROM mysql.user',
    ]);
    expect([ran.stderr.slice(0, 300), Number(made)]).toEqual([expect.any(String), expect.any(Number)]);
    expect(Number(made)).toBeGreaterThan(20);
    const desk = await openConsole(lab.estateFile);
    try {
      await expectInert(desk, 'db');
      expect(await nodes(desk)).toEqual(WELL);
      expect(ACTIVE.test('\u001b')).toBe(true);
    } finally {
      await desk.close();
    }
  });
});
