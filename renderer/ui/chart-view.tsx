import type { Chart, Shape } from '@shared/charts/chart';

/** Draws a chart that shared/ decided on. `label` says its conclusion, for whoever does not see the picture. */
export function ChartView({ chart, label }: { chart: Chart; label: string }) {
  return (
    <svg
      className="chart"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      width={chart.width}
      height={chart.height}
    >
      {chart.shapes.map((shape, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no identity; the whole chart is drawn anew
        <Mark key={i} shape={shape} />
      ))}
    </svg>
  );
}

function Mark({ shape }: { shape: Shape }) {
  const className = `chart-${shape.role}`;
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height } = shape;
      return <rect className={className} x={x} y={y} width={width} height={height} />;
    }
    case 'line': {
      const { x1, y1, x2, y2 } = shape;
      return <line className={className} x1={x1} y1={y1} x2={x2} y2={y2} />;
    }
    case 'path':
      return (
        <polyline className={className} points={shape.points.map((point) => point.join(',')).join(' ')} />
      );
    case 'dot':
      return <circle className={className} cx={shape.x} cy={shape.y} r="3.5" />;
    case 'text':
      return (
        <text
          className={className}
          x={shape.x}
          y={shape.y}
          textAnchor={shape.anchor}
          dominantBaseline="central"
        >
          {shape.text}
        </text>
      );
  }
}
