import { linearScale } from '@shared/charts/scale';
import type { RunPlan } from '@shared/runbook/plan';
import { useRef } from 'react';
import { blockedTime } from '../runs/planned-times';
import { useSize } from '../topology/use-size';
import { useWords } from '../words';

const HEIGHT = 46;

/** For how long nobody can write: likely and rarely, on a line that ends where all is undone. */
export function DurationLine({ plan }: { plan: RunPlan }) {
  const { runs, duration } = useWords();
  const words = runs.switchover;
  const time = blockedTime(plan);
  return (
    <section className="duration" data-testid="duration">
      <h2 className="label">{words.duration}</h2>
      {time === null ? (
        <p>{words.durationUnknown}</p>
      ) : (
        <>
          <p>
            <b>{words.durationValue(duration(time.p50Ms), duration(time.p90Ms))}</b>{' '}
            <span className="soft">
              {words.durationBasis[time.basis]}
              {time.missing > 0 && `; ${words.durationMissing(time.missing)}`}
            </span>
          </p>
          {plan.limitMs !== null && <Line p50={time.p50Ms} p90={time.p90Ms} limit={plan.limitMs} />}
        </>
      )}
    </section>
  );
}

function Line({ p50, p90, limit }: { p50: number; p90: number; limit: number }) {
  const { runs, duration } = useWords();
  const words = runs.switchover;
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const x = linearScale([0, Math.max(limit, p90) * 1.08], [1, Math.max(2, width - 1)]);
  return (
    <div ref={box} className="duration-line">
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={words.chart(duration(p50), duration(p90), duration(limit))}
        >
          <path className="duration-axis" d={`M0 22H${width}M1 18v8M${x(limit)} 8v24`} />
          <rect
            className="duration-band"
            x={x(p50)}
            y="16"
            width={Math.max(3, x(p90) - x(p50))}
            height="12"
          />
          <circle className="duration-dot" cx={x(p50)} cy="22" r="4" />
          <text x="0" y="44">
            0 s
          </text>
          <text className="duration-limit" x={x(limit)} y="44" textAnchor="end">
            {words.undoneIfLonger} {duration(limit)}
          </text>
        </svg>
      )}
    </div>
  );
}
