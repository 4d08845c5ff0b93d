import type { RowId } from '../../plan/runbook/row';

/** The words of one row of the runbook; `name` is the data set, the services or the clients that it is about. */
export interface RowWords {
  title: (name: string) => string;
  /** What has to be seen before the next step. */
  check: (name: string) => string;
  /** How it is undone; left out where there is nothing to undo. */
  undo?: (name: string) => string;
}

export const planRows: Record<RowId, RowWords> = {
  inventory: {
    title: () => 'Take stock: 14 days of connections, scheduled jobs, sessions, database accounts',
    check: () => 'No connection is left unexplained; batch and monthly jobs were asked for by name',
  },
  assess: {
    title: () => 'Assess what could block the move',
    check: () => 'No blocker is left, or each was waived by name',
  },
  build: {
    title: () => 'Build the target, with a second server of each kind',
    check: () => 'Configurations compared without a difference; availability and capacity suffice',
    undo: () => 'Delete the target',
  },
  measure: {
    title: () => 'Measure the link, the write rate, and two walks through the files',
    check: () => 'Confidence of 3 stars or more',
  },
  dump: {
    title: (name) => `Dump ${name}`,
    check: () => 'The dump ends with its last line, and holds its own position',
    undo: () => 'Delete the dump',
  },
  'send-dump': {
    title: (name) => `Send the dump of ${name}`,
    check: () => 'The same hash at both ends',
    undo: () => 'Delete the dump on the target',
  },
  load: {
    title: (name) => `Load ${name} on the target and start replicating`,
    check: () => 'Rows and checksums equal for each table; the lag falls to 0',
    undo: () => 'Drop the databases on the target',
  },
  scan: {
    title: (name) => `Walk through ${name} once`,
    check: () => 'The list of errors is empty',
  },
  copy: {
    title: (name) => `Copy ${name}, first pass`,
    check: () => 'The list of errors is empty',
    undo: () => 'Delete the copy on the target',
  },
  'per-file': {
    title: (name) => `Cost of the single files of ${name}`,
    check: () => 'As many files at both ends',
  },
  passes: {
    title: (name) => `Repeat for what has changed in ${name}, until it no longer gets shorter`,
    check: () => 'Each pass lies on the predicted curve',
  },
  deploy: {
    title: (name) =>
      `Install ${name} on the target: code, certificates, mounts, accounts; names instead of addresses`,
    check: () => 'The configuration is accepted; the trials pass through the raw address',
    undo: () => 'Delete it on the target',
  },
  rehearse: {
    title: () => 'Rehearse the whole cutover on copies, with the way back',
    check: () => 'P90 of the rehearsal within the window; every step that failed was changed',
    undo: () => 'Delete the copies',
  },
  'rehearse-again': {
    title: () => 'Rehearse again, with an outsider at the keyboard; fail over each tier; restore a backup',
    check: () => 'Recovery time and lost data, measured, are below what is asked for',
    undo: () => 'Delete the copies',
  },
  announce: {
    title: () => 'Announce the window, the minutes without service, and that people log in again',
    check: () => 'Everybody on the list has answered',
    undo: () => 'Tell them that it is put off',
  },
  'lower-ttl': {
    title: () => 'Lower the TTL of the names to 60 s, and wait out the old one; no deployments from now on',
    check: () => 'The name server and three resolvers show 60 s',
    undo: () => 'Set the old TTL',
  },
  compare: {
    title: (name) => `Compare ${name} on both sides, whole`,
    check: () => 'No difference, or each explained',
  },
  'compare-files': {
    title: (name) => `Compare ${name} on both sides: a sample of the old bytes, all that changed`,
    check: () => 'No difference, or each explained',
  },
  quiet: {
    title: () => 'Delta passes back to back, a backup of the source, scheduled jobs and imports off',
    check: () => 'The expected freeze is within the aim; lag below 1 s; no locks, no long transactions',
    undo: () => 'Scheduled jobs and imports on',
  },
  'stop-jobs': {
    title: (name) => `Stop ${name} here: two at once would do the work twice`,
    check: () => 'It does not run anywhere',
    undo: () => 'Start it here',
  },
  warm: {
    title: (name) => `Warm up ${name} on the target`,
    check: () => 'Hit rate as it is here',
  },
  'gate-1': {
    title: () => 'Gate 1: do we begin?',
    check: () => 'All readings passed, everybody is there',
    undo: () => 'Call it off',
  },
  freeze: {
    title: (name) =>
      name ? `Maintenance page on ${name}; let requests end` : 'Stop the requests; let them end',
    check: () => 'No writing session, no request under way',
    undo: () => 'Take the page away',
  },
  'read-only': {
    title: (name) => `${name} read-only on the source; note its position`,
    check: () => 'Read-only at both ends',
    undo: () => 'Open the source again',
  },
  'close-shares': {
    title: (name) => `${name} read-only; close what is open`,
    check: () => 'No file is open for writing',
    undo: () => 'Open the shares again',
  },
  'final-pass': {
    title: (name) => `Last pass over ${name}`,
    check: () => 'The list of errors is empty',
  },
  verify: {
    title: (name) => `Compare what the last pass of ${name} copied, by hash`,
    check: () => 'All hashes equal; 0 of 0 is no proof',
  },
  drain: {
    title: (name) => `Replica of ${name} has everything: GTID sets equal`,
    check: () => 'The wait ends with 0, and nothing is missing',
  },
  'gate-2': {
    title: () => 'Gate 2: do we promote?',
    check: () => 'All readings passed, before the turn-back time; two people',
    undo: () => 'The abort card: undo 17, 16, 15',
  },
  promote: {
    title: (name) => `Promote the replica of ${name}: the point of no return`,
    check: () => 'Exactly one server takes writes',
    undo: () => 'Only through the reverse channel: rollback R',
  },
  reverse: {
    title: (name) => `Replicate ${name} back to the old server, and see that it works`,
    check: () => 'Both threads run, GTID sets converge; the old server stays read-only',
    undo: () => 'Stop; without it, nobody may write',
  },
  'reverse-files': {
    title: (name) => `Copy what changes in ${name} back to the old share`,
    check: () => 'The first pass back ends without an error',
    undo: () => 'Stop the copying',
  },
  switch: {
    title: (name) => `Point ${name} on the target to the new database and share`,
    check: () => 'The hash of the configuration is the rehearsed one',
    undo: () => 'The previous configuration',
  },
  sessions: {
    title: (name) =>
      `${name}: sessions on the target, or people log in again; the same cookie secret and domain`,
    check: () => 'A session of before is accepted, or the login page is shown',
    undo: () => 'The previous session store',
  },
  check: {
    title: () => 'Check by script: log in, read, write, upload, download',
    check: () => 'Every trial of the list passed, the refused one too',
    undo: () => 'Rollback R',
  },
  'gate-3': {
    title: () => 'Gate 3: do we open?',
    check: () => 'The way back is verified, every trial passed',
    undo: () => 'Rollback R',
  },
  open: {
    title: () => 'Let users in: DNS to the target, the old front as a bridge',
    check: () => 'A test user comes through the public name',
    undo: () => 'The names back, and only with the reverse channel level',
  },
  'client-tail': {
    title: (name) => `Wait until ${name} have chosen anew: they keep their server for this long`,
    check: () => 'No request reaches the old servers any more',
  },
  watch: {
    title: () => 'Watch errors, lag both ways and hits on the old address',
    check: () => 'All limits kept for 30 min',
    undo: () => 'Rollback R',
  },
  resume: {
    title: () => 'Start scheduled jobs, backups, replica and monitoring on the target',
    check: () => 'The first backup was restored and verified',
  },
  keep: {
    title: () => 'Keep the way back for a week, compare daily, then end it and raise the TTL',
    check: () => 'The owner has signed; from then on nothing leads back',
  },
  retire: {
    title: () => 'Old servers off the network, a last archive, contracts ended, review of the cutover',
    check: () => 'Planned and actual times were compared',
  },
  'back-fence': {
    title: (name) => `${name} read-only on the target`,
    check: () => 'Read-only at both ends',
  },
  'back-drain': {
    title: (name) => `The old server of ${name} has everything: GTID sets equal`,
    check: () => 'The wait ends with 0, and nothing is missing',
  },
  'back-promote': {
    title: (name) => `End the reverse channel of ${name} and promote the old server`,
    check: () => 'Exactly one server takes writes',
  },
  'back-files': {
    title: (name) => `Last pass of ${name} back to the old share`,
    check: () => 'The list of errors is empty',
  },
  'back-switch': {
    title: (name) => `Point ${name} to the old database and share`,
    check: () => 'The hash of the configuration is the one of before',
  },
  'back-check': {
    title: () => 'The same trials on the old servers',
    check: () => 'Every trial of the list passed',
  },
  'back-open': {
    title: () => 'Names back to the old servers, and wait out their TTL',
    check: () => 'A test user comes through the public name',
  },
};
