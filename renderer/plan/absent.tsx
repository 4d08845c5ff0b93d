import { useWords } from '../words';

/** Nobody knows: a dash, and the word for whoever cannot see it. */
export function Absent() {
  const { common } = useWords();
  return (
    <span className="absent">
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{common.unknown}</span>
    </span>
  );
}
