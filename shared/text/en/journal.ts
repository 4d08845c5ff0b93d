import { type DisarmedBy, type EventOf, type JournalKind, repeatedIn } from '../../journal/entry';
import type { Decision, KnownBy } from '../../runbook/events';
import { formatDuration } from '../format';

/** Past tense: the journal says what was. One line each; the text itself and the route stand beside it. */
export type EventTexts = {
  readonly [K in JournalKind]: (what: EventOf<K>) => string;
};

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const gap = (what: EventOf<'gap'>): string => {
  switch (what.reason) {
    case 'torn-tail':
      return `The last line of ${what.file} was only a part: ${plural(what.bytes, 'byte', 'bytes')} cut off.`;
    case 'unclean-end':
      return 'The console before this one ended without closing: its last minute of routine looks may be missing.';
    case 'not-written':
      return `${plural(what.records, 'record', 'records')} could not be written and found no room to wait.`;
    case 'no-head':
      return 'The file that keeps the end of the chain was missing.';
  }
};

const DECISIONS: Readonly<Record<Decision, string>> = {
  start: 'begin',
  resume: 'resume',
  undo: 'undo what was done',
  hold: 'hold',
  'go-on': 'go on',
  go: 'go',
  again: 'one more round',
  enough: 'no more rounds',
  'no-go': 'no go',
  'take-over': 'take over',
  'hand-over': 'hand over',
  throttle: 'set the pace',
};
const KNOWN_BY: Readonly<Record<KnownBy, string>> = {
  answer: '',
  probe: ', as the servers say',
  checks: ', its checks held and nobody was asked',
};
const ENDS = { done: 'done', undone: 'undone', left: 'left as it is' };
const DISARMED: Readonly<Record<DisarmedBy, string>> = {
  person: 'somebody said so',
  expired: 'its time was over',
  slept: 'the desk slept',
  locked: 'the screen was locked',
  past: 'the past is shown',
  closed: 'the estate was closed',
};
const at = (step: string | undefined): string => (step === undefined ? '' : `, step ${step}`);
const by = (who: string | undefined): string => (who === undefined ? '' : ` (${who})`);

const events: EventTexts = {
  'console-started': (e) =>
    `Console ${e.version} started (${e.program === 'window' ? 'window' : 'command line'}).`,
  'console-stopped': () => 'Console stopped.',
  'estate-opened': (e) => `Estate ${e.estate} opened.`,
  'estate-refused': (e) => `Estate file refused: ${plural(e.codes.length, 'reason', 'reasons')}.`,
  'estate-closed': () => 'Estate closed.',
  connecting: (e) => `Connection to ${e.address}:${e.port} begun.`,
  'egress-refused': (e) => `Connection to ${e.address}:${e.port} not begun: the policy is "${e.policy}".`,
  connected: (e) => `Logged in as ${e.account} by ${e.method} (${e.via.toUpperCase()}).`,
  refused: (e) => `Not connected as ${e.account} (${e.via.toUpperCase()}).`,
  'host-key-refused': () => 'Host key refused: nothing was sent.',
  lost: (e) => `Connection of ${e.account} lost (${e.via.toUpperCase()}).`,
  closed: (e) => `Connection of ${e.account} closed (${e.via.toUpperCase()}).`,
  prompt: (e) => `Somebody was asked for ${e.what} of ${e.account}.`,
  command: (e) => e.text,
  statement: (e) => e.text,
  request: (e) => e.text,
  polled: (e) => {
    const texts = repeatedIn(e);
    const sent = texts.reduce((all, one) => all + one.sent.length, 0);
    return `${plural(sent, 'routine look', 'routine looks')}, ${plural(texts.length, 'text', 'texts')}.`;
  },
  'host-key-recorded': (e) => `Host key recorded: ${e.type} ${e.fingerprint}.`,
  'ledger-changed': (e) => (e.change === 'cleared' ? `${e.path} cleared.` : `${e.path} set: ${e.value}.`),
  'secret-stored': (e) => `Secret ${e.name} stored.`,
  'secret-deleted': (e) => `Secret ${e.name} deleted.`,
  'recording-started': (e) => `Recording started: ${e.file}.`,
  'recording-stopped': (e) => `Recording stopped: ${e.file}.`,
  'journal-exported': (e) => `Journal exported: ${plural(e.entries, 'entry', 'entries')}, ${e.format}.`,
  armed: (e) => `Console armed for ${e.estate}, for ${formatDuration(e.forMs, 'en')}.`,
  disarmed: (e) => `Console disarmed for ${e.estate}: ${DISARMED[e.why]}.`,
  'run-opened': (e) => `Run ${e.run} opened: ${e.procedure} of ${e.subject}, plan ${e.plan.slice(0, 8)}.`,
  'run-decided': (e) =>
    `Run ${e.run}${at(e.step)}: decided to ${DECISIONS[e.decision]}${e.rate ? ` to ${e.rate.level}` : ''}${by(e.by)}.`,
  intent: (e) =>
    `Run ${e.run}, step ${e.step}: about to ${e.phase === 'apply' ? 'act' : 'undo it'} as ${e.account}.`,
  outcome: (e) =>
    `Run ${e.run}, step ${e.step}: ${e.phase === 'undo' && e.result === 'done' ? 'undone' : e.result}${KNOWN_BY[e.by]}.`,
  'run-closed': (e) => `Run ${e.run} closed: ${ENDS[e.end]}.`,
  gap,
  anchor: (e) => `${plural(e.files.length, 'old file', 'old files')} removed, up to record ${e.lastSeq}.`,
  text: (e) => e.text,
};

