import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Estate } from '@shared/estate/schema';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { LabError } from '../engine/errors';
import { gatesOf } from '../engine/gates';
import type { Lab } from '../engine/lab';
import { repositoryRoot } from '../engine/paths';
import { hostKeys, knownHostsFile } from './known-hosts';
import { keyFile, SSH_USERS, secretFile } from './secrets';

/** The editor's schema line names a file beside the stated estate, not beside ours. */
const EDITOR_LINE = /^# yaml-language-server:.*\n(#\n)?/m;

/** The estate file a console of this lab opens. */
export function estateFileOf(lab: Pick<Lab, 'paths' | 'spec'>): string {
  return join(lab.paths.estate, `${lab.spec.name}.yaml`);
}

/**
 * The text of the lab's estate file: the estate as stated, comments and all, with the way in added to each host
 * that has a gate and to the database.
 * @throws LabError E_ESTATE when the stated file is missing or wrong, or does not have the lab's hosts
 */
export async function estateText(lab: Lab): Promise<string> {
  const source = join(repositoryRoot(), lab.spec.estateFile);
  const text = await readFile(source, 'utf8').catch((error: Error) => {
    throw new LabError('E_ESTATE', `${source}: ${error.message}`);
  });
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new LabError('E_ESTATE', `${source}: ${document.errors[0]?.message}`);
  for (const gate of gatesOf(lab)) {
    const address = lab.spec.hosts.find((host) => host.name === gate.host)?.address;
    const host = itemsOf(document, 'hosts').find((item) => item.get('address') === address);
    if (!host)
      throw new LabError('E_ESTATE', `${lab.spec.estateFile} has no host with the address ${address}`);
    host.set('ssh', document.createNode(await sshOf(lab, gate)));
    if (gate.host !== lab.spec.sql.host) continue;
    for (const service of databasesOn(document, host.get('id'))) {
      service.set('sql', document.createNode(sqlOf(lab)));
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
  return headOf(lab) + document.toString({ lineWidth: 0 }).replace(EDITOR_LINE, '');
}

function headOf(lab: Lab): string {
  return `# Written by the lab: the estate as stated in ${lab.spec.estateFile}, with the lab's own ways in.\n\n`;
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
  return { via: 'ssh', credentials: { read: account(lab.spec.sql.read), act: account(lab.spec.sql.act) } };
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
