import type { Language } from '../contract';
import { texts } from '../text';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../text/format';
import type { MeasureFacts } from './model';

/** What a measurement saw, as short phrases: what it stands on, and what speaks against it. */
export function factsText(facts: MeasureFacts, language: Language): string[] {
  const { facts: words } = texts(language).measure;
  const time = (seconds: number) => formatDuration(seconds * 1000, language);
  const { seconds, samples, bytes, files, ahead, hidden, said, walks, isFirstCold, p90 } = facts;
  const phrases: (string | null)[] = [
    bytes === undefined ? null : formatBytes(bytes, language),
    files === undefined ? null : words.files(formatCount(files)),
    seconds === undefined ? null : words.within(time(seconds)),
    samples === undefined ? null : words.samples(samples),
    walks === undefined || walks.length === 0 ? null : words.walks(walks.map(time).join(' · ')),
    isFirstCold ? words.firstCold : null,
    p90 === undefined ? null : words.p90(`${formatNumber(p90 * 1000, language)}\u00a0ms`),
    facts.streams === undefined ? null : words.streams(facts.streams),
    facts.hour === undefined ? null : words.hour(facts.hour),
    facts.history === undefined ? null : words.history(time(facts.history)),
    ahead === undefined ? null : words.ahead(formatCount(ahead)),
    hidden === undefined ? null : words.hidden(formatCount(hidden), said ?? ''),
  ];
  return phrases.filter((phrase) => phrase !== null);
}
