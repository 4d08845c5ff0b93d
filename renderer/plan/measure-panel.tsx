import { toAppError } from '@shared/errors';
import { factsText } from '@shared/measure/facts-text';
import { costText } from '@shared/measure/measure-text';
import type { MeasureOffer } from '@shared/measure/model';
import { useCall } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { useMeasurement } from './use-measurement';

/** What can be measured for an input: what it does there, as whom, what it costs at most, and what it came to. */
export function MeasurePanel({ path }: { path: string }) {
  const { data: offers = [] } = useCall('measure.list', undefined);
  return offers
    .filter(({ enters }) => enters.includes(path))
    .map((offer) => <Offer key={`${offer.kind} ${offer.subject}`} offer={offer} />);
}

function Offer({ offer }: { offer: MeasureOffer }) {
  const { measure, planScreen, language } = useWords();
  const { ledger } = planScreen;
  const { start, cancel, running, progress, result, error } = useMeasurement(offer);
  return (
    <div className="measure" data-testid={`measure-${offer.kind}`}>
      <p>
        <strong>{measure.titles[offer.kind]}</strong>
        <span className="soft">
          {' '}
          · {measure.kinds[offer.kind]}
          {offer.account && ` · ${measure.columns.account} ${offer.account}`} ·{' '}
          {costText(offer.request, language)}
        </span>
      </p>
      {offer.lacks ? (
        <p className="note">{measure.lacks[offer.lacks]}</p>
      ) : running ? (
        <p className="measure-line">
          <span aria-live="polite">{progress ?? '…'}</span>
          <button type="button" className="button" onClick={cancel}>
            {ledger.stop}
          </button>
        </p>
      ) : (
        <button type="button" className="button" onClick={start}>
          {ledger.measure}
        </button>
      )}
      {result && (
        <p className="note" role="status">
          {factsText(result.facts, language).join(' · ')}
          {result.outcome.state === 'unknown' &&
            ` ${measure.nothing} ${measure.notEnough[result.outcome.why]}`}
        </p>
      )}
      {error && <ErrorSentence error={toAppError(error)} />}
    </div>
  );
}
