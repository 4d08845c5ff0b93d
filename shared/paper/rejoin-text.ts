import type { Language } from '../contract';
import type { RejoinChoice, RejoinLook } from '../rejoin/model';
import { texts } from '../text';
import { errorText } from '../text/error-text';
import { fateText, rejoinTitle, wayText } from '../text/rejoin-view-text';
import { sayPlan } from '../text/say-plan';
import { decodedText } from './failover-text';
import { when } from './look-text';
import { oneLine } from './table';

/** What an old primary holds alone, and how it can come back: for people at a terminal, in their language. Pure; UTC. */
export function rejoinToText(look: RejoinLook, language: Language): string {
  const words = texts(language).rejoinView;
  const { history, ways, recommended } = look;
  return [
    `${words.title} · ${oneLine(look.title)} [${look.cluster}] · ${when(look.takenAt)}\n`,
    `${oneLine(rejoinTitle(look, language))}\n`,
    `${oneLine(words.historyMore[history.kind])}\n`,
    historyText(look, language),
    `\n${words.ways}\n`,
    ...ways.map((choice) => wayLines(look, choice, language)),
    `\n${oneLine(recommended === null ? words.nothingRecommended : `${words.recommended}: ${words.way[recommended]}`)}\n`,
  ].join('');
}

function historyText({ history }: RejoinLook, language: Language): string {
  if (history.kind === 'subset') return '';
  const why = history.error ? [`${history.error.code}: ${errorText(history.error, language).sentence}`] : [];
  if (history.kind === 'unknown') return why.map((line) => `  ${oneLine(line)}\n`).join('');
  const { loss } = texts(language).failover;
  const { notRead } = texts(language).rejoinView;
  return [
    `\n  ${oneLine(`${loss.gtids} ${history.gtids}`)}\n`,
    ...why.map((line) => `  ${oneLine(line)}\n`),
    history.decoded ? decodedText(history.decoded, language) : `  ${oneLine(notRead)}\n`,
  ].join('');
}

function wayLines(look: RejoinLook, { way, can, because }: RejoinChoice, language: Language): string {
  const words = texts(language).rejoinView;
  const says =
    can === 'can'
      ? [wayText(look, way, language), fateText(look, way, language)]
      : because.map((one) => sayPlan(language, 'rejoin', one));
  const lines = [
    `  ${words.way[way]} (--way ${way}): ${words.can[can]}`,
    ...says.map((line) => `    ${line}`),
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}
