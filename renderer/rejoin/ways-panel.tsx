import type { RejoinLook, RejoinWay } from '@shared/rejoin/model';
import { mayStandOut } from '@shared/rejoin/rejoin-view';
import { fateText, wayText } from '@shared/text/rejoin-view-text';
import { Shape, Status } from '../ui/marks';
import { useWords } from '../words';

const MARKS = { can: 'ok', cannot: 'attention', unknown: 'unknown' } as const;

/**
 * Every way back, what it does, what becomes of the transactions that only this server has, and what speaks against it. None is
 * chosen beforehand; the recommended one is named, and stands out only where nothing is given up by it.
 */
export function WaysPanel({ look, onChoose }: { look: RejoinLook; onChoose: (way: RejoinWay) => void }) {
  const { rejoinView: words, language, plan } = useWords();
  return (
    <>
      <h2 className="label">{words.ways}</h2>
      <p className="soft">{words.waysMore}</p>
      {look.recommended === null && <p>{words.nothingRecommended}</p>}
      <ul className="ways-back" data-testid="rejoin-ways">
        {look.ways.map(({ way, can, because }) => (
          <li key={way} data-way={way} data-can={can} data-recommended={way === look.recommended}>
            <h3>
              {words.way[way]}
              {way === look.recommended && <span className="badge">{words.recommended}</span>}
            </h3>
            <p>{wayText(look, way, language)}</p>
            {can !== 'cannot' && (
              <p>
                <b>{fateText(look, way, language)}</b>
              </p>
            )}
            <Status mark={MARKS[can]} label={words.can[can]} />
            {because.length > 0 && (
              <ul className="said-list">
                {because.map((one) => (
                  <li key={JSON.stringify(one)}>
                    <Shape mark={can === 'unknown' ? 'unknown' : 'attention'} size={13} />
                    <span>{plan('rejoin', one)}</span>
                  </li>
                ))}
              </ul>
            )}
            {can !== 'cannot' && (
              <button
                type="button"
                className={mayStandOut(look, way) ? 'button button-main' : 'button'}
                data-testid={`way-${way}`}
                onClick={() => onChoose(way)}
              >
                {words.choose(words.way[way])}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
