import type { PlanAssumption } from '@shared/views/plan';
import { useRoute } from '../route';
import { Age } from '../ui/age';
import { SourceChip } from '../ui/chips';
import { keyed } from '../ui/keyed';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** One line of an opened number, in words: itself, a term of its formula, or who says so. */
export interface ShownLine {
  /** 0 is the number itself. */
  depth: number;
  /** Its name in the formula above it. */
  term?: string | undefined;
  title: string;
  symbols?: string | undefined;
  cite?: string | undefined;
  /** null: unknown. */
  value?: string | null | undefined;
  source?: PlanAssumption['source'] | undefined;
  origin?: string | undefined;
  at?: number | undefined;
  /** Of an input: where it is entered. */
  path?: string | undefined;
  lacks: readonly string[];
}

/** Deeper than this nothing is moved further to the right: the drawer is narrow. */
const DEEPEST = 5;

/** A number down to its sources, each term under its formula. */
export function OpenedLines({ lines }: { lines: readonly ShownLine[] }) {
  return (
    <ol className="opened" data-testid="opened">
      {keyed(lines, ({ depth, term, title }) => `${depth} ${term} ${title}`).map(({ key, one }) => (
        <OpenedLine key={key} line={one} />
      ))}
    </ol>
  );
}

function OpenedLine({ line }: { line: ShownLine }) {
  const { planScreen, common } = useWords();
  const { setQuery } = useRoute();
  const { depth, term, title, symbols, cite, value, source, origin, at, path, lacks } = line;
  return (
    <li className={`opened-line opened-${Math.min(depth, DEEPEST)}`} data-source={source}>
      <div className="opened-head">
        <span>
          {term && <code className="opened-term">{term}</code>} {title}
        </span>
        <strong>{value ?? common.unknown}</strong>
      </div>
      {symbols && (
        <code className="opened-formula">
          {symbols}
          {cite && ` (${cite})`}
        </code>
      )}
      {(source || origin) && (
        <p className="opened-source">
          {source && <SourceChip source={source} />}
          <span className="foreign">{origin}</span>
          {at !== undefined && <Age at={at} />}
        </p>
      )}
      {lacks.map((lack) => (
        <p key={lack} className="opened-lack">
          <Shape mark="unknown" /> {lack}
        </p>
      ))}
      {path && (
        <button
          type="button"
          className="link-button"
          onClick={() => setQuery({ tab: 'assumptions', edit: path, open: null })}
        >
          {planScreen.drawer.edit}
        </button>
      )}
    </li>
  );
}
