import { readFileSync, watch } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Gate, listening } from './engine/gate-address';
import { type Session, silentSession, sshSession } from './engine/gate-session';
import { labPaths } from './engine/paths';
import { markerOf, SESSION, startTime } from './engine/process-table';

/**
 * The loopback gates: `node gate.mjs BASE`. Listens in the machine's own network and hands each accepted socket
 * to an `sshd -i` inside the host, so the console needs no privilege and sees an ordinary SSH server.
 * BASE/cut/HOST exists = the console is cut off from that host: living sessions end, new ones are reset;
 * with "hang" in it, living ones fall silent and new ones are accepted and never answered.
 */
const base = process.argv[2] ?? '';
const marker = markerOf(labPaths(base), SESSION);
const sessions = new Map<string, Set<Session>>();

function cutOf(host: string): 'no' | 'reset' | 'hang' {
  try {
    return readFileSync(join(base, 'cut', host), 'utf8').trim() === 'hang' ? 'hang' : 'reset';
  } catch {
    return 'no';
  }
}

function initOf(host: string): number | undefined {
  try {
    const [pid, started] = readFileSync(join(base, 'state', host), 'utf8')
      .trim()
      .split(' ');
    return startTime(Number(pid)) === started ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}

function open(host: string, socket: Socket): void {
  socket.on('error', () => {});
  const cut = cutOf(host);
  const init = initOf(host);
  if (cut === 'reset' || init === undefined) {
    socket.resetAndDestroy();
    return;
  }
  const living = sessions.get(host) ?? new Set();
  sessions.set(host, living);
  const ended = () => living.delete(session);
  const session: Session =
    cut === 'hang' ? silentSession(socket, ended) : sshSession(init, socket, marker, ended);
  living.add(session);
}

function changed(host: string): void {
  const cut = cutOf(host);
  for (const session of sessions.get(host) ?? []) {
    if (cut === 'reset') session.cut();
    else if (cut === 'hang') session.hold();
    else session.release();
  }
}

for (const gate of JSON.parse(readFileSync(join(base, 'gates.json'), 'utf8')) as Gate[]) {
  const server = createServer({ pauseOnConnect: true }, (socket) => open(gate.host, socket));
  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(`${gate.address}:${gate.port} ${error.code ?? error.message}`);
    process.exit(1);
  });
  server.listen(gate.port, gate.address, () => console.log(listening(gate)));
}
watch(join(base, 'cut'), (_event, host) => {
  if (host) changed(host);
});
