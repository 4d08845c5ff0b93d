import { toAppError } from '@shared/errors';
import { EXPORT_FORMATS } from '@shared/journal/export';
import type { JournalVerdict } from '@shared/journal/journal';
import { verdictLines } from '@shared/journal/paper';
import type { JournalFilter } from '@shared/journal/search';
import { formatCount } from '@shared/text/format';
import { useEffect, useState } from 'react';
import { client, useAction, useCall } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** Whether the journal is written, whether it is whole, and how to take it away. */
export function JournalStrip({ filter }: { filter: JournalFilter }) {
  const { journal } = useWords();
  const [verdict, setVerdict] = useState<JournalVerdict | null>(null);
  const [checking, setChecking] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const exporting = useAction('journal.export');

  const verify = () => {
    setChecking(true);
    setFailed(null);
    client
      .call('journal.verify', undefined)
      .then(setVerdict, setFailed)
      .finally(() => setChecking(false));
  };
  const trouble = failed ?? exporting.error;
  return (
    <section className="journal-strip" aria-label={journal.verify}>
      <div className="journal-actions">
        <button type="button" className="button" disabled={checking} onClick={verify}>
          {checking ? journal.verifying : journal.verify} <kbd>V</kbd>
        </button>
        {EXPORT_FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            disabled={exporting.isPending}
            onClick={() => exporting.mutate({ filter, format })}
          >
            {journal.exportAs(format === 'csv' ? 'CSV' : 'JSON Lines')}
          </button>
        ))}
        <div role="status" className="journal-said" data-testid="journal-said">
          {verdict && <Verdict verdict={verdict} />}
          {exporting.data?.file && <p>{journal.exported(exporting.data.entries, exporting.data.file)}</p>}
        </div>
      </div>
      {trouble !== null && <ErrorSentence error={toAppError(trouble)} mark="critical" />}
      <Failing />
    </section>
  );
}

function Verdict({ verdict }: { verdict: JournalVerdict }) {
  const { language, zone } = useWords();
  return (
    <div className={verdict.whole ? 'journal-whole' : 'journal-broken'} data-whole={verdict.whole}>
      <Shape mark={verdict.whole ? 'proved' : 'critical'} size={14} />
      <div>
        {verdictLines(verdict, language, zone).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}

/** Nothing while all is well. */
function Failing() {
  const { journal } = useWords();
  const { data, refetch } = useCall('journal.status', undefined);
  useEffect(() => client.on('journal.changed', () => void refetch()), [refetch]);
  if (!data?.error) return null;
  return (
    <div className="journal-failing" data-testid="journal-failing">
      <p className="strong">{journal.failing}</p>
      <ErrorSentence error={data.error} mark="critical" />
      <p className="soft">{journal.waiting(formatCount(data.waiting), formatCount(data.lost))}</p>
    </div>
  );
}
