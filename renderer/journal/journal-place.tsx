import { EmptyState } from '../ui/empty-state';
import { useWords } from '../words';

/** Journal: what was known and done, when, by whom. Nothing was done yet. */
export function JournalPlace() {
  const { ui } = useWords();
  return (
    <>
      <header className="bar">
        <h1>{ui.places.journal}</h1>
      </header>
      <EmptyState title={ui.states.emptyJournal} more={ui.states.emptyJournalMore} />
    </>
  );
}
