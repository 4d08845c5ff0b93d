import type { AppError } from '@shared/errors';
import { useAction } from '../api';
import { useMoment } from '../recording/moment';
import { useWords } from '../words';

/** Where a look stopped because only a person can answer: the look that asks. Nothing is asked while the past is shown. */
export function AskButton({ host, error }: { host: string; error: AppError }) {
  const { ui } = useWords();
  const { mutate: look, isPending } = useAction('watch.look');
  const moment = useMoment();
  if (moment !== null || !ASKS.has(error.code)) return null;
  return (
    <p className="ask">
      <button
        type="button"
        className="button"
        disabled={isPending}
        onClick={() => look({ host })}
        data-testid="ask"
      >
        {ui.palette.lookHost(host)}
      </button>
    </p>
  );
}

const ASKS = new Set(['E_NEEDS_ANSWER', 'E_ANSWER_DECLINED']);
