import { toAppError } from '@shared/errors';
import { useAction } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';

/** Asks for a recording in main's own dialog and shows it. */
export function OpenRecordingButton() {
  const { recording } = useWords();
  const choose = useAction('recording.choose');
  return (
    <>
      <button
        type="button"
        className="button"
        data-testid="open-recording"
        disabled={choose.isPending}
        onClick={() => choose.mutate(undefined)}
      >
        {recording.choose}
      </button>
      {choose.error && <ErrorSentence error={toAppError(choose.error)} />}
    </>
  );
}
