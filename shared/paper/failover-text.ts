import type { Language } from '../contract';
import type { Decoded, FailoverLook, LossStatement, OldPrimary, Ranked } from '../failover/model';
import { texts } from '../text';
import { errorText } from '../text/error-text';
import { againstText, countText, fenceText, lossSentence } from '../text/failover-text';
import { DASH, formatAge, formatBytes } from '../text/format';
import { when } from './look-text';
import { verdictText } from './replication-text';
import { oneLine, textTable } from './table';

/** Rows on a terminal: enough to see what they are. `--json` has the others. */
const ROWS_PRINTED = 20;

/** What is known before an emergency failover, for people at a terminal, in their language. Pure; UTC. */
export function failoverToText(look: FailoverLook, language: Language): string {
  const words = texts(language).failover;
  const { old, choice, takenAt } = look;
  const next = choice.kind === 'unclear' ? null : choice.node;
  return [
    `${words.title} · ${oneLine(look.title)} [${look.cluster}] · ${when(takenAt)}\n`,
    `${oneLine(next === null ? words.headlineOpen(old.node) : words.headline(old.node, next))}\n`,
    `${oneLine(old.answers ? words.lives(old.node) : look.seenByOthers ? words.seenByOthers(old.node) : words.ownViewOnly(old.node))}\n`,
    `${words.neverByItself}\n`,
    old.verdict ? verdictText(old.verdict, takenAt, language) : '',
    oldText(old, language),
    rankingText(look, language),
    lossText(look, language),
    waitingText(look, language),
    fencesText(look, language),
    `\n${words.notYet}\n`,
  ].join('');
}

function oldText({ node, ssh, process, log }: OldPrimary, language: Language): string {
  const words = texts(language).failover.old;
  const error = (one: Parameters<typeof errorText>[0]) => `${one.code}: ${errorText(one, language).sentence}`;
  const files = (names: readonly string[]) =>
    names.map((name) => name.slice(name.lastIndexOf('/') + 1)).join(', ');
  const logs =
    log.state === 'not-asked'
      ? words.logLeft
      : log.state === 'unread'
        ? error(log.error)
        : log.whole
          ? words.logRead(files(log.files), formatBytes(log.bytes, language))
          : words.logPart(files(log.files), log.error ? error(log.error) : words.older);
  const rows = [
    [words.ssh, ssh ? error(ssh) : words.reached],
    [words.process, words.processes[process]],
    [words.log, logs],
  ];
  return `\n${oneLine(words.title(node))}\n${rows.map(([name = '', value = '']) => `  ${name} ${oneLine(value)}\n`).join('')}`;
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
  const names = 'nodes' in choice ? choice.nodes.join(', ') : '';
  const said = (): string => {
    switch (choice.kind) {
      case 'chosen':
        return words.choice.chosen(choice.node);
      case 'asked':
        return choice.behind.length === 0
          ? words.choice.asked(choice.node)
          : words.choice.askedBehind(choice.node, choice.behind.join(', '));
      case 'unclear':
        return choice.why === 'nobody' ? words.choice.nobody : words.choice[choice.why](names);
    }
  };
  return `\n${words.who}\n${textTable(head, rows)}  ${oneLine(said())}\n`;
}

function reasonsText({ against, unchecked }: Ranked, language: Language): string {
  const words = texts(language).failover;
  const open = unchecked.map((one) => words.unchecked(againstText(one, language)));
  const all = [...against.map((one) => againstText(one, language)), ...open];
  return against.length === 0 && open.length === 0 ? words.nothingAgainst : all.join('; ');
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

const decodedOf = (loss: LossStatement): Decoded | null =>
  loss.kind === 'exact' ? loss : loss.kind === 'at-least' ? loss.decoded : null;

function decodedText(decoded: Decoded, language: Language): string {
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

function waitingText({ waiting, old, takenAt }: FailoverLook, language: Language): string {
  const words = texts(language).failover.waiting;
  const { downSince, brings } = waiting;
  const since =
    downSince === null ? '' : ` ${words.since(when(downSince), formatAge(takenAt - downSince, language))}`;
  return `\n${words.title}\n  ${oneLine(words[brings](old.node) + since)}\n`;
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
