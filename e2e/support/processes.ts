import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const numbers = (dir: string): number[] => readdirSync(dir).map(Number).filter(Number.isInteger);
const attempt = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise; // the process ended while we looked
  }
};

const statOf = (pid: number) => attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
/** After the name in brackets: state, parent, … */
const parentOf = (pid: number) =>
  Number(
    statOf(pid)
      .replace(/^.*\) /s, '')
      .split(' ')[1],
  );

/** A process and all below it. */
export function treeOf(root: number): number[] {
  const parents = new Map(numbers('/proc').map((pid) => [pid, parentOf(pid)]));
  const tree = [root];
  for (const pid of tree)
    tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

export const commandLine = (pid: number): string =>
  attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(), '');

/** `Seccomp`, `NoNewPrivs`, `Uid` …: a line of /proc/PID/status. */
export const statusOf = (pid: number, key: string): string =>
  new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(
    attempt(() => readFileSync(`/proc/${pid}/status`, 'utf8'), ''),
  )?.[1] ?? '';

export interface Ear {
  pid: number;
  kind: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  address: string;
  port: number;
}

/** Every port that these processes listen on: TCP in state LISTEN, and any UDP socket that is not connected. */
export function earsOf(pids: readonly number[]): Ear[] {
  const sockets = (['tcp', 'tcp6', 'udp', 'udp6'] as const).flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
        const [address = '', port = '0'] = local.split(':');
        const listens = kind.startsWith('tcp') ? state === '0A' : state === '07';
        return listens ? [{ kind, address, port: Number.parseInt(port, 16), inode }] : [];
      }),
  );
  return pids.flatMap((pid) => {
    const own = attempt(() => readdirSync(`/proc/${pid}/fd`), []).map((fd) =>
      attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''),
    );
    return sockets
      .filter(({ inode }) => own.includes(`socket:[${inode}]`))
      .map(({ kind, address, port }) => ({ pid, kind, address, port }));
  });
}
