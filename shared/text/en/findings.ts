import type { FindingSentences } from '../finding-params';

/** One entry per finding code. Short sentences, subject first, no certainty that the evidence lacks. */
export const findings = {
  NOT_ANSWERING_ANY_HOST: {
    title: () => 'No host answers. Most likely this desk or its VPN.',
    what: (p) => `None of ${p.hosts} could be reached from this desk.`,
    why: () =>
      'Hosts seldom fail all at once; a desk loses its network often. Nothing is concluded about the servers.',
    todo: () => [
      'Check the network and the VPN of this desk.',
      'Ask a second person, from another place, whether the hosts answer.',
    ],
    doNot: () => 'Do not fail over from a desk that sees nothing.',
  },
  HOSTKEY_CHANGED: {
    title: (p) => `The host key of ${p.host} changed. All towards ${p.host} is stopped.`,
    what: (p) => `Expected ${p.expected}, got ${p.got}.`,
    why: () =>
      'Either the machine was installed anew, or something stands between this desk and it and would read every password.',
    todo: (p) => [
      `Read the key on the machine itself: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`,
      `If it is the same as the one received: patronus trust ${p.host}`,
    ],
    doNot: () => 'Do not enter a password on this host before the key is explained.',
  },
  HOSTKEY_UNKNOWN: {
    title: (p) => `The host key of ${p.host} is not known here. Nothing was sent.`,
    what: (p) => p.message,
    why: () => 'Without a known key nobody can tell this machine from one that pretends to be it.',
    todo: (p) => [
      'Read the key on the machine itself: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      `Then: patronus trust ${p.host}`,
    ],
    doNot: () => 'Do not trust the key because it was offered.',
  },
  HOST_UNREACHABLE: {
    title: (p) => `${p.host} does not answer. From this desk only.`,
    what: (p) => p.message,
    why: (p) => `What ${p.host} runs (${p.services}) is unknown, not dead.`,
    todo: () => [
      'Check from another place whether it answers.',
      'Check the network between this desk and the host, then its console.',
    ],
    doNot: () => 'Do not conclude from here that its services are down.',
  },
  HOST_REFUSES: {
    title: (p) => `${p.host} refuses the console’s account. It cannot be watched.`,
    what: (p) => p.message,
    why: (p) => `${p.host} answers, but what it runs (${p.services}) is unknown until the account is let in.`,
    todo: () => ['Check the account and its key in the estate file and on the host.'],
    doNot: () => 'Do not try again and again: sshd locks out a desk that fails too often.',
  },
  ANSWER_NEEDED: {
    title: (p) => `${p.host} waits for an answer from you.`,
    what: (p) => p.message,
    why: () => 'Polling never asks by itself. Until it is answered, this part of the picture is unknown.',
    todo: () => ['Answer the question, or give the estate file a reference to the secret.'],
  },
  SERVICE_DOWN: {
    title: (p) => `${p.service} is down on ${p.host}.`,
    what: (p) =>
      p.form === 'notListening'
        ? `${p.host} answers and ${p.process} runs, but nothing listens on port ${p.port}.`
        : `${p.host} answers; no ${p.process} process runs there and nothing listens on port ${p.port}.`,
    why: (p) =>
      p.services === '' ? 'Whoever needs it gets no answer.' : `${p.services} needs it and gets no answer.`,
    todo: (p) => [
      p.form === 'notListening'
        ? 'Read its error log: it may be starting, recovering or refusing its configuration.'
        : 'Read its error log before starting it: what ended it may end it again.',
      `Start it on ${p.host}, then watch it here.`,
    ],
  },
  SERVICE_FROZEN: {
    title: (p) => `${p.service} is frozen on ${p.host}: stopped, not dead.`,
    what: (p) =>
      `${p.halted} of ${p.running} ${p.process} processes are in state T: stopped by a signal or a debugger. The port stays open and nobody answers.`,
    why: () =>
      'Clients do not get an error, they wait. Whoever waits fills up, and looks at fault though it is not.',
    todo: (p) => [
      `Find who stopped it (ps -o pid,stat,wchan,comm on ${p.host}).`,
      'If it was by mistake: kill -CONT PID.',
    ],
    doNot: () => 'Do not restart its clients first: they wait for this one.',
  },
  SERVICE_SILENT: {
    title: (p) => `${p.service} on ${p.host} takes connections and does not answer.`,
    what: (p) => p.message,
    why: () =>
      'It runs and listens, so that clients wait instead of failing: overload, a lock, a full disk or a hung file system.',
    todo: (p) => [
      `Look at ${p.host}: load, disks, processes in state D.`,
      'For a database: sessions that wait, and metadata locks.',
    ],
    doNot: () => 'Do not kill it before you know what it waits for.',
  },
  SERVICE_FAILING: {
    title: (p) => `${p.service} on ${p.host} answers with an error.`,
    what: (p) => p.message,
    why: () =>
      'Its users see an error too. The cause is often behind it: the database, the file server, a full disk.',
    todo: (p) => [
      `Read the error log of ${p.service}.`,
      'Look first at what it needs: the links that leave it.',
    ],
  },
  SERVICE_REFUSES: {
    title: (p) => `${p.service} on ${p.host} runs, but refuses the console.`,
    what: (p) => p.message,
    why: () =>
      'What only the server itself can say is unknown: whether it is writable, what it replicates, how busy it is.',
    todo: () => [
      'Check the account in the estate file and its rights on the server.',
      'Too many connections: its clients may be refused too.',
    ],
  },
  PORT_WITHOUT_PROCESS: {
    title: (p) => `Something on ${p.host} listens on port ${p.port}, but it is not ${p.process}.`,
    what: (p) => `${p.service} is declared there. No ${p.process} process is seen.`,
    why: () =>
      'Another program may have taken the port, or the service runs under a name that is not known here.',
    todo: (p) => [`As root on ${p.host}: ss -ltnp`],
  },
  LOOPBACK_ONLY: {
    title: (p) => `${p.service} on ${p.host} listens on loopback only.`,
    what: (p) => `Port ${p.port} is open on 127.0.0.1 or ::1 alone.`,
    why: () => 'No other host can reach it there.',
    todo: () => ['Check its listen address (bind-address, Listen).'],
  },
  ACCESS_MISSING: {
    title: (p) => `${p.service}: the watching account lacks ${p.privilege}.`,
    what: (p) => p.message,
    why: (p) => `What ${p.probe} would show stays unknown.`,
    todo: (p) => [`Grant it on ${p.host}: GRANT ${p.privilege} ON *.* TO the watching account.`],
    doNot: () => 'Do not give the watching account a right to write.',
  },
  SINGLE_POINT_OF_FAILURE: {
    title: (p) => `${p.service} is a single point of failure.`,
    what: (p) =>
      `One server in the role ${p.role}: ${p.service} on ${p.host}. No second one is declared or seen.`,
    why: (p) =>
      p.services === ''
        ? 'When it stops, its work stops.'
        : `When it stops, so does what needs it: ${p.services}.`,
    todo: () => [
      'Plan a second server for this role, on another machine.',
      'Until then, know how long it takes to bring this one back, and rehearse it.',
    ],
  },
  NO_REPLICA: {
    title: (p) => `${p.service} has no replica.`,
    what: () => `The server says that it replicates from nobody, and no replica is connected to it.`,
    why: () =>
      'When its machine or its disk is lost, everything since the last backup is lost, and there is no server to switch to.',
    todo: () => [
      'Seed a replica on another machine.',
      'Until then, prove that the last backup can be restored.',
    ],
  },
  BINLOG_OFF: {
    title: (p) => `${p.service} writes no binary log.`,
    what: () => 'log_bin is OFF.',
    why: () => 'Without it no replica can be seeded while users work, and no backup can be rolled forward.',
    todo: () => ['Turn log_bin on. This needs one restart: plan it.'],
  },
  LINK_UNANSWERED: {
    title: (p) => `${p.from} asks ${p.to} on port ${p.port} and gets no answer.`,
    what: (p) =>
      `On ${p.host}, ${p.attempts} connections to ${p.address}:${p.port} send again and again and get no acknowledgement.`,
    why: () =>
      'Nothing comes back, not even a refusal: the path between the two is cut, a firewall drops it, or the far host is gone. Seen from a second place, not from this desk.',
    todo: (p) => [
      `From ${p.host}: reach ${p.address} another way (ping, another port).`,
      'Check the switch, the route and the firewalls between the two.',
    ],
    doNot: (p) => `Do not restart ${p.from}: it is not at fault.`,
  },
  UNDECLARED_LINK: {
    title: (p) => `${p.from} talks to ${p.to} on port ${p.port}. The estate does not declare it.`,
    what: (p) =>
      p.form === 'configured'
        ? 'A configuration on the host names it; no conversation was seen.'
        : 'The connection tables of the hosts show it.',
    why: () => 'What is not declared is forgotten in a move: it breaks when one end changes its address.',
    todo: () => ['Find out what it is, and declare it in the estate file.'],
  },
  DECLARED_NOT_SEEN: {
    title: (p) => `${p.from} → ${p.to} is declared, but was never seen.`,
    what: (p) => `${p.samples} samples of the sockets showed no conversation on port ${p.port}.`,
    why: () => 'Either it is seldom used, or it is no longer true.',
    todo: () => ['Ask who needs it, or watch for longer.'],
  },
  MOUNT_MISSING: {
    title: (p) => `${p.host} has no mount of ${p.to}.`,
    what: (p) =>
      `${p.from} → ${p.to} (${p.protocol}) is declared, but nothing from ${p.address} is mounted on ${p.host}.`,
    why: () => 'Files that should go to the file server may be written to the local disk, unseen.',
    todo: (p) => [
      `On ${p.host}: findmnt, and the mount’s own log.`,
      'Look for files that were written under the empty mount point.',
    ],
    doNot: () => 'Do not mount over files before they are saved.',
  },
  DISK_NEARLY_FULL: {
    title: (p) => `${p.mount} on ${p.host} is ${p.percent} % full.`,
    what: (p) =>
      p.form === 'inodes'
        ? 'It runs out of inodes: no new file, though bytes are left.'
        : `Counted as df counts it: blocks reserved for root are full.`,
    why: () => 'A database on a full disk stops writing and waits; a file server refuses.',
    todo: () => ['Make room, or enlarge it, before the next large write.'],
    doNot: () => 'Do not delete binary logs by hand: PURGE BINARY LOGS.',
  },
  CLOCK_SKEW: {
    title: (p) => `The clock of ${p.host} differs by ${p.seconds} s from this desk’s.`,
    what: () => `Read over SSH; the way there and back is allowed for.`,
    why: () =>
      'Times in logs cannot be compared, and a replication lag read from clocks is wrong by as much.',
    todo: (p) => [`Check time synchronisation on ${p.host} and on this desk: timedatectl.`],
  },
  IDENTITY_CHANGED: {
    title: (p) => `${p.host} is answered by two different servers in turn.`,
    what: (p) =>
      p.form === 'key'
        ? `First the host key was ${p.expected}, then ${p.got}; both are trusted, and each belongs to a boot of its own.`
        : `First the boot was ${p.expected}, then ${p.got}, which had begun while the first one still answered: it is no reboot.`,
    why: (p) =>
      `A name that moves (a floating address, a balancer, a DNS round) leads to whichever server is behind it. What is planned for ${p.host} could be done to the other one.`,
    todo: (p) => [
      'List both servers as hosts of their own, each with an address that never moves.',
      `Compare on each of them: cat /proc/sys/kernel/random/boot_id; hostname; the host key of ${p.host}.`,
    ],
    doNot: () => 'Do not plan a switchover or a copy for this name before it means one server.',
  },
  SAME_SERVER_TWICE: {
    title: (p) =>
      p.form === 'database'
        ? `${p.hosts} are one database server, or copies of one data directory.`
        : `${p.hosts} are one and the same machine.`,
    what: (p) =>
      p.form === 'database'
        ? 'They tell the same server_uuid.'
        : 'They show the same host key and the same boot id.',
    why: (p) =>
      p.form === 'database'
        ? 'Two names for one server look like redundancy and are none. A copied data directory with its auto.cnf breaks replication.'
        : 'Two names for one machine look like redundancy and are none, and a step for the one is done to the other.',
    todo: (p) =>
      p.form === 'database'
        ? [
            'Correct the addresses in the estate file; if the directory was copied, remove auto.cnf on the copy and restart it.',
          ]
        : [
            'Correct the SSH addresses in the estate file, or remove one of the hosts and list its name under aliases.',
          ],
    doNot: () => 'Do not count them as two.',
  },
  DIFFERENT_ADDRESS: {
    title: (p) => `${p.host} does not carry its declared address ${p.address}.`,
    what: (p) => `It has ${p.addresses}.`,
    why: () =>
      'Either the console reaches another machine than the one meant, or the estate file is out of date.',
    todo: () => [
      'Check the SSH address and the host’s address in the estate file. Behind NAT, add the others under aliases.',
    ],
  },
  UPDATES_BY_HAND: {
    title: (p) => `${p.host} installs no security update by itself.`,
    what: () => 'The package manager’s automatic updates are not configured.',
    why: () => 'Known holes stay open until somebody thinks of them.',
    todo: () => [
      'Decide on a window and on who looks at the result, then turn on unattended security updates.',
    ],
  },
  NO_BACKUP_SEEN: {
    title: () => 'Whether there is a backup is unknown.',
    what: () =>
      'The estate declares no backup, and nothing seen on the hosts shows one. There may be one elsewhere.',
    why: (p) => `${p.services} holds data that exists once, as far as can be seen.`,
    todo: () => ['Name the backup in the estate file: where, how often, when last restored.'],
  },
} satisfies Record<string, FindingSentences>;
