import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { HOSTILE, hostileOutput, inUtf8 } from '@shared/testing/hostile';
import ssh2, { type ServerChannel } from 'ssh2';
import { stringify } from 'yaml';
import { makeHostKey } from '../../ssh/testing/ssh-server';
import { startRogueSql } from './rogue-sql';

/**
 * A host in other hands, on this machine: sshd, web server, database and every program answer with tricks. It
 * lets everybody in; the account `asked` after a question that is a trick as well.
 */
export interface RogueHost {
  /** One host seen as two: `rogue`, and `asking`, which asks a person before it lets the console in. */
  estateFile: string;
  /** Statements that its database was sent. */
  statements: readonly string[];
  close(): Promise<void>;
}

const TRICKS = Object.values(HOSTILE).map(inUtf8);
const PROGRAMS =
  'awk mawk ss cat df ip grep sed sort head tail ls readlink findmnt smbd testparm apache2ctl apachectl httpd stat find uname hostname id';

/** @param folder for its programs and the estate file; whoever opens that must be able to read it */
export async function startRogueHost(folder: string): Promise<RogueHost> {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(folder, 'said'), hostileOutput());
  for (const program of PROGRAMS.split(' ')) {
    const file = path.join(bin, program);
    writeFileSync(file, `#!/bin/sh\nexec /bin/dd status=none bs=1M if=${path.join(folder, 'said')}\n`);
    chmodSync(file, 0o755);
  }
  const { server: sql, asked: statements } = await startRogueSql();
  const web = await startWeb();
  const key = makeHostKey('ed25519');
  const ssh = new ssh2.Server({ hostKeys: [key.private], banner: TRICKS.join('\n') }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => {
      if (context.username !== 'asked') return context.accept();
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
      const [name = '', , , ...rest] = TRICKS;
      context.prompt({ prompt: rest.join(' '), echo: true }, name, rest.join(' '), () => context.accept());
    });
    connection.on('session', (accept) =>
      accept().on('exec', (take, _refuse, { command }) => runIn(bin, command, take())),
    );
    connection.on('tcpip', (accept, _refuse, { destPort }) => {
      const channel = accept();
      const to = connect(destPort, '127.0.0.1');
      for (const end of [channel, to]) end.on('error', () => {});
      channel.on('close', () => to.destroy());
      to.on('close', () => channel.end());
      channel.pipe(to).pipe(channel);
    });
  });
  await new Promise<void>((resolve) => ssh.listen(0, '127.0.0.1', resolve));
  const estateFile = path.join(folder, 'rogue.yaml');
  writeFileSync(path.join(folder, 'password'), 'none\n', { mode: 0o600 });
  writeFileSync(estateFile, estateText(portOf(ssh), key.public, portOf(web), portOf(sql)), { mode: 0o600 });
  return {
    estateFile,
    statements,
    async close() {
      await Promise.all([ssh, web, sql].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
}

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

/** Commands run here, with none but the programs above in their PATH. */
function runIn(bin: string, command: string, channel: ServerChannel): void {
  const child = spawn('/bin/sh', ['-c', command], { env: { PATH: bin }, cwd: '/' });
  for (const end of [child, child.stdin, channel]) end.on('error', () => {});
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  channel.on('close', () => child.kill());
  child.on('close', (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
}

/** The status page with tricks in it, and in its headers what HTTP lets through; any other path lies in its head. */
async function startWeb(): Promise<Server> {
  const legal = TRICKS.filter((trick) => !/\p{Cc}/u.test(trick));
  const page = [
    ...TRICKS.map((trick) => `ServerVersion: Apache/2.4.1 ${trick}\n${trick}: ${trick}`),
    'BusyWorkers: 1',
    `Total Accesses: ${HOSTILE['a number without end']}`,
  ].join('\n');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (asked) => {
      const isStatus = asked.toString('latin1').startsWith('GET /server-status');
      const headers = isStatus ? legal : TRICKS;
      const head = headers.map((trick, at) => `X-${at}: ${trick}\r\n__proto__: ${trick}\r\n`).join('');
      socket.end(`HTTP/1.1 ${isStatus ? 200 : 500} ${headers[0]}\r\n${head}Connection: close\r\n\r\n${page}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function estateText(port: number, hostKey: string, web: number, sql: number): string {
  const ssh = (user: string) => ({ host: '127.0.0.1', port, user, hostKeys: [hostKey], secret: 'prompt' });
  const credentials = { read: { user: 'watch', secret: 'file:password' } };
  return stringify(
    {
      version: 1,
      estate: 'rogue',
      title: 'A host in other hands',
      sites: [{ id: 'here', title: 'This machine' }],
      hosts: [
        { id: 'rogue', site: 'here', address: '127.0.0.1', ssh: ssh('watch') },
        { id: 'asking', site: 'here', address: '127.0.0.1', ssh: ssh('asked') },
      ],
      services: [
        { id: 'app', kind: 'apache', role: 'web', hosts: ['rogue'], port: web, healthPath: '/health' },
        { id: 'sql', kind: 'mysql', role: 'database', hosts: ['rogue'], sql: { port: sql, credentials } },
        { id: 'share', kind: 'samba', role: 'files', hosts: ['rogue'] },
        { id: 'other', kind: 'apache', role: 'web', hosts: ['asking'], port: web },
      ],
      links: [{ id: 'app-sql', from: 'app', to: 'sql', protocol: 'mysql', port: 3306 }],
    },
    { aliasDuplicateObjects: false },
  );
}
