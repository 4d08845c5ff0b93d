import type { Language } from '../contract';
import { decodedOf, nextOf } from '../failover/look-view';
import type { Decoded, FailoverLook, OldPrimary } from '../failover/model';
import { texts } from '../text';
import { errorText } from '../text/error-text';
import { countText, fenceText, lossSentence } from '../text/failover-text';
import { choiceText, oldRows, reasonsText, standingText, waitingText } from '../text/failover-view-text';
import { DASH, formatBytes } from '../text/format';
import { when } from './look-text';
import { verdictText } from './replication-text';
import { oneLine, textTable } from './table';

/** Rows on a terminal: enough to see what they are. `--json` has the others. */
const ROWS_PRINTED = 20;

/** What is known before an emergency failover, for people at a terminal, in their language. Pure; UTC. */
export function failoverToText(look: FailoverLook, language: Language): string {
  const words = texts(language).failover;
  const { old, choice, takenAt } = look;
  const next = nextOf(choice);
  return [
    `${words.title} · ${oneLine(look.title)} [${look.cluster}] · ${when(takenAt)}\n`,
    `${oneLine(next === null ? words.headlineOpen(old.node) : words.headline(old.node, next))}\n`,
    `${oneLine(standingText(look, language))}\n`,
    `${words.neverByItself}\n`,
    old.verdict ? verdictText(old.verdict, takenAt, language) : '',
    oldText(old, language),
    rankingText(look, language),
    lossText(look, language),
    waitingPart(look, language),
    fencesText(look, language),
    `\n${words.notYet}\n`,
  ].join('');
}

function oldText(old: OldPrimary, language: Language): string {
  const rows = oldRows(old, language).map(([name, value]) => `  ${name} ${oneLine(value)}\n`);
  return `\n${oneLine(texts(language).failover.old.title(old.node))}\n${rows.join('')}`;
}

function rankingText({ ranked, choice }: FailoverLook, language: Language): string {
  const words = texts(language).failover;
  const { columns } = words;
  const rows = ranked.map((one) => [
    one.node,
    one.toApply === null ? DASH : countText(one.toApply),
    one.missing === null ? DASH : countText(one.missing),
    reasonsText(one, language),
    one.received ?? DASH,
  ]);
  const head = [columns.server, columns.toApply, columns.missing, columns.against, columns.received];
  return `\n${words.who}\n${textTable(head, rows)}  ${oneLine(choiceText(choice, language))}\n`;
}

function lossText({ loss, against, old }: FailoverLook, language: Language): string {
  const words = texts(language).failover.loss;
  if (!loss || against === null) return `\n${words.title}\n  ${words.nobody}\n`;
  const named = 'gtids' in loss && loss.gtids !== '' ? [`${words.gtids} ${loss.gtids}`] : [];
  const seen = 'lastSeen' in loss && loss.lastSeen ? [`${words.lastSeen} ${loss.lastSeen.position}`] : [];
  const lines = [lossSentence(loss, old.node, language, when), ...named, ...seen];
  const decoded = decodedOf(loss);
  return [
    `\n${words.title}, ${oneLine(words.against(against))}\n`,
    ...lines.map((line) => `  ${oneLine(line)}\n`),
    decoded ? decodedText(decoded, language) : '',
  ].join('');
}

export function decodedText(decoded: Decoded, language: Language): string {
  const words = texts(language).failover.loss;
  const { since, until, tables, salvage, salvageError } = decoded;
  const rows = decoded.rows.slice(0, ROWS_PRINTED);
  const { columns } = words;
  const span = (from: number, to: number) => words.span(when(from), when(to));
  const table = tables.map((one) => [
    `${one.schema}.${one.table}`,
    ...[one.inserts, one.updates, one.deletes].map((count) => countText(`${count}`)),
    span(one.from, one.to),
  ]);
  const head = [columns.table, columns.inserts, columns.updates, columns.deletes, columns.span];
  const notes = [
    ...(decoded.tablesCut ? [words.tablesCut] : []),
    ...(decoded.untold === '0' ? [] : [words.untold(countText(decoded.untold))]),
    ...(decoded.torn > 0 ? [words.torn] : []),
    ...(salvage ? [words.salvage(salvage.file, formatBytes(salvage.bytes, language))] : []),
    ...(salvageError ? [words.notKept(errorText(salvageError, language).sentence)] : []),
  ];
  const shown = countText(`${rows.length}`);
  return [
    since !== null && until !== null ? `  ${words.committed} ${span(since, until)}\n` : '',
    table.length > 0 ? textTable(head, table) : '',
    ...notes.map((line) => `  ${oneLine(line)}\n`),
    rows.length > 0
      ? `  ${decoded.cut || rows.length < decoded.rows.length ? words.rows(shown) : words.allRows(shown)}\n`
      : '',
    ...rows.map(
      (row) =>
        `    ${oneLine(`${row.gtid} ${words.change[row.change]} ${row.schema}.${row.table} ${row.text}`)}\n`,
    ),
  ].join('');
}

function waitingPart(look: FailoverLook, language: Language): string {
  const { brings, since } = waitingText(look, language, when, look.takenAt);
  const said = [brings, since].filter(Boolean).join(' ');
  return `\n${texts(language).failover.waiting.title}\n  ${oneLine(said)}\n`;
}

function fencesText({ fences }: FailoverLook, language: Language): string {
  const words = texts(language).failover.fences;
  const { columns } = words;
  const rows = fences.map((one) => [
    one.id === '' ? words.way[one.kind] : `${words.way[one.kind]} ${one.id}`,
    one.host ?? DASH,
    words.can[one.can],
    fenceText(one, language),
  ]);
  return `\n${words.title}\n${textTable([columns.way, columns.where, columns.now, columns.because], rows)}`;
}
