import { formatCount } from '@shared/text/format';
import { useEffect, useRef, useState } from 'react';
import { CallFailed } from '../frame/estate-states';
import { useKeys } from '../keys';
import { go, useRoute } from '../route';
import { EmptyState } from '../ui/empty-state';
import { useWords } from '../words';
import { EntryDrawer } from './entry-drawer';
import { JournalBar } from './journal-bar';
import { JournalStrip } from './journal-strip';
import { JournalTable, keyOf } from './journal-table';
import { filterOf, useDelayed, useEntries, wantedOf } from './use-journal';

/** Entries shown at first, and more for each "show older". */
const STEP = 100;
const MOST = 1_000;

/** Journal: what was known and done, when, by whom. */
export function JournalPlace() {
  const { journal } = useWords();
  const { route, setQuery } = useRoute();
  const field = useRef<HTMLInputElement>(null);
  const wanted = wantedOf(route);
  const text = useDelayed(wanted.text);
  const filter = filterOf({ ...wanted, text }, Date.now());
  const [limit, setLimit] = useState(STEP);
  const search = JSON.stringify(filter);
  useEffect(() => {
    if (search) setLimit(STEP);
  }, [search]);
  const { data, error, isFetching, refetch } = useEntries(filter, limit);
  const entries = data?.entries ?? [];
  const open = entries.find((entry) => keyOf(entry) === route.id) ?? null;

  const show = (id: string | null) => go({ place: 'journal', id, query: route.query });
  const buttonOf = (key: string) => document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`);
  const walk = (by: number) => {
    const focused = document.activeElement?.getAttribute('data-entry') ?? route.id;
    const at = entries.findIndex((entry) => keyOf(entry) === focused);
    const next = entries[at < 0 ? 0 : Math.min(entries.length - 1, Math.max(0, at + by))];
    if (!next) return;
    buttonOf(keyOf(next))?.focus();
    if (open) show(keyOf(next));
  };
  const close = () => {
    const key = route.id;
    show(null);
    if (key !== null) buttonOf(key)?.focus();
  };
  useKeys({
    '/': () => field.current?.focus(),
    J: () => walk(1),
    K: () => walk(-1),
    V: () => document.querySelector<HTMLElement>('.journal-actions .button')?.click(),
    Escape: () => (route.id === null ? setQuery({ filter: null }) : close()),
  });

  const count = data
    ? journal.count(formatCount(entries.length), formatCount(data.total))
    : journal.searching;
  return (
    <>
      <JournalBar wanted={wanted} field={field} count={count} onChange={setQuery} />
      <JournalStrip filter={filterOf(wanted, Date.now())} />
      <div className="with-drawer">
        <section className="work journal-list" aria-label={journal.columns.what} aria-busy={isFetching}>
          {error && <CallFailed error={error} onAgain={() => void refetch()} />}
          {data?.total === 0 && <EmptyState title={journal.none} more={journal.noneMore} />}
          {entries.length > 0 && <JournalTable entries={entries} selected={route.id} onOpen={show} />}
          {data && entries.length < Math.min(data.total, MOST) && (
            <button type="button" className="button journal-more" onClick={() => setLimit(limit + STEP)}>
              {journal.more}
            </button>
          )}
        </section>
        {open && <EntryDrawer key={keyOf(open)} entry={open} onClose={close} />}
      </div>
    </>
  );
}
