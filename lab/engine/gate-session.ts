import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { enter } from './lab';
import { childrenOf, processName, send } from './process-table';

/** One connection through a gate, and what a fault can do to it. */
export interface Session {
  /** Ends it, as a pulled cable with a reset would. */
  readonly cut: () => void;
  /** Makes it silent, as a network that drops everything would. */
  readonly hold: () => void;
  /** Lets it speak again. */
  readonly release: () => void;
}

const ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  HOME: '/root',
};

/**
 * Gives the socket to an sshd of its own inside the host whose first process is `init`.
 * @param marker argv[0] of its parent outside: a stopped parent would keep the dead host from going, so `down` must
 * find it
 */
export function sshSession(init: number, socket: Socket, marker: string, ended: () => void): Session {
  const sshd = ['/usr/sbin/sshd', '-i', '-E', '/var/log/sshd.log', '-f', '/etc/ssh/sshd_config'];
  const [program = '', ...args] = enter(init, sshd);
  const child = spawn(program, args, { argv0: marker, stdio: [socket, socket, 'ignore'], env: ENV });
  child.on('error', () => socket.destroy());
  // our copy must go at once, else clients hang when sshd ends; destroy sends no shutdown while the child has its own
  child.on('spawn', () => socket.destroy());
  child.on('exit', ended);
  const signal = (name: NodeJS.Signals, pids: readonly number[]) => {
    for (const pid of pids) send(pid, name);
  };
  const parent = child.pid === undefined ? [] : [child.pid];
  const sessions = () => parent.flatMap(sshdsBelow);
  return {
    cut: () => signal('SIGKILL', sessions()),
    hold: () => signal('SIGSTOP', sessions()),
    // nsenter stops itself when its child is stopped
    release: () => signal('SIGCONT', [...sessions(), ...parent]),
  };
}

/** A client that is accepted and never answered. */
export function silentSession(socket: Socket, ended: () => void): Session {
  socket.on('close', ended);
  socket.resume(); // reads and says nothing; without it the client's leaving would not be noticed
  const end = () => socket.resetAndDestroy();
  return { cut: end, hold: () => {}, release: end };
}

/** nsenter -p forks: the session is its child, and that one forks again for the user. What they run is not touched. */
function sshdsBelow(pid: number): number[] {
  return childrenOf(pid).flatMap((child) =>
    processName(child) === 'sshd' ? [child, ...sshdsBelow(child)] : [],
  );
}
