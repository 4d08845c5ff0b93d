import {
  IconBook,
  IconChartDots,
  IconChecklist,
  IconGitMerge,
  IconKeyboard,
  IconSitemap,
} from '@tabler/icons-react';
import { formatRoute, PLACES, type Place } from '../route';
import { useWords } from '../words';

const PICTURES = {
  topology: IconSitemap,
  replication: IconGitMerge,
  plan: IconChartDots,
  runs: IconChecklist,
  journal: IconBook,
} satisfies Record<Place, typeof IconBook>;

/** The five places, always in the same order, each with its key. */
export function Rail({ place, onKeys }: { place: Place; onKeys: () => void }) {
  const { ui } = useWords();
  return (
    <nav className="rail" aria-label={ui.frame.places}>
      {PLACES.map((each, i) => {
        const Picture = PICTURES[each];
        return (
          <a
            key={each}
            href={formatRoute({ place: each, id: null, query: {} })}
            aria-current={each === place ? 'page' : undefined}
            data-testid={`place-${each}`}
          >
            <span className="rail-key" aria-hidden="true">
              {i + 1}
            </span>
            <Picture size={20} stroke={1.75} aria-hidden="true" />
            {ui.places[each]}
          </a>
        );
      })}
      <span className="grow" />
      <button type="button" onClick={onKeys} data-testid="keys">
        <span className="rail-key" aria-hidden="true">
          ?
        </span>
        <IconKeyboard size={20} stroke={1.75} aria-hidden="true" />
        {ui.frame.help}
      </button>
    </nav>
  );
}
