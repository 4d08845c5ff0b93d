import path from 'node:path';
import { type JournalEntry, JournalRecord } from '@shared/journal/entry';
import { isIn, isKind } from '@shared/journal/groups';
import {
  type JournalFilter,
  type JournalPage,
  type JournalQuery,
  matcher,
  withTexts,
} from '@shared/journal/search';
import { dayFileOf, dayFiles, journalFolder, lanesOf, linesOf } from './lane-files';

const DAY_MS = 86_400_000;

/** The days of the journal that can hold what the filter finds, oldest first, each with its files by lane. */
async function daysOf(dataDir: string, filter: JournalFilter) {
  const root = journalFolder(dataDir);
  const days = new Map<string, { lane: string; file: string }[]>();
  for (const lane of await lanesOf(root)) {
    for (const name of await dayFiles(path.join(root, lane))) {
      if (filter.since !== undefined && name < dayFileOf(filter.since)) continue;
      // A routine minute is written when it is over: its file can be the next day's.
      if (filter.until !== undefined && name > dayFileOf(filter.until + DAY_MS)) continue;
      days.set(name, [...(days.get(name) ?? []), { lane, file: path.join(root, lane, name) }]);
    }
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, files]) => files);
}

/** The kind of a record, without the cost of reading all of it: most of a day is routine. */
const KIND = /"what":\{"kind":"([a-z-]+)"/;

/** What the filter finds in one file, in its order. Lines that are no record are for the verifier. */
async function* found(lane: string, file: string, filter: JournalFilter, signal: AbortSignal) {
  const texts = new Map<string, string>();
  const textOf = (id: string) => texts.get(id) ?? id;
  const matches = matcher(filter, textOf);
  for await (const { text } of linesOf(file)) {
    if (signal.aborted) return;
    const kind = KIND.exec(text)?.[1] ?? '';
    if (filter.group && kind !== 'text' && isKind(kind) && !isIn(filter.group, kind)) continue;
    const record = recordOf(text);
    if (record?.what.kind === 'text') texts.set(record.what.id, record.what.text);
    else if (record && matches(record))
      yield { lane, ...record, what: withTexts(record.what, textOf) } satisfies JournalEntry;
  }
}

function recordOf(line: string): JournalRecord | null {
  try {
    return JournalRecord.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

const byTime = (a: JournalEntry, b: JournalEntry): number =>
  a.at - b.at || a.lane.localeCompare(b.lane) || a.seq - b.seq;

/** One page of what the filter finds, newest first. An aborted search gives what it has. */
export async function searchJournal(
  dataDir: string,
  { filter, offset, limit }: JournalQuery,
  signal: AbortSignal,
): Promise<JournalPage> {
  const wanted = offset + limit;
  const entries: JournalEntry[] = [];
  let total = 0;
  for (const files of (await daysOf(dataDir, filter)).reverse()) {
    let newest: JournalEntry[] = [];
    for (const { lane, file } of files) {
      for await (const entry of found(lane, file, filter, signal)) {
        total += 1;
        newest.push(entry);
        // A long day: what can be on no page is let go.
        if (newest.length > 2 * wanted + 1_000) newest = newest.sort(byTime).slice(-wanted);
      }
    }
    if (entries.length < wanted) entries.push(...newest.sort(byTime).reverse());
  }
  return { total, entries: entries.slice(offset, wanted) };
}

/** All that the filter finds, oldest first. */
export async function* readJournal(
  dataDir: string,
  filter: JournalFilter,
  signal: AbortSignal,
): AsyncGenerator<JournalEntry> {
  for (const files of await daysOf(dataDir, filter)) {
    const day: JournalEntry[] = [];
    for (const { lane, file } of files)
      for await (const entry of found(lane, file, filter, signal)) day.push(entry);
    yield* day.sort(byTime);
  }
}
