import type { ErrorTexts } from '../error-params';
import { leaseErrors } from './lease-errors';
import { loginErrors } from './login-errors';
import { measureErrors } from './measure-errors';
import { reachErrors } from './reach-errors';
import { runErrors } from './run-errors';
import { sqlErrors } from './sql-errors';
import { whatIfErrors } from './what-if-errors';

/** One sentence that names host and observation, and the next move. Subject: the server or the person. */
export const errors = {
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
  E_PRINT: (p) => ({
    sentence: `The PDF was not printed: ${p.text}.`,
    remedy: 'Take the same pages as HTML and print them from a browser.',
  }),
  E_PRINT_RUNTIME: (p) => ({
    sentence: `A PDF is printed by the console’s own runtime, and it is missing: ${p.file}.`,
    remedy: 'Take the same pages as HTML and print them from a browser, or install the console on this desk.',
  }),
  E_PLAN_WINDOW: () => ({
    sentence: 'The plan has no window yet: a calendar would have nothing in it.',
    remedy: 'Enter the window of the cutover first.',
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
  E_PLAN_FILE: (p) => ({
    sentence: `The window and the approved plan in ${p.file} cannot be read.`,
    remedy: 'Correct the file by hand, or move it away; the console does not write over it.',
  }),
  E_PLAN_OTHER: () => ({
    sentence: 'The plan is no longer the one that was shown: nothing was approved.',
    remedy: 'Read what has changed, then approve it.',
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
  ...reachErrors,
  ...loginErrors,
  ...sqlErrors,
  ...runErrors,
  ...leaseErrors,
  ...whatIfErrors,
  ...measureErrors,
} satisfies ErrorTexts;
