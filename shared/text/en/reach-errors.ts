import { type ErrorTexts, isOtherType } from '../error-params';

/** The way to a host, up to its key. */
export const reachErrors = {
  E_NO_SUCH_HOST: (p) => ({
    sentence: `The estate has no host ${p.id}.`,
    remedy: 'Use the id of a host in the estate file.',
  }),
  E_NO_ADDRESS: (p) => ({
    sentence: `${p.host} has no address: the console cannot reach it.`,
    remedy: 'Write hosts[].ssh.host or hosts[].address in the estate file.',
  }),
  E_NO_ACCOUNT: (p) => ({
    sentence: `${p.host}: the estate names no account that acts.`,
    remedy: 'Write hosts[].ssh.act in the estate file.',
  }),
  E_JUMP_LOOP: (p) => ({
    sentence: `${p.host} is reached through itself: ${p.text}.`,
    remedy: 'Correct ssh.jump in the estate file, or ProxyJump in the SSH configuration.',
  }),
  E_SSH_CONFIG: (p) => ({
    sentence: `The SSH configuration ${p.file} could not be read: ${p.text}.`,
    remedy: 'Make the file readable, or start without it.',
  }),
  E_EGRESS: (p) => ({
    sentence: `${p.host}: a connection to ${p.address}:${p.port} was not opened: the policy is "${p.policy}".`,
    remedy:
      {
        offline: 'This command opens no connection at all.',
        loopback: 'Only addresses 127.0.0.0/8 are allowed here; names are not resolved.',
      }[p.policy] ?? 'Only addresses that the estate file names are allowed.',
  }),
  E_DNS: (p) => ({
    sentence: `${p.host}: the name ${p.address} has no address here (${p.text}).`,
    remedy: 'Check the name in the estate file and the name servers of this desk.',
  }),
  E_TCP_REFUSED: (p) => ({
    sentence: `${p.host} refuses connections on ${p.address}:${p.port}: nothing listens there.`,
    remedy: 'Check that the service runs, and its port in the estate file.',
  }),
  E_TCP_TIMEOUT: (p) => ({
    sentence: `${p.host} does not answer on ${p.address}:${p.port} after ${p.seconds} s. Not seen from here; nothing more is known.`,
    remedy: 'Check the network and firewalls between this desk and the host.',
  }),
  E_TCP_RESET: (p) => ({
    sentence: `${p.host} closed the connection to ${p.address}:${p.port} before saying anything.`,
    remedy: 'Check the limits of its sshd (MaxStartups, PerSourcePenalties) and the firewalls.',
  }),
  E_TCP_UNREACHABLE: (p) => ({
    sentence: `${p.host}: this desk has no route to ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Check the network or VPN of this desk.',
  }),
  E_SSH_NO_BANNER: (p) => ({
    sentence: `${p.host} does not answer on ${p.address}:${p.port}: TCP opens, no SSH banner after ${p.seconds} s.`,
    remedy: 'The host may be overloaded or frozen. Look at its console.',
  }),
  E_NOT_SSH: (p) => ({
    sentence: `${p.host}: what answers on ${p.address}:${p.port} is not SSH. It says: ${p.text}`,
    remedy: 'Check the SSH port in the estate file.',
  }),
  E_SSH_HANDSHAKE: (p) => ({
    sentence: `${p.host}: the SSH handshake on ${p.address}:${p.port} failed: ${p.text}.`,
    remedy: 'Look at the log of its sshd.',
  }),
  E_SSH_ALGORITHMS: (p) => ({
    sentence: `${p.host} offers no algorithm that the console accepts: ${p.text}.`,
    remedy: 'Update its sshd: SHA-1, DSA and CBC are not accepted.',
  }),
  E_HOSTKEY_UNKNOWN: (p) => ({
    sentence: `The host key of ${p.host} is not on record: ${p.type} ${p.got}. Nothing was sent.`,
    remedy: `Compare it on the machine (ssh-keygen -lf), then: patronus trust ${p.id}`,
  }),
  E_HOSTKEY_CHANGED: (p) => ({
    sentence: `${
      isOtherType(p)
        ? `${p.host} shows a host key of another type than the one on record: it cannot be told whether this is the same machine.`
        : `The host key of ${p.host} has changed.`
    } All towards ${p.host} is stopped. Expected ${p.expected}, got ${p.type} ${p.got}.`,
    remedy: `Find out why on the machine itself; correct ${p.file}, then: patronus trust ${p.id}`,
  }),
  E_HOSTKEY_REVOKED: (p) => ({
    sentence: `The host key of ${p.host}, ${p.type} ${p.got}, is marked as revoked in ${p.file}. All towards ${p.host} is stopped.`,
    remedy: 'Treat the machine as in other hands until its keys are replaced.',
  }),
  E_HOSTKEY_CA_ONLY: (p) => ({
    sentence: `${p.host} is on record only through a certificate authority (${p.file}); the console cannot check host certificates. It offers ${p.type} ${p.got}.`,
    remedy: `Record its own key: compare it on the machine, then: patronus trust ${p.id}`,
  }),
  E_HOSTKEY_FILE: (p) => ({
    sentence: `${p.host}: the host keys in ${p.file} could not be read: ${p.text}.`,
    remedy: 'Check hosts[].ssh.hostKeys and knownHosts in the estate file.',
  }),
} satisfies ErrorTexts;
