import { toAppError } from '@shared/errors';
import { IconDeviceFloppy, IconPrinter } from '@tabler/icons-react';
import { useAction } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';

/** The plan on paper, or as a script to paste by hand. */
export function Keeping({ hash }: { hash: string }) {
  const { runs } = useWords();
  const words = runs.switchover;
  const save = useAction('runbook.save');
  return (
    <div className="keeping">
      <button
        type="button"
        className="button"
        data-testid="save-script"
        disabled={save.isPending}
        onClick={() => save.mutate({ plan: hash })}
      >
        <IconDeviceFloppy size={14} aria-hidden="true" />
        {words.save}
      </button>
      <button type="button" className="button" data-testid="print" onClick={() => window.print()}>
        <IconPrinter size={14} aria-hidden="true" />
        {words.print}
      </button>
      <span className="note mono" role="status">
        {save.data?.file ? words.saved(save.data.file) : ''}
      </span>
      {save.error && <ErrorSentence error={toAppError(save.error)} />}
    </div>
  );
}
