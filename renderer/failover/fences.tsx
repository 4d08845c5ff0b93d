import type { FailoverLook, FenceWay } from '@shared/failover/model';
import { fenceText } from '@shared/text/failover-text';
import { type Mark, Status } from '../ui/marks';
import { useWords } from '../words';

const MARKS: Readonly<Record<FenceWay['can'], Mark>> = {
  can: 'ok',
  cannot: 'attention',
  done: 'note',
  unknown: 'unknown',
};

/** Every way to keep the old primary from taking writes: whether it works now, and why. */
export function Fences({ look: { fences } }: { look: FailoverLook }) {
  const { failover, language } = useWords();
  const words = failover.fences;
  return (
    <>
      <h2 className="label">{words.title}</h2>
      <ul className="fences" data-testid="fences">
        {fences.map((way) => (
          <li key={`${way.kind} ${way.id} ${way.host}`} data-can={way.can} data-kind={way.kind}>
            <Status mark={MARKS[way.can]} label={words.can[way.can]} />
            <span>
              <b>
                {words.way[way.kind]}
                {way.id !== '' && <span className="mono"> {way.id}</span>}
              </b>{' '}
              <span className="soft">{fenceText(way, language)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
