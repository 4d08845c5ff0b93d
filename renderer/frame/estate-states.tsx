import { type AppError, toAppError } from '@shared/errors';
import { errorText } from '@shared/text/error-text';
import { useEffect, useState } from 'react';
import { callOptions, queryClient, useAction } from '../api';
import { OpenRecordingButton } from '../recording/open-recording';
import { EmptyState } from '../ui/empty-state';
import { ErrorSentence } from '../ui/error-sentence';
import { keyed } from '../ui/keyed';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** Asks for a file in main's own dialog. */
function OpenButton() {
  const { ui } = useWords();
  const choose = useAction('estate.choose');
  return (
    <>
      <button
        type="button"
        className="button button-main"
        data-testid="open-estate"
        disabled={choose.isPending}
        onClick={() =>
          choose.mutate(undefined, {
            onSuccess: (opened) =>
              queryClient.setQueryData(callOptions('estate.get', undefined).queryKey, opened),
          })
        }
      >
        {ui.frame.open}
      </button>
      {choose.error && <ErrorSentence error={toAppError(choose.error)} />}
    </>
  );
}

/** No estate was opened. */
export function NoEstate() {
  const { ui } = useWords();
  return (
    <EmptyState title={ui.states.emptyEstate} more={ui.states.emptyEstateMore}>
      <OpenButton />
      <OpenRecordingButton />
      <p className="soft">{ui.states.emptyEstateFile}</p>
    </EmptyState>
  );
}

/** The file cannot be opened as an estate: every problem, with its place. */
export function RefusedEstate({ file, problems }: { file: string; problems: readonly AppError[] }) {
  const { ui, language } = useWords();
  return (
    <section className="refused" data-testid="refused-estate">
      <h2>
        <Shape mark="critical" size={16} /> {ui.states.refused(problems.length)}
      </h2>
      <p className="soft">
        <span className="mono">{file}</span> · {ui.states.refusedMore}
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{ui.states.refusedTable.place}</th>
            <th scope="col">{ui.states.refusedTable.what}</th>
            <th scope="col">{ui.states.refusedTable.todo}</th>
          </tr>
        </thead>
        <tbody>
          {keyed(problems, ({ message }) => message).map(({ key, one: problem }) => {
            const { sentence, remedy } = errorText(problem, language);
            const { line, column, path } = problem.params ?? {};
            return (
              <tr key={key}>
                <td className="mono">
                  {line === undefined ? '' : `${line}:${column ?? 1}`}
                  {path !== undefined && <span className="soft"> {path}</span>}
                </td>
                <td>{sentence}</td>
                <td className="soft">{remedy}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="empty-actions">
        <OpenButton />
      </div>
    </section>
  );
}

/** Nothing for the first 400 ms, then the sentence: a flash of words helps nobody. */
export function Waiting({ text }: { text: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return shown ? (
    <p className="waiting" role="status">
      {text}
    </p>
  ) : null;
}

/** A call that failed: what happened, and asking again. */
export function CallFailed({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { ui } = useWords();
  return (
    <EmptyState title={ui.states.callFailed}>
      <ErrorSentence error={toAppError(error)} mark="critical" />
      <button type="button" className="button" onClick={onAgain}>
        {ui.states.again}
      </button>
    </EmptyState>
  );
}
