import type { TitledChart } from '@shared/charts/plan-charts';
import { type ReactNode, useRef } from 'react';
import { useSize } from '../topology/use-size';
import { ChartView } from '../ui/chart-view';
import { SCROLLS } from '../ui/scrolling';

/** Narrower than this a chart scrolls: its words would cover each other. */
const LEAST_WIDTH = 420;

/** A chart as wide as its panel, its conclusion over it; what cannot be drawn says what it waits for. */
export function MeasuredChart({
  draw,
  least = LEAST_WIDTH,
  otherwise,
}: {
  draw: (width: number) => TitledChart | null;
  least?: number;
  otherwise: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const drawn = width > 0 ? draw(Math.max(least, width)) : null;
  return (
    <div
      className="chart-scroll"
      ref={box}
      {...(drawn && drawn.chart.width > width
        ? { ...SCROLLS, role: 'region', 'aria-label': drawn.title }
        : {})}
    >
      {drawn ? <ChartView chart={drawn.chart} label={drawn.label} /> : width > 0 && otherwise}
    </div>
  );
}
