import type { AppError } from '@shared/errors';
import { errorText } from '@shared/text/error-text';
import { useWords } from '../words';
import { Shape } from './marks';

/** What stood in the way: the sentence, the next move, and the code for whoever asks. */
export function ErrorSentence({
  error,
  mark = 'unknown',
  isOver = false,
}: {
  error: AppError;
  mark?: 'unknown' | 'critical';
  /** There is no next move any more. */
  isOver?: boolean;
}) {
  const { language } = useWords();
  const { sentence, remedy } = errorText(error, language);
  return (
    <div className="error-sentence" data-testid="error" data-code={error.code}>
      <Shape mark={mark} size={14} />
      <div>
        <p className="strong">{sentence}</p>
        {remedy && !isOver && <p className="soft">{remedy}</p>}
        <p className="code">{error.code}</p>
      </div>
    </div>
  );
}
