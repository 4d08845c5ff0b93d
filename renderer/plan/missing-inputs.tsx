import type { Plan } from '@shared/views/plan';
import { useRoute } from '../route';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** More than these are listed on their own tab. */
const MOST = 6;

/** What a picture or a number waits for; each name opens the form for it. */
export function MissingInputs({ plan, paths, says }: { plan: Plan; paths: readonly string[]; says: string }) {
  const { planScreen } = useWords();
  const { setQuery } = useRoute();
  const title = (path: string) => plan.assumptions.find((each) => each.path === path)?.title ?? path;
  const more = paths.length - MOST;
  return (
    <div className="missing-inputs">
      <p>
        <Shape mark="unknown" /> {says}
        {paths.length > 0 && ` ${planScreen.overview.waitsFor}`}
      </p>
      <ul>
        {paths.slice(0, MOST).map((path) => (
          <li key={path}>
            <button
              type="button"
              className="link-button"
              onClick={() => setQuery({ tab: 'assumptions', edit: path })}
            >
              {title(path)}
            </button>
          </li>
        ))}
        {more > 0 && (
          <li>
            <button type="button" className="link-button" onClick={() => setQuery({ tab: 'assumptions' })}>
              {planScreen.overview.more(more)}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
