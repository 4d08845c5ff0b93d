import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { usageError } from './errors';
import { SWITCH } from './host';
import { resumeAll } from './host-processes';
import { inHost, inNetwork, type Lab } from './lab';
import { cableOf } from './network';
import { upperOf } from './paths';
import type { HostSpec } from './spec';

/** A link-layer address nobody has: what is sent to it is lost on the wire, as behind a cable cut elsewhere. */
const NOBODY = '02:00:00:00:de:ad';
/** The gate watches its folder; this is ten times what it took to act. */
const GATE_NOTICES_MS = 300;
/** In a host: a file system that `fillDisk` leaves no room in. */
export const FULL_DISK = '/srv/full';
/** In a host: where its first keys wait while others answer. */
const FIRST_KEYS = '/etc/ssh/first-keys';

/** The console loses the host: new sessions are reset and living ones end; with `hang` both fall silent. */
export async function cutConsole(lab: Lab, host: HostSpec, hang: boolean): Promise<void> {
  if (!host.gate) throw usageError(`${host.name} has no gate: the console never reaches it`);
  // renamed into place: the gate reads at once, and an empty file would be another fault
  const written = join(lab.paths.base, `cut-${host.name}.new`);
  await writeFile(written, hang ? 'hang' : 'reset');
  await rename(written, join(lab.paths.cut, host.name));
}

/** Pulls the host's cable at the switch: the host keeps its routes, as in life. The console still sees it. */
export async function pullCable(lab: Lab, host: HostSpec): Promise<void> {
  await inNetwork(lab, SWITCH, ['ip', 'link', 'set', cableOf(host.name), 'down']);
}

/** Two hosts lose each other, silently and both ways; everybody else still sees both. */
export async function partition(lab: Lab, one: HostSpec, other: HostSpec): Promise<void> {
  if (one.name === other.name) throw usageError('a partition needs two different hosts');
  await batch(lab, one, blackhole(other));
  await batch(lab, other, blackhole(one));
}

/** The own route makes it work between sites too, where the peer would be behind the router. */
function blackhole(peer: HostSpec): string[] {
  return [
    `route replace ${peer.address}/32 dev eth0`,
    `neigh replace ${peer.address} lladdr ${NOBODY} nud permanent dev eth0`,
  ];
}

/**
 * Undoes console cuts, pulled cables and partitions of a host. Killed or frozen services and changed host keys are
 * faults of their own (`start`, `resume`, `host-key --restore`) and stay.
 */
export async function heal(lab: Lab, host: HostSpec): Promise<void> {
  await reconnect(lab, host);
  await reunite(lab, (one, address) => one.name === host.name || address === host.address);
}

/** A file system of the host is full to the last byte; its other ones keep their room. */
export async function fillDisk(lab: Lab, host: HostSpec): Promise<void> {
  const script = `mkdir -p ${FULL_DISK}
    mountpoint -q ${FULL_DISK} || mount -t tmpfs -o size=4m lab-full ${FULL_DISK}
    dd if=/dev/zero of=${FULL_DISK}/file bs=64k 2>/dev/null || true # ends when there is no room left`;
  await inHost(lab, host.name, ['sh', '-c', script]);
}

/** The full file system is gone. */
export async function emptyDisk(lab: Lab, host: HostSpec): Promise<void> {
  await inHost(lab, host.name, ['sh', '-c', `! mountpoint -q ${FULL_DISK} || umount ${FULL_DISK}`]);
}

/** What `up` promises: network, console and host keys well, no full disk, and nothing frozen. */
export async function healEverything(lab: Lab): Promise<void> {
  await Promise.all(
    lab.spec.hosts.map(async (host) => {
      await reconnect(lab, host);
      await restoreHostKey(lab, host);
      await emptyDisk(lab, host);
      await resumeAll(lab, host);
    }),
  );
  await reunite(lab, () => true);
}

