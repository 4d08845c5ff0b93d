import { type ErrorTexts, isOtherType } from '../error-params';
import { leaseErrors } from './lease-errors';
import { runErrors } from './run-errors';

/** What a person was asked for. */
const asked = (what: string): string =>
  ({
    password: 'the password',
    passphrase: 'the passphrase',
    'one-time-code': 'a one-time code',
    'sql-password': 'the SQL password',
    'vault-passphrase': 'the passphrase of the vault, which holds a secret',
  })[what] ?? what;

/** Why the keyring of the operating system is not used. */
const keyringTrouble = (why: string): string =>
  ({
    basic_text: 'it would encrypt with a key that everybody knows',
    unknown: 'it is of a kind that cannot be checked',
    unavailable: 'it does not answer, or is locked',
    'command-line': 'the command line cannot reach it, only the window can',
  })[why] ?? why;

/** One sentence that names host and observation, and the next move. Subject: the server or the person. */
export const errors = {
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
  E_AUTH_REFUSED: (p) => ({
    sentence: `${p.host} refuses ${p.account}: tried ${p.what}; it accepts ${p.methods}. It is not tried again by itself.`,
    remedy: 'Check account and key on the host (authorized_keys), then ask for a new look.',
  }),
  E_AUTH_PASSWORD: (p) => ({
    sentence: `${p.host} refuses the password of ${p.account}. It is not tried again by itself.`,
    remedy: 'Ask for a new look to enter it again.',
  }),
  E_AUTH_EXPIRED: (p) => ({
    sentence: `${p.host}: the password of ${p.account} has expired and must be changed.`,
    remedy: 'Log in with ssh once and change it.',
  }),
  E_AUTH_CLOSED: (p) => ({
    sentence: `${p.host} closed the connection while ${p.account} was logging in: ${p.text}.`,
    remedy: 'Look at the log of its sshd; the account may be expired or locked.',
  }),
  E_AUTH_NOTHING: (p) => ({
    sentence: `${p.host}: there is nothing to log in ${p.account} with: no agent, no key, no password. It accepts ${p.methods}.`,
    remedy: 'Write ssh.identity or ssh.secret in the estate file, or start an SSH agent.',
  }),
  E_AGENT: (p) => ({
    sentence: `${p.host}: the SSH agent could not be used: ${p.text}.`,
    remedy: 'Start the agent and add the key (ssh-add), then ask for a new look.',
  }),
  E_KEY_FILE: (p) => ({
    sentence: `${p.host}: the private key ${p.file} could not be read: ${p.text}.`,
    remedy: 'Check ssh.identity in the estate file.',
  }),
  E_KEY_MODE: (p) => ({
    sentence: `${p.host}: the private key ${p.file} is open to others (mode ${p.mode}) or not yours.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_KEY_PASSPHRASE: (p) => ({
    sentence: `${p.host}: the passphrase does not open the private key ${p.file}. It is not tried again by itself.`,
    remedy: 'Ask for a new look to enter it again.',
  }),
  E_NEEDS_ANSWER: (p) => ({
    sentence: `${p.host} needs an answer from you: ${asked(p.what)} of ${p.account}. A look in the background never asks.`,
    remedy: 'Ask for a look at this host; the console then asks.',
  }),
  E_ANSWER_DECLINED: (p) => ({
    sentence: `${p.host}: the question for ${asked(p.what)} of ${p.account} was declined.`,
    remedy: 'Ask for a new look when it is at hand.',
  }),
  E_SECRET_ENV: (p) => ({
    sentence: `${p.host}: the environment variable ${p.name} is not set.`,
    remedy: 'Set it before the console starts.',
  }),
  E_SECRET_FILE: (p) => ({
    sentence: `${p.host}: the secret file ${p.file} could not be read: ${p.text}.`,
    remedy: 'Check the file: reference in the estate file; it is relative to that file.',
  }),
  E_SECRET_MODE: (p) => ({
    sentence: `${p.host}: the secret file ${p.file} is open to others (mode ${p.mode}) or not yours.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_SECRET_KEYRING: (p) => ({
    sentence: `The keyring of this computer is not used: ${keyringTrouble(p.what)}.`,
    remedy: 'Answer when asked, keep the secret in the vault, or name it as env:NAME or file:PATH.',
  }),
  E_VAULT_LOCKED: () => ({
    sentence: 'The vault is locked.',
    remedy: 'Unlock it with its passphrase.',
  }),
  E_VAULT_PASSPHRASE: () => ({
    sentence: 'That is not the passphrase of the vault. It stays locked.',
    remedy: 'Try again. Without the passphrase nobody can open it: delete the file and begin a new one.',
  }),
  E_VAULT_DAMAGED: (p) => ({
    sentence: `${p.file} is not as the console wrote it${p.name === '' || p.name === '?' ? '' : ` (at ${p.name})`}. Nothing in it is used.`,
    remedy: 'Put back a copy of the file, or move it away and enter the secrets again.',
  }),
  E_VAULT_MODE: (p) => ({
    sentence: `${p.file} is open to others (mode ${p.mode}). Nothing in it is used.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_VAULT_NONE: () => ({
    sentence: 'There is no vault yet.',
    remedy: 'Set one up under Secrets in the window, or by: patronus secrets set.',
  }),
  E_VAULT_EXISTS: (p) => ({
    sentence: `There is a vault already: ${p.file}.`,
    remedy: 'Unlock it.',
  }),
  E_VAULT_WEAK: (p) => ({
    sentence: `A passphrase of fewer than ${p.limit} characters is not accepted.`,
    remedy: 'Take several words that do not belong together.',
  }),
  E_NEEDS_TERMINAL: () => ({
    sentence: 'A secret is asked for, and nobody is at a terminal.',
    remedy: 'Run it in a terminal: secrets are never taken from arguments or pipes.',
  }),
  E_STORE_BUSY: (p) => ({
    sentence: `Another console is writing: ${p.file} is held for more than 5 s.`,
    remedy: 'Try again. If no console runs any more, delete that file.',
  }),
  E_CHANNEL: (p) => ({
    sentence: `${p.host} opened no channel for ${p.name}: ${p.text}.`,
    remedy: 'Check MaxSessions and the limits of the account on the host.',
  }),
  E_NO_SHELL: (p) => ({
    sentence: `${p.host}: the login shell of ${p.account} did not run ${p.name}. It said: ${p.text}`,
    remedy: 'Give the account a login shell that runs commands (not nologin, no forced command).',
  }),
  E_COMMAND_TIMEOUT: (p) => ({
    sentence: `${p.host}: ${p.name} was sent and gave no answer in ${p.seconds} s. It may still run there.`,
    remedy: 'Look at the load and the disks of the host.',
  }),
  E_WRONG_TARGET: (p) => ({
    sentence: `${p.host} is not the server that the plan was made for. Planned: ${p.expected}. Found: ${p.got}. Nothing was changed.`,
    remedy: 'Find out why another server answers there, then make a new plan.',
  }),
  E_TARGET_UNCONFIRMED: (p) => ({
    sentence: `${p.host}: it cannot be confirmed that this is the server of the plan: ${p.what} cannot be compared. Nothing was changed.`,
    remedy: 'Make it readable for the account, then make a new plan.',
  }),
  E_CONFIG_HIDDEN: (p) => ({
    sentence: `${p.host}: ${p.account} may not read every option file of the SQL server, so nobody can tell what a restart would bring.`,
    remedy: 'Make the option files readable for the account.',
  }),
  E_BINLOG_UNREADABLE: (p) => ({
    sentence: `${p.host}: the binary log ${p.path} cannot be read: ${p.text}.`,
    remedy:
      'Give the acting account the lines that patronus grants prints for this host, or read the log there by hand.',
  }),
  E_BINLOG_ENCRYPTED: (p) => ({
    sentence: `${p.host}: the binary log ${p.path} is encrypted, and only its server has the key.`,
    remedy: 'What it holds is known when that server runs again; until then the loss is a lower bound.',
  }),
  E_BINLOG_DAMAGED: (p) => ({
    sentence: `${p.host}: the binary log ${p.path} cannot be understood from some place on.`,
    remedy: 'What comes before is told; look at the rest with mysqlbinlog or mariadb-binlog on that host.',
  }),
  E_NO_OLD_PRIMARY: (p) => ({
    sentence: `${p.name}: nobody can tell which of its servers is the primary that would be abandoned.`,
    remedy: 'Look at the Replication place: several take writes, or none is followed by the others.',
  }),
  E_BACKUP_MARK: (p) => ({
    sentence: `${p.host}: the mark of the last verified backup, ${p.file}, cannot be read: ${p.text}.`,
    remedy: 'Check backup.mark in the estate file, and that the account may see the file.',
  }),
  E_ARGUMENT: (p) => ({
    sentence: `${p.name}: an argument holds a NUL character and cannot be sent.`,
    remedy: 'Remove it from the estate file.',
  }),
  E_FORWARD_REFUSED: (p) => ({
    sentence: `${p.host} could not connect to ${p.address}:${p.port}: ${p.text}.`,
    remedy: 'Check that the service runs and listens there.',
  }),
  E_FORWARD_FORBIDDEN: (p) => ({
    sentence: `${p.host}: its sshd does not allow forwarding to ${p.address}:${p.port}.`,
    remedy: 'Allow it for this account: AllowTcpForwarding, PermitOpen.',
  }),
  E_LOST: (p) => ({
    sentence: `The SSH connection to ${p.host} was lost: ${p.text}.`,
    remedy: 'The console connects again at the next look.',
  }),
  E_SILENT: (p) => ({
    sentence: `${p.host} has not answered on its SSH connection for ${p.seconds} s, not even that it is alive.`,
    remedy: 'The console goes on trying to connect. Check the network between here and there, then the host.',
  }),
  E_CLOSED: () => ({
    sentence: 'The console is closing its connections.',
    remedy: 'Start it again.',
  }),
  E_ABORTED: (p) => ({
    sentence: `${p.host}: the call was cancelled.`,
    remedy: 'Ask again.',
  }),
  E_WOKE_UP: () => ({
    sentence: 'This desk slept meanwhile: what had been asked for before was not done.',
    remedy: 'Look at what is true now, then ask again.',
  }),
  E_SQL_NO_ACCOUNT: (p) => ({
    sentence: `${p.host}: the estate names no SQL account for ${p.name}.`,
    remedy: 'Write services[].sql.credentials in the estate file.',
  }),
  E_SQL_REFUSED: (p) => ({
    sentence: `${p.host}: nothing answers SQL on ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Check that the server runs, its port and bind_address.',
  }),
  E_SQL_HANDSHAKE: (p) => ({
    sentence: `${p.host}: what answers on ${p.address}:${p.port} does not speak as a MySQL server should: ${p.text}`,
    remedy: 'Check host and port of services[].sql in the estate file.',
  }),
  E_SQL_HUNG: (p) => ({
    sentence: `${p.host}: ${p.address}:${p.port} opens, but no SQL handshake after ${p.seconds} s. The server hangs or is stopped.`,
    remedy: 'Look at the server process on the host.',
  }),
  E_SQL_AUTH: (p) => ({
    sentence: `${p.host}: the SQL server refuses ${p.account} (${p.errno}: ${p.text}). It is not tried again by itself.`,
    remedy: 'Check user, host part and password of the account, then ask for a new look.',
  }),
  E_SQL_AUTH_PLUGIN: (p) => ({
    sentence: `${p.host}: the SQL server wants ${p.account} to log in by ${p.plugin}, which the console does not do.`,
    remedy: 'Use caching_sha2_password, or mysql_native_password on MariaDB.',
  }),
  E_SQL_INSECURE: (p) => ({
    sentence: `${p.host}: the SQL server asks for the password of ${p.account} over a path that is not protected to its end. Nothing was sent.`,
    remedy: 'Use sql.via: tls, or reach the server through the SSH of its own host.',
  }),
  E_SQL_TLS: (p) => ({
    sentence: `${p.host}: TLS with ${p.address}:${p.port} was refused: ${p.text}.`,
    remedy: 'Check sql.ca and sql.serverName (the name in the certificate) in the estate file.',
  }),
  E_SQL_TLS_NAME: (p) => ({
    sentence: `${p.host}: ${p.address} is an address; TLS needs the name in the certificate.`,
    remedy: 'Write sql.serverName in the estate file.',
  }),
  E_SQL_TOO_MANY: (p) => ({
    sentence: `${p.host}: the SQL server has no connection left (1040).`,
    remedy:
      'Look at Threads_connected and max_connections; MySQL keeps one place for SUPER or CONNECTION_ADMIN.',
  }),
  E_SQL_GRANT: (p) => ({
    sentence: `${p.host}: ${p.account} may not run ${p.name}: ${p.text}`,
    remedy: `Missing: ${p.privilege}.`,
  }),
  E_SQL_TIMEOUT: (p) => ({
    sentence: `${p.host}: the SQL server gave no answer to ${p.name} in ${p.seconds} s.`,
    remedy: 'Look at SHOW PROCESSLIST on the server.',
  }),
  E_SQL_LOST: (p) => ({
    sentence: `${p.host}: the SQL connection was lost during ${p.name}: ${p.text}`,
    remedy: 'The console connects again at the next look.',
  }),
  E_SQL_FAILED: (p) => ({
    sentence: `${p.host}: ${p.name} failed on the SQL server (${p.errno}): ${p.text}`,
    remedy: 'Look at the statement in the evidence.',
  }),
  E_HTTP: (p) => ({
    sentence: `${p.host}: ${p.address}:${p.port} gave no HTTP answer to ${p.name}: ${p.text}.`,
    remedy: 'Check services[].port and healthPath in the estate file.',
  }),
  E_HTTP_TIMEOUT: (p) => ({
    sentence: `${p.host}: ${p.address}:${p.port} gave no HTTP answer to ${p.name} in ${p.seconds} s.`,
    remedy: 'Look at the load of the service.',
  }),
  E_NO_ESTATE: () => ({ sentence: 'No estate is open.', remedy: 'Open an estate file.' }),
  E_NO_EVIDENCE: (p) => ({
    sentence: `${p.host}: nothing is kept of what was asked for.`,
    remedy: 'Look at the host again.',
  }),
  E_QUESTION_GONE: () => ({
    sentence: 'That question is no longer open; the answer was not used.',
    remedy: 'Look at the host again.',
  }),
  E_PARSE: (p) => ({
    sentence: `${p.host}: the answer to ${p.what} could not be understood.`,
    remedy: 'Look at the raw output in the evidence.',
  }),
  E_GTID: (p) => ({
    sentence: `${p.host}: “${p.text}” is no GTID set.`,
    remedy: 'Look at the raw output in the evidence.',
  }),
  E_HTTP_STATUS: (p) => ({
    sentence: `${p.host}: ${p.path} answers ${p.status}.`,
    remedy: 'Read the error log of the web server.',
  }),
  E_RECORDING_FILE: (p) => ({
    sentence: `${p.file} cannot be read as a recording: ${p.text}.`,
    remedy: 'Check the name and the rights of the file.',
  }),
  E_RECORDING_FORMAT: (p) => ({
    sentence: `${p.file} was recorded by version ${p.what} in a form that this version does not read.`,
    remedy: 'Open it with the version that made it.',
  }),
  E_RECORDING_DAMAGED: (p) => ({
    sentence: `${p.file} is damaged or cut off from line ${p.line} on; what comes before is shown.`,
    remedy: 'Get an undamaged copy if the rest is needed.',
  }),
  E_RECORDING_EMPTY: (p) => ({
    sentence: `${p.file} holds no look yet.`,
    remedy: 'Watch the estate first: open it, or patronus record.',
  }),
  E_RECORDING_BUSY: (p) => ({
    sentence: `Another console is recording ${p.name} already.`,
    remedy: 'Name a file of your own with --out FILE, or close the other console.',
  }),
  E_NOT_LIVE: () => ({
    sentence: 'What is shown is a recording; nothing is sent and nothing is changed from here.',
    remedy: 'Go back to live first.',
  }),
  E_STORE_READ: (p) => ({ sentence: `${p.file} cannot be read.`, remedy: 'Check the file and its rights.' }),
  E_STORE_WRITE: (p) => ({
    sentence: `${p.file} cannot be written.`,
    remedy: 'Check the folder, its rights and the free space.',
  }),
  E_JOURNAL_WRITE: (p) => ({
    sentence: `The journal in ${p.file} cannot be written: ${p.text}.`,
    remedy:
      'Check the folder, its rights and the free space. Until then nothing that changes a server is begun.',
  }),
  E_DISARMED: () => ({
    sentence: 'The console is disarmed: nothing is done to any server.',
    remedy: 'Arm it for this estate, then try again.',
  }),
  E_NO_CLUSTER: (p) => ({
    sentence: `The estate has no cluster ${p.name} with a server ${p.what}.`,
    remedy: 'Name a cluster of the estate, and one of its servers.',
  }),
  E_NO_PLAN: () => ({
    sentence: 'This console no longer holds that plan: there is a newer one, or the estate was closed.',
    remedy: 'Plan again.',
  }),
  E_LEVER_CLOSED: () => ({
    sentence: 'The lever is closed: nothing was done.',
    remedy: 'Read what keeps it closed, and open it again.',
  }),
  E_RUN_ACTS: (p) => ({
    sentence: `A run of this console is under way on ${p.name}.`,
    remedy: 'Let it end, undo it, or hand it over first.',
  }),
  E_INTERNAL: (p) => ({
    sentence: `The console failed: ${p.text}`,
    remedy: 'Copy the report; this is a fault of the console.',
  }),
  ...runErrors,
  ...leaseErrors,
} satisfies ErrorTexts;
