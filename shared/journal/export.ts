import { csvLine } from '../paper/csv';
import type { RunEvent } from '../runbook/events';
import { type JournalEntry, repeatedIn } from './entry';
import { hostOf, isFailed } from './groups';

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = [
  'time',
  'who',
  'host',
  'kind',
  'account',
  'route',
  'name',
  'text',
  'result',
  'durationMs',
  'lane',
  'seq',
  'hash',
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string | number>>;

/** What stands before the first entry. */
export const exportHead = (format: ExportFormat): string => (format === 'csv' ? csvLine(COLUMNS) : '');

/**
 * One entry as text. JSON Lines: the entry as it is, texts in full. CSV (RFC 4180): one row for each sending,
 * those of a routine minute too, each with its own time.
 */
export function exportEntry(entry: JournalEntry, format: ExportFormat): string {
  return format === 'jsonl' ? `${JSON.stringify(entry)}\n` : rowsOf(entry).map(printRow).join('');
}

const printRow = (row: Row): string => csvLine(COLUMNS.map((column) => row[column]));

function rowsOf(entry: JournalEntry): Row[] {
  const { at, who, lane, seq, hash, what } = entry;
  const time = new Date(at).toISOString();
  const chain = { lane, seq, hash };
  const host = hostOf(what) ?? '';
  if (what.kind === 'polled') {
    return repeatedIn(what).flatMap(({ kind, account, route, name, text, status, sent }) => {
      let sentAt = at;
      return sent.map(([since, durationMs]): Row => {
        sentAt += since;
        const result = status === null ? 'done' : `done ${status}`;
        const own = { time: new Date(sentAt).toISOString(), who, host, kind, account, route, name, text };
        return { ...own, result, durationMs, ...chain };
      });
    });
  }
  const common = { time, who, host, kind: what.kind, ...chain };
  const account = 'account' in what ? what.account : '';
  const route = 'route' in what ? what.route : 'address' in what ? `${what.address}:${what.port}` : '';
  const name = 'name' in what ? what.name : 'run' in what ? runName(what) : '';
  const durationMs = 'durationMs' in what ? Math.round(what.durationMs) : '';
  return [{ ...common, account, route, name, text: textOf(entry), result: resultOf(entry), durationMs }];
}

/** Which run, and which of its steps. */
const runName = (event: RunEvent): string =>
  'step' in event && event.step !== undefined ? `${event.run} ${event.step}` : event.run;

function textOf({ what }: JournalEntry): string {
  switch (what.kind) {
    case 'command':
    case 'statement':
    case 'request':
    case 'intent':
      return what.text;
    case 'run-opened':
      return `${what.procedure} ${what.subject} ${what.plan}`;
    case 'run-decided':
      return [what.decision, what.by ?? '', what.text ?? ''].join(' ').trim();
    case 'outcome':
      return [what.phase, ...Object.entries(what.evidence ?? {}).map(([id, value]) => `${id}=${value}`)].join(
        ' ',
      );
    case 'prompt':
      return what.prompt === '' ? what.what : `${what.what}: ${what.prompt}`;
    case 'connected':
      return [what.method, what.hostKey?.fingerprint ?? ''].join(' ').trim();
    case 'host-key-recorded':
      return `${what.type} ${what.fingerprint} ${what.file}`;
    case 'ledger-changed':
      return `${what.path} ${what.value ?? ''}`.trim();
    case 'armed':
      return `${what.estate} ${what.forMs} ms`;
    case 'disarmed':
      return `${what.estate} ${what.why}`;
    case 'gap':
      return [what.reason, 'bytes' in what ? what.bytes : '', 'records' in what ? what.records : '']
        .join(' ')
        .trim();
    default:
      return 'file' in what ? what.file : '';
  }
}

/** A word a script can test: what the event came to. */
function resultOf({ what }: JournalEntry): string {
  if ('error' in what && what.error) return what.error.code;
  if (what.kind === 'prompt') return what.outcome;
  if (what.kind === 'outcome') return what.result;
  if (what.kind === 'run-closed') return what.end;
  if ('result' in what) {
    if (what.result.state === 'failed') return what.result.error.code;
    return what.result.status === null ? 'done' : `done ${what.result.status}`;
  }
  return isFailed(what) ? 'failed' : '';
}