/** Addresses that a host has lost by a partition. */
async function lostPeers(lab: Pick<Lab, 'paths'>, host: HostSpec): Promise<string[]> {
  const { stdout } = await inNetwork(lab, host.name, ['ip', 'neigh', 'show', 'nud', 'permanent']);
  const lost = stdout.split('\n').filter((line) => line.includes(NOBODY));
  return lost.map((line) => line.split(' ')[0] ?? '');
}

/** Every fault of a host that is in force, in words; what killed or froze a service shows in the service itself. */
export async function faultsOf(lab: Pick<Lab, 'paths'>, host: HostSpec): Promise<string[]> {
  const cut = await readFile(join(lab.paths.cut, host.name), 'utf8').catch(() => undefined);
  const link = await inNetwork(lab, SWITCH, ['ip', '-o', 'link', 'show', cableOf(host.name)], {
    allowFailure: true,
  });
  return [
    ...(cut === undefined ? [] : [cut === 'hang' ? 'console hangs' : 'console cut']),
    ...(/<[^>]*\bUP\b/.test(link.stdout) ? [] : ['cable pulled']),
    ...(await lostPeers(lab, host)).map((peer) => `lost ${peer}`),
    ...(existsSync(join(upperOf(lab.paths, host.name), FIRST_KEYS)) ? ['host keys changed'] : []),
  ];
}

async function reconnect(lab: Lab, host: HostSpec): Promise<void> {
  await rm(join(lab.paths.cut, host.name), { force: true });
  await inNetwork(lab, SWITCH, ['ip', 'link', 'set', cableOf(host.name), 'up']);
}

async function reunite(lab: Lab, concerned: (host: HostSpec, peer: string) => boolean): Promise<void> {
  await Promise.all(
    lab.spec.hosts.map(async (host) => {
      const peers = (await lostPeers(lab, host)).filter((peer) => concerned(host, peer));
      const undo = peers.flatMap((peer) => [`neigh del ${peer} dev eth0`, `route del ${peer}/32 dev eth0`]);
      if (undo.length > 0) await batch(lab, host, undo);
    }),
  );
}

/** -force: one line that has nothing to do does not stop the others. */
async function batch(lab: Lab, host: HostSpec, commands: readonly string[]): Promise<void> {
  await inNetwork(lab, host.name, ['ip', '-force', '-batch', '-'], {
    input: `${commands.join('\n')}\n`,
    allowFailure: true,
  });
}

/** New host keys at once, without a restart: each session has an sshd of its own. The estate file keeps the first ones. */
export async function changeHostKey(lab: Lab, host: HostSpec): Promise<void> {
  const script = `set -e
    if [ ! -d ${FIRST_KEYS} ]; then
      rm -rf ${FIRST_KEYS}.new
      mkdir -m 700 ${FIRST_KEYS}.new
      cp -p /etc/ssh/ssh_host_* ${FIRST_KEYS}.new
      mv ${FIRST_KEYS}.new ${FIRST_KEYS}
    fi
    rm -f /etc/ssh/ssh_host_*
    for type in ed25519 ecdsa; do
      ssh-keygen -q -t $type -N "" -C "$(hostname)" -f /etc/ssh/ssh_host_\${type}_key
    done`;
  await inHost(lab, host.name, ['sh', '-c', script]);
  await endSessions(lab, host);
}

/** A key changes when a machine is installed anew or another one takes its address: then nobody stays logged in. */
async function endSessions(lab: Lab, host: HostSpec): Promise<void> {
  if (!host.gate) return;
  const before = await readFile(join(lab.paths.cut, host.name), 'utf8').catch(() => null);
  if (before !== null) return; // cut already: there are none
  await cutConsole(lab, host, false);
  await sleep(GATE_NOTICES_MS);
  await rm(join(lab.paths.cut, host.name), { force: true });
}

/** The first host keys again. */
export async function restoreHostKey(lab: Lab, host: HostSpec): Promise<void> {
  const script = `[ -d ${FIRST_KEYS} ] || exit 0; cp -p ${FIRST_KEYS}/* /etc/ssh/ && rm -r ${FIRST_KEYS}`;
  await inHost(lab, host.name, ['sh', '-c', script]);
  await endSessions(lab, host);
}
