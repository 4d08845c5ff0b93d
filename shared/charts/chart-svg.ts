import { assertNever } from '../errors';
import { escapeMarkup } from '../paper/plan/escape';
import type { Chart, Shape } from './chart';

/**
 * A chart as SVG text for paper: the same shapes as in the window, each with the class of its role, its pattern from
 * `CHART_PATTERNS`. `label` says its conclusion, for whoever does not see the picture.
 */
export function chartSvg(chart: Chart, label: string): string {
  const { width, height, shapes } = chart;
  return `<svg class="chart" role="img" aria-label="${escapeMarkup(label)}" viewBox="0 0 ${width} ${round(height)}">${shapes.map(mark).join('')}</svg>`;
}

/** The patterns that stand for states in black and white; once in a page, before every chart. */
export const CHART_PATTERNS =
  '<svg class="chart-patterns" aria-hidden="true" width="0" height="0"><defs>' +
  '<pattern id="chart-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="#000" stroke-width="1.2"/></pattern>' +
  '<pattern id="chart-dense" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V3" stroke="#000" stroke-width="1.4"/></pattern>' +
  '</defs></svg>';

function mark(shape: Shape): string {
  const name = `class="chart-${shape.role}"`;
  switch (shape.kind) {
    case 'rect':
      return `<rect ${name} x="${round(shape.x)}" y="${round(shape.y)}" width="${round(Math.max(0, shape.width))}" height="${round(shape.height)}"/>`;
    case 'line':
      return `<line ${name} x1="${round(shape.x1)}" y1="${round(shape.y1)}" x2="${round(shape.x2)}" y2="${round(shape.y2)}"/>`;
    case 'path':
      return `<polyline ${name} points="${shape.points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}"/>`;
    case 'dot':
      return `<circle ${name} cx="${round(shape.x)}" cy="${round(shape.y)}" r="3.5"/>`;
    case 'text':
      return `<text ${name} x="${round(shape.x)}" y="${round(shape.y)}" text-anchor="${shape.anchor}" dominant-baseline="central">${escapeMarkup(shape.text)}</text>`;
    default:
      return assertNever(shape);
  }
}

/** A hundredth of a pixel is finer than any printer. */
const round = (value: number): number => Math.round(value * 100) / 100;
