import type { Language } from '../contract';
import type { RejoinHistory, RejoinLook, RejoinWay } from '../rejoin/model';
import { ownFate } from '../rejoin/rejoin-view';
import { countText } from './failover-text';
import { texts } from './index';

/** Whole sentences of a server's return for people, in one language. */

/** "212 transactions"; null: how many is not known. */
function countOf(history: RejoinHistory, language: Language): string | null {
  if (history.kind !== 'ahead') return null;
  const { transactions } = history;
  return texts(language).rejoinView.transactions(countText(transactions), transactions === '1');
}

/** What the server holds alone, as the title of the page. */
export function rejoinTitle({ server, primary, history }: RejoinLook, language: Language): string {
  const { headline, nobody } = texts(language).rejoinView;
  const next = primary ?? nobody;
  switch (history.kind) {
    case 'subset':
      return headline.subset(server, next);
    case 'ahead':
      return headline.ahead(server, next, countOf(history, language) ?? '?');
    case 'unknown':
      return headline.unknown(server);
  }
}

/** What becomes of the server's own transactions by this way: said before anybody is asked. */
export function fateText({ server, history }: RejoinLook, way: RejoinWay, language: Language): string {
  const { loss, headline } = texts(language).rejoinView;
  const count = countOf(history, language);
  switch (ownFate(history, way)) {
    case 'none':
      return loss.none;
    case 'given-up':
      return loss.givenUp(count ?? '?', server);
    case 'kept':
      return count === null ? headline.unknown(server) : loss.kept(count, server);
    case 'unknown':
      return loss.unknown(server);
  }
}

/** What a way does, in one sentence. */
export function wayText({ server, primary }: RejoinLook, way: RejoinWay, language: Language): string {
  const { says, nobody } = texts(language).rejoinView;
  return says[way](server, primary ?? nobody);
}
