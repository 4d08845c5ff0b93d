import { assertNever } from '../../errors';
import { texts } from '../../text';
import { codeSpan, escapeMarkdown } from './escape';
import type { Block, Cell, PlanPaper, SheetRow } from './model';

/**
 * The paper as Markdown (CommonMark with tables). Pictures are said by the sentence of their conclusion. Names of servers
 * and texts that people typed are escaped: none of them can begin a heading, a link or markup of its own.
 */
export function paperToMarkdown(paper: PlanPaper): string {
  const { language, title, subtitle, shortHash, hash, footer, sections } = paper;
  const { labels } = texts(language).planPaper;
  return [
    `# ${escapeMarkdown(title)}\n`,
    `${escapeMarkdown(subtitle)} · ${labels.plan} **${shortHash}**\n`,
    ...sections.flatMap((section) => [
      `## ${escapeMarkdown(section.title)}\n`,
      ...section.blocks.map((block) => blockText(block, paper)),
    ]),
    '---\n',
    `${escapeMarkdown(footer.left)} · SHA-256 ${codeSpan(hash)}  \n${escapeMarkdown(footer.right)}\n`,
  ].join('\n');
}

function blockText(block: Block, paper: PlanPaper): string {
  switch (block.kind) {
    case 'sentence':
      return `${block.strong ? `**${escapeMarkdown(block.text)}**` : escapeMarkdown(block.text)}\n`;
    case 'heading':
      return `### ${escapeMarkdown(block.text)}\n`;
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}\n`).join('');
    case 'facts':
      return tableText(
        ['', '', ''],
        block.facts.map(({ label, value, note }) => [
          label,
          { kind: 'noted', text: value, note: '', strong: true },
          note,
        ]),
      );
    case 'table':
      return tableText(block.head, block.rows);
    case 'chart':
      return `*${escapeMarkdown(block.label)}*\n`;
    case 'sheet':
      return sheetText(block.rows, paper);
    case 'card':
      return `> **${escapeMarkdown(block.title)}**\n${block.parts
        .map(({ lead, text, never }) => {
          const last = never === undefined ? '' : ` **${escapeMarkdown(never)}**`;
          return `>\n> **${escapeMarkdown(lead)}** ${escapeMarkdown(text)}${last}\n`;
        })
        .join('')}`;
    case 'signatures':
      return block.fields.map((field) => `- [ ] ${escapeMarkdown(field)}: ______________\n`).join('');
    default:
      return assertNever(block);
  }
}

function sheetText(rows: readonly SheetRow[], paper: PlanPaper): string {
  const { sheet } = texts(paper.language).planPaper;
  const head = ['', sheet.number, sheet.planned, sheet.actual, sheet.step, sheet.check, sheet.undo];
  return tableText(
    head,
    rows.map((row): Cell[] => {
      const strong = (text: string): Cell => ({ kind: 'noted', text, note: '', strong: true });
      switch (row.kind) {
        case 'step':
          return [
            '☐',
            strong(row.number),
            row.planned,
            { kind: 'blank' },
            { kind: 'code', text: row.title, lines: row.commands, note: row.note },
            row.check,
            row.undo,
          ];
        case 'gate':
          return [
            '☐',
            strong(row.number),
            row.planned,
            { kind: 'blank' },
            strong(row.question),
            row.text,
            '',
          ];
        case 'no-return':
          return ['', '', '', '', strong(`══ ${row.text} ══`), '', ''];
        default:
          return assertNever(row);
      }
    }),
  );
}

const tableText = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [
    `| ${head.map(escapeMarkdown).join(' | ')} |`,
    `|${head.map(() => ' --- |').join('')}`,
    ...rows.map((row) => `| ${row.map(cellMarkdown).join(' | ')} |`),
    '',
  ].join('\n');

function cellMarkdown(cell: Cell): string {
  if (typeof cell === 'string') return escapeMarkdown(cell);
  switch (cell.kind) {
    case 'blank':
      return '______';
    case 'code': {
      // a bar would end the cell even within a span of code
      const typed = cell.lines.map((line) => codeSpan(line).replaceAll('|', '\\|'));
      const note = cell.note === '' ? [] : [escapeMarkdown(cell.note)];
      return [escapeMarkdown(cell.text), ...typed, ...note].join('<br>');
    }
    case 'noted': {
      const indent = ' '.repeat(2 * (cell.depth ?? 0));
      const text = cell.strong ? `**${escapeMarkdown(cell.text)}**` : escapeMarkdown(cell.text);
      return `${indent}${text}${cell.note === '' ? '' : `<br>${escapeMarkdown(cell.note)}`}`;
    }
    default:
      return assertNever(cell);
  }
}
