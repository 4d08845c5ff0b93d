import type { JournalEvent, JournalKind } from './entry';

/** What people look for in a journal. `events` is everything but the routine. */
export const GROUPS = [
  'events',
  'connections',
  'sent',
  'questions',
  'changes',
  'runs',
  'console',
  'routine',
] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Readonly<Record<JournalKind, Exclude<Group, 'events'>>> = {
  'console-started': 'console',
  'console-stopped': 'console',
  'estate-opened': 'console',
  'estate-refused': 'console',
  'estate-closed': 'console',
  connecting: 'connections',
  'egress-refused': 'connections',
  connected: 'connections',
  refused: 'connections',
  'host-key-refused': 'connections',
  lost: 'connections',
  closed: 'connections',
  prompt: 'questions',
  command: 'sent',
  statement: 'sent',
  request: 'sent',
  polled: 'routine',
  'host-key-recorded': 'changes',
  'ledger-changed': 'changes',
  'secret-stored': 'changes',
  'secret-deleted': 'changes',
  'recording-started': 'console',
  'recording-stopped': 'console',
  'journal-exported': 'console',
  armed: 'runs',
  disarmed: 'runs',
  'run-opened': 'runs',
  'run-decided': 'runs',
  intent: 'runs',
  outcome: 'runs',
  'run-closed': 'runs',
  gap: 'console',
  anchor: 'console',
  text: 'routine',
};

export const isKind = (text: string): text is JournalKind => Object.hasOwn(GROUP_OF, text);

export const isIn = (group: Group, kind: JournalKind): boolean =>
  group === 'events' ? GROUP_OF[kind] !== 'routine' : GROUP_OF[kind] === group;

/** Did it not come to what was wanted? An exit status is a value and no failure. */
export function isFailed(what: JournalEvent): boolean {
  switch (what.kind) {
    case 'refused':
    case 'host-key-refused':
    case 'egress-refused':
    case 'estate-refused':
    case 'lost':
    case 'gap':
      return true;
    case 'command':
    case 'statement':
    case 'request':
      return what.result.state === 'failed';
    case 'prompt':
      return what.outcome !== 'answered';
    case 'outcome':
      return what.result !== 'done';
    case 'run-closed':
      return what.end !== 'done';
    default:
      return false;
  }
}

/** The host it was about, or null. */
export const hostOf = (what: JournalEvent): string | null => ('host' in what ? what.host : null);
