import type { Sample } from '../memory';

const WIDTH = 64;
const HEIGHT = 20;
const POINTS = 46;

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.round((sorted.length - 1) * q)] ?? 0;

/** The last readings as a word-sized line, with the usual range (p5 to p95) behind. Decoration: the number is beside it. */
export function Spark({ samples }: { samples: readonly Sample[] }) {
  const shown = samples.slice(-POINTS).map((sample) => sample.value);
  if (shown.length < 2) return null;
  const sorted = samples.map((sample) => sample.value).toSorted((a, b) => a - b);
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const x = (i: number) => 1 + (i * (WIDTH - 4)) / (shown.length - 1);
  const y = (value: number) =>
    high === low ? HEIGHT - 2 : HEIGHT - 2 - ((value - low) * (HEIGHT - 4)) / (high - low);
  const band = {
    top: y(Math.min(high, quantile(sorted, 0.95))),
    bottom: y(Math.max(low, quantile(sorted, 0.05))),
  };
  return (
    <svg className="spark" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <rect
        x="0"
        y={band.top}
        width={WIDTH - 3}
        height={Math.max(0, band.bottom - band.top)}
        fill="var(--bg3)"
      />
      <polyline
        points={shown.map((value, i) => `${x(i)},${y(value)}`).join(' ')}
        fill="none"
        stroke="var(--ink2)"
        strokeWidth="1.2"
      />
      <circle cx={x(shown.length - 1)} cy={y(shown.at(-1) ?? 0)} r="2" fill="var(--ink2)" />
    </svg>
  );
}
