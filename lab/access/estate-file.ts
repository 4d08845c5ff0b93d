import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Estate } from '@shared/estate/schema';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { LabError } from '../engine/errors';
import { gatesOf } from '../engine/gates';
import type { Lab } from '../engine/lab';
import { repositoryRoot } from '../engine/paths';
import type { StatedEstate } from '../engine/spec';
import { hostKeys, knownHostsFile } from './known-hosts';
import { keyFile, SSH_USERS, secretFile } from './secrets';

/** The editor's schema line names a file beside the stated estate, not beside ours. */
const EDITOR_LINE = /^# yaml-language-server:.*\n(#\n)?/m;

/** The estate file a console of this lab opens. */
export function estateFileOf(lab: Pick<Lab, 'paths' | 'spec'>): string {
  return join(lab.paths.estate, fileNameOf(lab.spec.name));
}

/** `replication/star` → replication-star.yaml. */
export function fileNameOf(estate: string): string {
  return `${estate.replaceAll('/', '-')}.yaml`;
}

/** A file of the checkout that states the estate. @throws LabError E_ESTATE */
export async function statedIn(file: string): Promise<StatedEstate> {
  const source = join(repositoryRoot(), file);
  const text = await readFile(source, 'utf8').catch((error: Error) => {
    throw new LabError('E_ESTATE', `${source}: ${error.message}`);
  });
  return { text, source: file };
}

/**
 * The text of a lab's estate file: the estate as stated, comments and all, with the way in added to each host
 * that has a gate and to the databases.
 * @throws LabError E_ESTATE when the stated text is wrong, or does not have these hosts
 */
export async function estateText(lab: Lab, { text, source, hosts }: StatedEstate): Promise<string> {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new LabError('E_ESTATE', `${source}: ${document.errors[0]?.message}`);
  for (const gate of gatesOf(lab).filter((one) => hosts?.includes(one.host) ?? true)) {
    const address = lab.spec.hosts.find((host) => host.name === gate.host)?.address;
    const host = itemsOf(document, 'hosts').find((item) => item.get('address') === address);
    if (!host) throw new LabError('E_ESTATE', `${source} has no host with the address ${address}`);
    host.set('ssh', document.createNode(await sshOf(lab, gate)));
    if (!lab.spec.sql.hosts.includes(gate.host)) continue;
    for (const service of databasesOn(document, host.get('id'))) {
      const heartbeat = service.getIn(['sql', 'heartbeat']);
      const sql = { ...sqlOf(lab), ...(heartbeat === undefined ? {} : { heartbeat }) };
      service.set('sql', document.createNode(sql));
    }
  }
  const result = Estate.safeParse(document.toJS());
  if (!result.success) {
    const [first] = result.error.issues;
    throw new LabError(
      'E_ESTATE',
      `the lab's estate file would be wrong: ${first?.path.join('.')}: ${first?.message}`,
    );
  }
  return headOf(source) + document.toString({ lineWidth: 0 }).replace(EDITOR_LINE, '');
}

function headOf(source: string): string {
  return `# Written by the lab: the estate as stated in ${source}, with the lab's own ways in.\n\n`;
}

async function sshOf(lab: Lab, gate: { address: string; port: number; host: string }) {
  return {
    host: gate.address,
    port: gate.port,
    user: SSH_USERS.watch,
    identity: `file:${keyFile(lab.paths, SSH_USERS.watch)}`,
    hostKeys: await hostKeys(lab, gate.host),
    knownHosts: knownHostsFile(lab),
    act: { user: SSH_USERS.act, identity: `file:${keyFile(lab.paths, SSH_USERS.act)}` },
  };
}

function sqlOf(lab: Lab) {
  const account = ({ user, secret }: { user: string; secret: string }) => ({
    user,
    secret: `file:${secretFile(lab.paths, secret)}`,
  });
  const { read, act, replication } = lab.spec.sql;
  return {
    via: 'ssh',
    credentials: {
      read: account(read),
      act: account(act),
      ...(replication ? { replication: account(replication) } : {}),
    },
  };
}

function itemsOf(document: Document, collection: string): YAMLMap[] {
  const found = document.get(collection);
  return isSeq(found) ? found.items.filter((item): item is YAMLMap => isMap(item)) : [];
}

function databasesOn(document: Document, host: unknown): YAMLMap[] {
  return itemsOf(document, 'services').filter((service) => {
    const hosts = service.get('hosts');
    return /mysql|mariadb/.test(String(service.get('kind'))) && isSeq(hosts) && hosts.toJSON().includes(host);
  });
}
