import { CHART_PATTERNS, chartSvg } from '../../charts/chart-svg';
import { assertNever } from '../../errors';
import { texts } from '../../text';
import { escapeMarkup } from './escape';
import type { Block, Cell, PaperSection, PlanPaper, SheetRow } from './model';
import { paperStyle } from './style';

/** A font as a `data:` address of a woff2 file; whoever prints brings them along, so that the page needs nothing else. */
export interface PaperFont {
  family: 'Plex' | 'Plex Condensed' | 'Plex Mono' | 'Plex Greek';
  weight: 400 | 600;
  data: string;
}

/**
 * The paper as one page of HTML: no script, no address outside itself, A4 when it is printed. Foreign text is escaped.
 * `footer`: the foot stands on the page itself; left out for a PDF, where it is on every sheet.
 */
export function paperToHtml(paper: PlanPaper, fonts: readonly PaperFont[], footer: 'page' | 'none'): string {
  const { language, title, subtitle, shortHash, hash, sections } = paper;
  const foot =
    footer === 'page'
      ? `<footer><span>${escapeMarkup(paper.footer.left)}</span><span>${escapeMarkup(paper.footer.right)}</span></footer>`
      : '';
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    // for a file that is opened by itself; a page that is served gets the same by header
    `<meta http-equiv="Content-Security-Policy" content="${PAPER_POLICY}">`,
    `<title>${escapeMarkup(`${title} · ${subtitle} · ${hash}`)}</title>`,
    `<style>${paperStyle(fonts)}</style></head><body>`,
    CHART_PATTERNS,
    ...sections.map((section) => sectionMarkup(section, paper)),
    `<p class="hash">${texts(language).planPaper.labels.plan} ${escapeMarkup(shortHash)} · SHA-256 <code>${escapeMarkup(hash)}</code></p>`,
    foot,
    '</body></html>\n',
  ].join('');
}

/** Nothing runs, nothing is fetched: styles of the page itself, fonts that it carries. */
export const PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

function sectionMarkup({ id, title, blocks }: PaperSection, paper: PlanPaper): string {
  const { labels } = texts(paper.language).planPaper;
  const head = `<header><div><p class="over">${escapeMarkup(`${paper.title} · ${paper.subtitle}`)}</p><h1>${escapeMarkup(title)}</h1></div><div class="stamp"><p class="over">${labels.plan}</p><p class="short">${escapeMarkup(paper.shortHash)}</p></div></header>`;
  return `<section id="${id}">${head}${blocks.map((block) => blockMarkup(block, paper)).join('')}</section>`;
}

function blockMarkup(block: Block, paper: PlanPaper): string {
  switch (block.kind) {
    case 'sentence':
      return `<p class="${block.strong ? 'verdict' : 'sentence'}">${escapeMarkup(block.text)}</p>`;
    case 'heading':
      return `<h2>${escapeMarkup(block.text)}</h2>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeMarkup(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<dl class="facts">${block.facts
        .map(
          ({ label, value, note }) =>
            `<div><dt>${escapeMarkup(label)}</dt><dd><b>${escapeMarkup(value)}</b><small>${escapeMarkup(note)}</small></dd></div>`,
        )
        .join('')}</dl>`;
    case 'table':
      return tableMarkup(block.head, block.rows, block.widths ?? []);
    case 'chart':
      return `<figure><figcaption>${escapeMarkup(block.title)}</figcaption>${chartSvg(block.chart, block.label)}</figure>`;
    case 'sheet':
      return sheetMarkup(block.rows, paper);
    case 'card':
      return `<div class="card"><h2>${escapeMarkup(block.title)}</h2><div>${block.parts
        .map(({ lead, text, never }) => {
          const last = never === undefined ? '' : ` <b>${escapeMarkup(never)}</b>`;
          return `<p><b>${escapeMarkup(lead)}</b> ${escapeMarkup(text)}${last}</p>`;
        })
        .join('')}</div></div>`;
    case 'signatures':
      return `<div class="visas">${block.fields.map((field) => `<div>${escapeMarkup(field)}</div>`).join('')}</div>`;
    default:
      return assertNever(block);
  }
}

function tableMarkup(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
): string {
  const columns = widths.map((width) => `<col style="width:${width}%">`).join('');
  const cells = rows.map((row) => `<tr>${row.map(cellMarkup).join('')}</tr>`).join('');
  return `<table><colgroup>${columns}</colgroup><thead><tr>${head.map((text) => `<th>${escapeMarkup(text)}</th>`).join('')}</tr></thead><tbody>${cells}</tbody></table>`;
}

function cellMarkup(cell: Cell): string {
  if (typeof cell === 'string') return `<td>${escapeMarkup(cell)}</td>`;
  switch (cell.kind) {
    case 'blank':
      return '<td class="blank"></td>';
    case 'code':
      return `<td>${typed(cell.text, cell.lines, cell.note, false)}</td>`;
    case 'noted': {
      const depth = Math.min(cell.depth ?? 0, 6);
      const text = cell.strong ? `<b>${escapeMarkup(cell.text)}</b>` : escapeMarkup(cell.text);
      const note = cell.note === '' ? '' : `<small>${escapeMarkup(cell.note)}</small>`;
      return `<td${depth === 0 ? '' : ` class="depth-${depth}"`}>${text}${note}</td>`;
    }
    default:
      return assertNever(cell);
  }
}

const typed = (title: string, lines: readonly string[], note: string, strong: boolean): string =>
  [
    strong ? `<b>${escapeMarkup(title)}</b>` : escapeMarkup(title),
    ...lines.map((line) => `<code>${escapeMarkup(line)}</code>`),
    ...(note === '' ? [] : [`<small>${escapeMarkup(note)}</small>`]),
  ].join('');

const BOX = '<td><i class="box"></i></td>';
const ACTUAL = '<td><i class="line"></i></td>';

function sheetMarkup(rows: readonly SheetRow[], paper: PlanPaper): string {
  const { sheet } = texts(paper.language).planPaper;
  const head = ['', sheet.number, sheet.planned, sheet.actual, sheet.step, sheet.check, sheet.undo];
  return `<table class="sheet"><colgroup>${SHEET_WIDTHS.map((width) => `<col style="width:${width}%">`).join('')}</colgroup><thead><tr>${head.map((text) => `<th>${escapeMarkup(text)}</th>`).join('')}</tr></thead><tbody>${rows.map(sheetRow).join('')}</tbody></table>`;
}
const SHEET_WIDTHS = [3, 5, 8, 8, 42, 19, 15];

function sheetRow(row: SheetRow): string {
  switch (row.kind) {
    case 'step':
      return `<tr>${BOX}<td><b>${escapeMarkup(row.number)}</b></td><td>${escapeMarkup(row.planned)}</td>${ACTUAL}<td>${typed(row.title, row.commands, `${row.who} · ${row.note}`, row.strong)}</td><td>${escapeMarkup(row.check)}</td><td>${escapeMarkup(row.undo)}</td></tr>`;
    case 'gate':
      return `<tr class="gate">${BOX}<td><b>${escapeMarkup(row.number)}</b></td><td>${escapeMarkup(row.planned)}</td>${ACTUAL}<td colspan="3"><b>${escapeMarkup(row.question)}</b> — ${escapeMarkup(row.text)}</td></tr>`;
    case 'no-return':
      return `<tr class="no-return"><td colspan="7"><div>${escapeMarkup(row.text)}</div></td></tr>`;
    default:
      return assertNever(row);
  }
}
