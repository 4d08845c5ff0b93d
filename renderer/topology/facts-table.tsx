import { factOf } from '@shared/kinds/fact-of';
import type { Field } from '@shared/kinds/kind';
import { answerOf } from '@shared/snapshot';
import { errorText } from '@shared/text/error-text';
import { useNow } from '../clock';
import { freshnessOf } from '../freshness';
import { evidenceOf, viaOf } from '../node-reading';
import { EvidenceView } from '../ui/evidence-view';
import { Status } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';

interface FactsTableProps {
  fields: readonly Field[];
  host: string;
  service: string | null;
  shown: string | null;
  onShow: (shown: string | null) => void;
}

/** Facts in the order of the kind: value, how it was read and how old it is. A fact nobody read is not listed. */
export function FactsTable({ fields, host, service, shown, onShow }: FactsTableProps) {
  const { ui, common, say, age, quantity, language } = useWords();
  const { snapshot } = useWatched();
  const now = useNow();
  const answer = answerOf(snapshot.hosts[host]);
  const told = service === null ? undefined : answer?.services[service]?.error;
  /** The reason in the reader's language where it is an error of the console; not again under every fact. */
  const why = (reason: string | undefined) => {
    if (reason === undefined || reason === told?.message) return null;
    const error = answer?.errors.find((each) => each.message === reason);
    return error ? errorText(error, language).sentence : reason;
  };
  const rows = fields.flatMap((field) => {
    const fact = factOf(answer, service, field.fact);
    return fact ? [{ field, fact, evidence: evidenceOf(answer, fact.evidence) }] : [];
  });
  if (!answer || rows.length === 0) return null;
  const old = freshnessOf(answer.at, now, snapshot) !== 'fresh';
  return (
    <table className={old ? 'facts facts-stale' : 'facts'}>
      <tbody>
        {rows.map(({ field, fact, evidence }) => {
          const key = `fact:${field.fact}`;
          const open = shown === key;
          const value = quantity(fact.value, field.format, field.unit ? say(field.unit) : '');
          return [
            <tr key={key} className={open ? 'fact-open' : ''}>
              <th scope="row">
                <button
                  type="button"
                  aria-expanded={open}
                  data-testid={`fact-${field.fact}`}
                  onClick={() => onShow(open ? null : key)}
                >
                  {say(field.label)}
                </button>
              </th>
              <td className={field.format === 'text' ? '' : 'mono'}>
                {fact.value === null ? (
                  <Status mark="unknown" label={common.unknown} />
                ) : (
                  <>
                    {value.text}
                    {value.unit && `\u00a0${value.unit}`}
                  </>
                )}
                {why(fact.why) && <span className="why">{why(fact.why)}</span>}
              </td>
              <td className="fact-source">
                {viaOf(evidence)} · {age(now - fact.at)}
              </td>
            </tr>,
            open && (
              <tr key={`${key} evidence`}>
                <td colSpan={3}>
                  {evidence ? (
                    <EvidenceView host={host} id={evidence.id} />
                  ) : (
                    <p className="soft">{ui.drawer.noEvidence}</p>
                  )}
                </td>
              </tr>
            ),
          ];
        })}
      </tbody>
    </table>
  );
}
