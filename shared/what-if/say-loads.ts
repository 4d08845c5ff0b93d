import { say, texts } from '../text';
import type { Statement } from '../views/what-if';
import { type FigureWords, figureOf, type Shown } from './figure';
import type { DemandFigure, LoadEffects } from './load-effects';

/** How each number of a demand is read. */
const shownOf = (name: DemandFigure): Shown => {
  if (name === 'peak-requests') return 'per-second';
  if (name === 'streams-on-one') return 'count';
  return name === 'usable' || name.startsWith('rate-') ? 'line' : 'share';
};

/** What those that are left carry, with its numbers. */
export function sayLoads({ parts, demands, behindCache }: LoadEffects, words: FigureWords): Statement[] {
  const { loads: text } = texts(words.language).whatIf;
  const titleOf = (name: DemandFigure): string => {
    const [what = '', size] = name.split(/-(.+)/);
    if (size !== undefined && what === 'rate') return text.rate(size);
    if (size !== undefined && what === 'use') return text.use(size);
    switch (name) {
      case 'peak-requests':
      case 'waiting':
      case 'streams-on-one':
      case 'usable':
      case 'line-use':
        return text[name]();
      default:
        return name;
    }
  };
  return [
    ...parts.map(
      ({ part, answering, left, each }): Statement => ({
        code: 'each',
        nodes: [...part.services],
        text: text.each(part.id, left, answering),
        figures: [figureOf(text.eachFigure(), each, 'share', words)],
      }),
    ),
    ...demands.map(
      ({ demand, left, figures }): Statement => ({
        code: demand.metric,
        nodes: [...demand.part.services],
        text: text.demand(say(demand.requirement.title, words.language), left),
        figures: figures.map(({ name, derived }) => figureOf(titleOf(name), derived, shownOf(name), words)),
      }),
    ),
    ...behindCache.map(
      ({ service, times }): Statement => ({
        code: 'behind-cache',
        nodes: [service],
        text: text.behindCache(service),
        figures: [figureOf(text.times(), times, 'times', words)],
      }),
    ),
  ];
}
