import type { Language } from '../contract';
import type { FenceWay, LossStatement, Ranked } from '../failover/model';
import { formatCount } from './format';
import { texts } from './index';
import { becauseText } from './replication-text';

type Sentences = Readonly<Record<string, ((params: Readonly<Record<string, string>>) => string) | undefined>>;

/** "212", "48 790": exact at any size. */
export const countText = (digits: string): string =>
  Number.isSafeInteger(Number(digits)) ? formatCount(Number(digits)) : digits;

/**
 * The one sentence of a loss statement. `at` writes a time, in whatever zone its reader has.
 * @param old name of the server that would be abandoned
 */
export function lossSentence(
  loss: LossStatement,
  old: string,
  language: Language,
  at: (time: number) => string,
): string {
  const words = texts(language).failover.loss;
  switch (loss.kind) {
    case 'exact':
      if (loss.transactions === '0') return words.none(old);
      return loss.transactions === '1' ? words.exactOne(old) : words.exact(countText(loss.transactions), old);
    case 'at-least': {
      const count = countText(loss.transactions);
      if (loss.by === 'log' || loss.lastSeen === null) return words.atLeastByLog(count, old);
      return words.atLeast(count, old, at(loss.lastSeen.at));
    }
    case 'unknown':
      return loss.lastSeen ? words.unknown(old, at(loss.lastSeen.at)) : words.neverSeen(old);
  }
}

/** What forbids a server to be promoted; a reason that this version does not know stands as its code. */
export function againstText(because: Ranked['against'][number], language: Language): string {
  const own: Sentences = texts(language).failover.because;
  return own[because.code]?.(because.params) ?? becauseText(because, language);
}

/** Why a way to fence can be used now, or not. */
export function fenceText({ because }: FenceWay, language: Language): string {
  const own: Sentences = texts(language).failover.fences.because;
  return own[because.code]?.(because.params) ?? because.code;
}
