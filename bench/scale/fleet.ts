import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import ssh2 from 'ssh2';
import { stringify } from 'yaml';
import { FLEET_NETWORK } from './recorded';
import { SERVING, type Serve } from './servers';

export type Behaviour = 'good' | 'hung' | 'refusing';
export interface FleetHost {
  id: string;
  address: string;
  behaviour: Behaviour;
}
/** Simulated hosts that are up, and the estate file that names them. */
export interface Fleet {
  hosts: readonly FleetHost[];
  port: number;
  /** Private key that may log in, and the public host key that every host shows. */
  identity: string;
  hostKey: string;
  estateFile: string;
  close(): Promise<void>;
}

/** Processes that serve: one for each core of the machine the goals were set on. */
const PROCESSES = 2;
export const FLEET_PORT = 2371;

/** Of ten hosts, one accepts and says nothing and one refuses. */
const behaviourOf = (index: number): Behaviour =>
  index % 10 === 3 ? 'hung' : index % 10 === 7 ? 'refusing' : 'good';

export interface FleetOptions {
  /** The bundled bench, whose `scale-servers` serves; default: the program that runs. */
  program?: string;
  /** Of every address; default FLEET_PORT. Two fleets at once need one each. */
  port?: number;
  /** Those that say nothing stand first in the estate, so that they are all asked before the first that answers. */
  hungFirst?: boolean;
}

/** @param folder for the key and the estate file; @param size how many hosts, of which a tenth hangs and a tenth refuses */
export async function startFleet(folder: string, size: number, options: FleetOptions = {}): Promise<Fleet> {
  const { program = process.argv[1] ?? '', port = FLEET_PORT, hungFirst = false } = options;
  const behaviours = Array.from({ length: size }, (_, index) => behaviourOf(index));
  if (hungFirst) behaviours.sort((a, b) => Number(b === 'hung') - Number(a === 'hung'));
  const hosts = behaviours.map((behaviour, index) => ({
    id: `h${String(index).padStart(4, '0')}`,
    address: `${FLEET_NETWORK}${index >> 8}.${index & 255}`,
    behaviour,
  }));
  const host = ssh2.utils.generateKeyPairSync('ed25519');
  const person = ssh2.utils.generateKeyPairSync('ed25519');
  const hostKey = host.public.trim().split(' ').slice(0, 2).join(' ');
  await writeFile(path.join(folder, 'key'), person.private, { mode: 0o600 });
  const children = await Promise.all(
    Array.from({ length: PROCESSES }, (_, process) => {
      const own = hosts.filter((_host, index) => index % PROCESSES === process);
      const of = (wanted: Behaviour) =>
        own.filter(({ behaviour }) => behaviour === wanted).map(({ address }) => address);
      return startServers(program, { hostKey: host.private, port, good: of('good'), hung: of('hung') });
    }),
  );
  const estateFile = path.join(folder, 'scale.yaml');
  await writeFile(estateFile, estateText(hosts, hostKey, port), { mode: 0o600 });
  return {
    hosts,
    port,
    identity: path.join(folder, 'key'),
    hostKey,
    estateFile,
    close: async () => void (await Promise.all(children.map((stop) => stop()))),
  };
}

/** Resolves, when all listens, to how to stop it. */
function startServers(program: string, order: Serve): Promise<() => Promise<void>> {
  const child = fork(program, ['scale-servers'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the servers ended with ${code}`)));
    child.once('message', (said) => {
      if (said !== SERVING) return reject(new Error('the servers said something else'));
      resolve(() => {
        child.disconnect();
        return ended;
      });
    });
    child.send(order);
  });
}

function estateText(hosts: readonly FleetHost[], hostKey: string, port: number): string {
  const ssh = { port, user: 'watch', identity: 'file:key', hostKeys: [hostKey] };
  return stringify(
    {
      version: 1,
      estate: 'scale',
      title: 'A thousand simulated hosts',
      sites: [{ id: 'here', title: 'This machine' }],
      hosts: hosts.map(({ id, address }) => ({ id, site: 'here', address, ssh: { ...ssh, host: address } })),
      services: hosts.map(({ id }, index) => ({
        id: `s${id}`,
        kind: 'worker',
        role: index % 20 === 0 ? 'balancer' : 'application',
        hosts: [id],
        port: 8_000,
      })),
      links: hosts.flatMap(({ id }, index) => {
        const to = hosts[Math.floor(index / 20) * 20]?.id;
        return to === undefined || to === id
          ? []
          : [{ id: `l${id}`, from: `s${to}`, to: `s${id}`, protocol: 'http', port: 8_000 }];
      }),
    },
    // The estate's parser takes no aliases of YAML.
    { aliasDuplicateObjects: false },
  );
}
