import { gatesOf } from '../engine/gates';
import type { Lab } from '../engine/lab';
import { knownHostsFile } from './known-hosts';
import { keyFile, SSH_USERS } from './secrets';

/** The same hosts for ansible, in INI form: through the gates, as the looking account, with the lab's own host keys. */
export function ansibleInventory(lab: Pick<Lab, 'spec' | 'config' | 'paths'>): string {
  const options = [
    '-o StrictHostKeyChecking=yes',
    `-o UserKnownHostsFile=${knownHostsFile(lab)}`,
    '-o GlobalKnownHostsFile=/dev/null',
    '-o IdentitiesOnly=yes',
  ];
  const hosts = gatesOf(lab).map(
    ({ host, address, port }) => `${host} ansible_host=${address} ansible_port=${port}`,
  );
  const group = lab.spec.name.replaceAll('/', '-');
  return [
    `[${group}]`,
    ...hosts,
    '',
    `[${group}:vars]`,
    `ansible_user=${SSH_USERS.watch}`,
    `ansible_ssh_private_key_file=${keyFile(lab.paths, SSH_USERS.watch)}`,
    `ansible_ssh_common_args=${options.join(' ')}`,
    'ansible_python_interpreter=/usr/bin/python3',
    '',
  ].join('\n');
}
