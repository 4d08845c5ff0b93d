import type { Language } from '../contract';
import {
  type Isolation,
  isolationOf,
  lossFigure,
  nextOf,
  type Standing,
  standingOf,
} from '../failover/look-view';
import type { Choice, FailoverLook, LossStatement, OldPrimary, Ranked } from '../failover/model';
import { errorText } from './error-text';
import { againstText, countText } from './failover-text';
import { formatAge, formatBytes } from './format';
import { texts } from './index';

/** Whole sentences of a look for people, in one language; the window and paper only place them. */

/** What this would be, as the title of the page: who is given up, and who takes writes. */
export function lookTitle(look: FailoverLook, language: Language): string {
  const { failover, failoverView } = texts(language);
  const { node } = look.old;
  if (look.old.answers) return failoverView.lives(node);
  const next = nextOf(look.choice);
  return next === null ? failover.headlineOpen(node) : failover.headline(node, next);
}

/** Whether others miss the old primary too: what the console's own view alone never says. */
export function standingText(look: FailoverLook, language: Language): string {
  const words = texts(language).failover;
  const { node } = look.old;
  const said: Readonly<Record<Standing, string>> = {
    lives: words.lives(node),
    'own-view': words.ownViewOnly(node),
    'seen-by-others': words.seenByOthers(node),
  };
  return said[standingOf(look)];
}

/** Who was chosen and why, or why nobody was. */
export function choiceText(choice: Choice, language: Language): string {
  const words = texts(language).failover.choice;
  switch (choice.kind) {
    case 'chosen':
      return words.chosen(choice.node);
    case 'asked':
      return choice.behind.length === 0
        ? words.asked(choice.node)
        : words.askedBehind(choice.node, choice.behind.join(', '));
    case 'unclear':
      return choice.why === 'nobody' ? words.nobody : words[choice.why](choice.nodes.join(', '));
  }
}

/** What speaks against promoting a server, and what could not be checked. */
export function reasonsText({ against, unchecked }: Ranked, language: Language): string {
  const words = texts(language).failover;
  const open = unchecked.map((one) => words.unchecked(againstText(one, language)));
  const all = [...against.map((one) => againstText(one, language)), ...open];
  return all.length === 0 ? words.nothingAgainst : all.join('; ');
}

/** What is still known of the old primary: its host, its process, its logs; label and value. */
export function oldRows({ ssh, process, log }: OldPrimary, language: Language): [string, string][] {
  const words = texts(language).failover.old;
  const error = (one: Parameters<typeof errorText>[0]) => `${one.code}: ${errorText(one, language).sentence}`;
  const files = (names: readonly string[]) =>
    names.map((name) => name.slice(name.lastIndexOf('/') + 1)).join(', ');
  const logs = (): string => {
    switch (log.state) {
      case 'not-asked':
        return words.logLeft;
      case 'unread':
        return error(log.error);
      case 'read':
        return log.whole
          ? words.logRead(files(log.files), formatBytes(log.bytes, language))
          : words.logPart(files(log.files), log.error ? error(log.error) : words.older);
    }
  };
  return [
    [words.ssh, ssh ? error(ssh) : words.reached],
    [words.process, words.processes[process]],
    [words.log, logs()],
  ];
}

/** The loss as a figure and what it counts: "≥ 212", "transactions would be lost". A figure of null is not known. */
export function figureText(
  loss: LossStatement | null,
  language: Language,
): { figure: string | null; counts: string } {
  const words = texts(language).failoverView.figure;
  if (loss === null) return { figure: null, counts: words.nobody };
  const { sign, count } = lossFigure(loss);
  if (count === null) return { figure: null, counts: words.unknown };
  return { figure: `${sign}${countText(count)}`, counts: words.lost(count === '1') };
}

/** What keeps the old primary from taking writes, or that nothing does: a sentence and what follows from it. */
export function isolationText(
  look: FailoverLook,
  language: Language,
): { kind: Isolation; title: string; more: string } {
  const words = texts(language).failoverView.isolation;
  const kind = isolationOf(look);
  const { node } = look.old;
  return { kind, title: words.title[kind](node), more: words.more[kind](node) };
}

/**
 * What waiting would bring, and since when the server is not seen.
 * @param at writes a time, in whatever zone its reader has
 * @param now epoch milliseconds: the age is counted up to here
 */
export function waitingText(
  { waiting: { brings, downSince }, old }: Pick<FailoverLook, 'waiting' | 'old'>,
  language: Language,
  at: (time: number) => string,
  now: number,
): { brings: string; since: string } {
  const words = texts(language).failover.waiting;
  const since = downSince === null ? '' : words.since(at(downSince), formatAge(now - downSince, language));
  return { brings: words[brings](old.node), since };
}
