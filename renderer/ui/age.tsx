import { useNow } from '../clock';
import { useWords } from '../words';

/** How old something is, counted by the window's one clock. */
export function Age({ at }: { at: number }) {
  const { age } = useWords();
  const now = useNow();
  return <span className="age">{age(Math.max(0, now - at))}</span>;
}