export const journal = {
  events,
  groups: {
    events: 'All but routine',
    connections: 'Connections',
    sent: 'Sent',
    questions: 'Questions',
    changes: 'Changes',
    runs: 'Runs',
    console: 'Console',
    routine: 'Routine',
  },
  kinds: {
    'console-started': 'console',
    'console-stopped': 'console',
    'estate-opened': 'estate',
    'estate-refused': 'estate',
    'estate-closed': 'estate',
    connecting: 'connection',
    'egress-refused': 'policy',
    connected: 'connection',
    refused: 'connection',
    'host-key-refused': 'host key',
    lost: 'connection',
    closed: 'connection',
    prompt: 'question',
    command: 'command',
    statement: 'statement',
    request: 'request',
    polled: 'routine',
    'host-key-recorded': 'host key',
    'ledger-changed': 'ledger',
    'secret-stored': 'secret',
    'secret-deleted': 'secret',
    'recording-started': 'recording',
    'recording-stopped': 'recording',
    'journal-exported': 'journal',
    armed: 'arming',
    disarmed: 'arming',
    'run-opened': 'run',
    'run-decided': 'decision',
    intent: 'act',
    outcome: 'act',
    'run-closed': 'run',
    gap: 'gap',
    anchor: 'journal',
    text: 'text',
  },
  result: {
    done: 'done',
    exit: (status: number) => `exit ${status}`,
    http: (status: number) => `HTTP ${status}`,
    failed: 'failed',
    refused: 'refused',
    lost: 'lost',
    gap: 'missing',
    answered: 'answered',
    declined: 'declined',
    abandoned: 'abandoned',
    unknown: 'unknown',
    undone: 'undone',
    left: 'left as it is',
  },
  columns: {
    time: 'Time',
    host: 'Host',
    kind: 'Kind',
    what: 'What',
    result: 'Result',
    duration: 'Took',
    sent: 'Sent',
    text: 'Text',
    times: 'Times',
  },
  entry: {
    title: (lane: string, seq: number) => `record ${lane}/${seq}`,
    who: 'Who',
    when: 'When',
    host: 'Host',
    account: 'Account',
    route: 'Route',
    took: 'Took',
    result: 'Result',
    wanted: 'Wanted by',
    background: 'the watch',
    person: 'a person',
    name: 'Probe or step',
    run: 'Run',
    step: 'Step',
    attempt: (number: number) => `attempt ${number}`,
    evidence: 'Proved by',
    saved: 'Saved',
    bytes: 'Bytes received',
    hostKey: 'Host key',
    acceptedBy: (rule: string) => `accepted by ${rule}`,
    prompt: 'The server’s words',
    file: 'File',
    hash: 'Hash',
    prev: 'Hash before',
    parameters: 'Parameters of a statement are bound by the server and are not written down.',
  },
  filter: 'Filter: text, probe, account, code…',
  filterLabel: 'Filter the journal',
  kindsLabel: 'Kind',
  hostsLabel: 'Host',
  allHosts: 'All hosts',
  failedOnly: 'Failures only',
  range: { label: 'From', day: '24 h', week: '7 days', all: 'All' },
  count: (shown: string, total: string) => `${shown} of ${total}`,
  more: 'Show older',
  searching: 'Searching…',
  none: 'No entry fits.',
  noneMore: 'Take away the filter, or look further back.',
  verify: 'Verify',
  verifying: 'Verifying…',
  exportAs: (format: string) => `Export ${format}`,
  exported: (n: number, file: string) => `${plural(n, 'entry', 'entries')} written to ${file}.`,
  verdict: {
    whole: (records: string, since: string) =>
      `Chain whole: ${records} records since ${since}. None was altered, removed, inserted or moved.`,
    empty: 'No record yet.',
    gaps: (n: number) => `${plural(n, 'gap is', 'gaps are')} written in it: search for “gap”.`,
    broken: (lane: string, seq: number, file: string, line: number) =>
      `Chain broken at record ${lane}/${seq} (${file}, line ${line}):`,
    why: {
      unreadable: 'the line is no record.',
      altered: 'the record was altered after it was written.',
      missing: 'records are missing here.',
      'out-of-order': 'records were moved.',
      repeated: 'an earlier record stands here again.',
      foreign: 'the record does not follow from the one before it.',
      'torn-tail': 'the last line is only a part of a record.',
      'cut-tail': 'the end was cut off: the head on record is later.',
      'head-differs': 'the record is not the one that the head on record names.',
      'no-start': 'the first records are gone, and nothing says that they were removed by age.',
    },
    head: (lane: string, seq: number, hash: string) => `Lane ${lane} ends at record ${seq}: ${hash}`,
    known: 'The hash you named stands in the chain: everything up to it is what it was.',
    notKnown: 'The hash you named does not stand in the chain: it was written anew, or is another journal.',
  },
  failing: 'The journal cannot be written. Nothing that changes a server is begun until it can.',
  waiting: (waiting: string, lost: string) => `${waiting} records wait; ${lost} found no room.`,
};
