import { IconFlask } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useKeys } from '../keys';
import { useRoute } from '../route';
import { ErrorSentence } from '../ui/error-sentence';
import { ScrollingSection } from '../ui/scrolling';
import { useWords } from '../words';
import { toggled } from './changes';
import { Consequences } from './consequences';
import { Levers } from './levers';
import { useWhatIf } from './use-what-if';
import { WhatIfGraph } from './what-if-graph';

/**
 * A drawing of what could be: the graph of the estate under a frame that nobody can take for the live one. Nothing here
 * acts, because there is nothing here that could.
 */
export function WhatIfPlace({
  tabs,
  titleOf,
  onLeave,
}: {
  tabs: ReactNode;
  /** What an input of the plan is called. */
  titleOf: (path: string) => string;
  onLeave: () => void;
}) {
  const { planScreen, ui } = useWords();
  const words = planScreen.whatIf;
  const { setQuery } = useRoute();
  const { changes, setChanges, found } = useWhatIf();
  useKeys({ 'Ctrl+Z': () => setChanges(changes.slice(0, -1)) });
  return (
    <div className="what-if" data-testid="what-if">
      <div className="what-if-ribbon">
        <IconFlask size={16} aria-hidden="true" />
        <strong>{found.ok ? found.value.title : words.title}</strong>
        <span>{words.drawing}</span>
        <span className="grow" />
        <button
          type="button"
          className="button"
          disabled={changes.length === 0}
          onClick={() => setChanges(changes.slice(0, -1))}
        >
          {words.undo} <kbd>Ctrl Z</kbd>
        </button>
        <button type="button" className="button" data-testid="leave-what-if" onClick={onLeave}>
          {words.leave} <kbd>Esc</kbd>
        </button>
      </div>
      <header className="bar">
        <h1>{ui.places.plan}</h1>
        {tabs}
        <span className="soft plan-window">{words.how}</span>
      </header>
      <div className="what-if-body" role="tabpanel" id="plan-panel" aria-labelledby="plan-tab-what-if">
        {found.ok && (
          <WhatIfGraph
            overlay={found.value.overlay}
            onStop={(node) => setChanges(toggled(changes, { kind: 'fail', node }))}
            onCut={(link) => setChanges(toggled(changes, { kind: 'cut', link }))}
          />
        )}
        <ScrollingSection className="what-if-side" label={words.consequences}>
          <Levers
            changes={changes}
            titles={found.ok ? found.value.changes.map(({ title }) => title) : []}
            onChanges={setChanges}
          />
          {found.ok ? (
            <Consequences
              whatIf={found.value}
              titleOf={titleOf}
              onInput={(path) => setQuery({ tab: 'assumptions', edit: path })}
            />
          ) : (
            found.error.map((error) => (
              <ErrorSentence key={`${error.code} ${JSON.stringify(error.params)}`} error={error} />
            ))
          )}
        </ScrollingSection>
      </div>
    </div>
  );
}
