import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { HOST_KIND } from '@shared/kinds';
import ssh2 from 'ssh2';
import { ALGORITHMS } from '../../electron/core/ssh/algorithms';
import { shellLine } from '../../electron/core/ssh/quote';
import type { Fleet, FleetHost } from './fleet';
import { type LoopDelay, watchLoop } from './loop-delay';

export interface BareSweep {
  seconds: number;
  answered: number;
  delay: LoopDelay;
}

/** As long as the console waits for a server that says nothing. */
const SILENT_MS = 5_000;

/**
 * The bare engine: ssh2 connections, a pool of `concurrency`, one host after the other, the same commands on
 * each as the console's first look, nothing parsed and nothing kept.
 */
export async function bareSweep(fleet: Fleet, concurrency: number): Promise<BareSweep> {
  const key = await readFile(fleet.identity);
  const target = { host: { id: 'bare', site: 'here', address: '127.0.0.1' } };
  const commands = HOST_KIND.probes.flatMap((probe) =>
    probe.via === 'ssh' ? [`exec /bin/sh -c 'exec "$@"' sh ${shellLine(probe.argv(target))}`] : [],
  );
  const queue = [...fleet.hosts];
  const open: ssh2.Client[] = [];
  let answered = 0;
  const stop = watchLoop();
  const started = performance.now();
  const worker = async () => {
    for (let host = queue.shift(); host; host = queue.shift()) {
      const client = await login(host, fleet.port, key);
      if (!client) continue;
      open.push(client);
      await Promise.all(commands.map((command) => run(client, command)));
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - started) / 1000;
  const delay = stop();
  for (const client of open) client.end();
  return { seconds, answered, delay };
}

function login(host: FleetHost, port: number, privateKey: Buffer): Promise<ssh2.Client | null> {
  return new Promise((resolve) => {
    const client = new ssh2.Client();
    const sock = connect({ host: host.address, port, noDelay: true });
    const fail = () => {
      client.destroy();
      sock.destroy();
      resolve(null);
    };
    client.on('ready', () => resolve(client)).on('error', fail);
    sock.on('error', fail);
    const algorithms = { ...ALGORITHMS, serverHostKey: ['ssh-ed25519' as const] };
    client.connect({ sock, username: 'watch', privateKey, readyTimeout: SILENT_MS, algorithms });
  });
}

function run(client: ssh2.Client, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.exec(command, (thrown, channel) => {
      if (thrown) return reject(thrown);
      channel.on('close', () => resolve()).resume();
      channel.stderr.resume();
      channel.end();
    });
  });
}
