import type { Language } from '../contract';
import { oneLine, textTable } from '../paper/table';
import { texts } from '../text';
import { formatCount, formatDuration } from '../text/format';
import type { LinkMark, SimulatedRuns, Statement, WhatIf, WhatIfFigure } from '../views/what-if';

const MINUTE_MS = 60_000;

/** A what-if for a terminal, in the words of the screen. */
export function whatIfToText(whatIf: WhatIf, language: Language): string {
  const { headings, drawing } = texts(language).whatIf;
  const parts: [string, string][] = [
    [headings.workflows, workflowsText(whatIf, language)],
    [headings.breaks, statementsText(whatIf.breaks, language)],
    [headings.takeovers, statementsText(whatIf.takeovers, language)],
    [headings.losses, statementsText(whatIf.losses, language)],
    [headings.outage, outagesText(whatIf, language)],
    [headings.loads, statementsText(whatIf.loads, language)],
    [headings.availability, availabilityText(whatIf, language)],
    [headings.allowance, allowanceText(whatIf, language)],
    [headings.plan, whatIf.plan ? figures([whatIf.plan.before, whatIf.plan.after], language) : ''],
    [headings.picture, pictureText(whatIf, language)],
    [headings.unanswered, unansweredText(whatIf, language)],
  ];
  return [
    `${oneLine(whatIf.title)}\n${oneLine(whatIf.verdict)}\n${drawing()}\n`,
    ...parts.flatMap(([heading, text]) => (text === '' ? [] : [`\n${heading}\n`, text])),
    ...(whatIf.simulated ? [`\n${runsText(whatIf.simulated, language)}`] : []),
  ].join('');
}

function workflowsText({ workflows }: WhatIf, language: Language): string {
  const { states, conditional, columns, pair } = texts(language).whatIf;
  return workflows
    .map(({ title, actor, text, verdict, steps }) => {
      const head = `  ${oneLine(pair(actor === null ? title : `${actor} · ${title}`, text))}\n`;
      if (verdict === 'works') return head;
      const rows = steps.map((step) => [
        String(step.n),
        step.conditional ? `${step.title} (${conditional})` : step.title,
        states[step.state],
        step.why,
      ]);
      return head + textTable(['#', columns.step, columns.state, columns.why], rows);
    })
    .join('');
}

/** Each sentence, and its numbers below it. */
const statementsText = (statements: readonly Statement[], language: Language): string =>
  statements
    .map(({ text, figures: own }) => `  ${oneLine(text)}\n${figures(own, language, '    ')}`)
    .join('');

const figures = (list: readonly WhatIfFigure[], language: Language, indent = '  '): string =>
  list.map((figure) => `${indent}${oneLine(figureText(figure, language))}\n`).join('');

/** More than so many paths are counted, and named once below. */
const MOST_PATHS = 4;

function figureText({ title, text, missing }: WhatIfFigure, language: Language): string {
  const { pair, waitsFor, waitsForMany } = texts(language).whatIf;
  if (missing.length === 0) return pair(title, text);
  const waits =
    missing.length > MOST_PATHS ? waitsForMany(text, missing.length) : waitsFor(text, missing.join(', '));
  return pair(title, waits);
}

/** `a/b/{c,d}` for `a/b/c` and `a/b/d`. */
function folded(paths: readonly string[]): string {
  const byParent = new Map<string, string[]>();
  for (const path of paths) {
    const cut = path.lastIndexOf('/') + 1;
    const parent = path.slice(0, cut);
    byParent.set(parent, [...(byParent.get(parent) ?? []), path.slice(cut)]);
  }
  return [...byParent]
    .map(([parent, names]) => parent + (names.length === 1 ? (names[0] ?? '') : `{${names.join(',')}}`))
    .join(' ');
}

function outagesText({ outages, outage }: WhatIf, language: Language): string {
  const each = outages.map(({ title, parts, total }) => {
    const own =
      parts.length > 1 ? figures([...parts.map(({ figure }) => figure), total], language, '    ') : '';
    return parts.length > 1
      ? `  ${title}\n${own}`
      : figures([{ ...total, title: `${title}, ${parts[0]?.figure.title ?? total.title}` }], language);
  });
  return each.join('') + (outage && outages.length > 1 ? figures([outage], language) : '');
}

const availabilityText = ({ availability }: WhatIf, language: Language): string =>
  availability
    .map(({ title, rows }) => {
      const lines = rows.flatMap(({ title: of, availability: share, perMonth }) => [
        { ...share, title: of },
        ...(perMonth.value === null ? [] : [perMonth]),
      ]);
      return `  ${oneLine(title)}\n${figures(lines, language, '    ')}`;
    })
    .join('');

const allowanceText = ({ allowances }: WhatIf, language: Language): string =>
  allowances
    .map(({ title, allowed, left }) => {
      const lines = left ? [allowed, left] : [allowed];
      return `  ${oneLine(title)}\n${figures(lines, language, '    ')}`;
    })
    .join('');

/** Of lines, what a change did to them; that a scenario has others is seen from its nodes. */
const TOLD: ReadonlySet<LinkMark> = new Set(['cut', 'dead', 'carries-more']);

/** Nodes and lines that are not as before. */
function pictureText({ overlay }: WhatIf, language: Language): string {
  const { marks, columns } = texts(language).whatIf;
  const nodes = Object.entries(overlay.nodes).filter(([, mark]) => mark !== 'unaffected');
  const links = overlay.links.filter(({ mark, link }) => TOLD.has(mark) && link !== null);
  const rows = [
    ...nodes.map(([id, mark]) => [id, marks[mark]]),
    ...[...new Map(links.map(({ link, mark }) => [`${link} ${mark}`, [link ?? '', marks[mark]]])).values()],
  ];
  return rows.length === 0 ? '' : textTable(['', columns.state], rows);
}

function unansweredText({ unanswered }: WhatIf, language: Language): string {
  const { columns } = texts(language).whatIf;
  if (unanswered.length === 0) return '';
  return textTable(
    [columns.figure, columns.missing],
    unanswered.map(({ title, missing }) => [title, folded(missing)]),
  );
}

function runsText(simulated: SimulatedRuns, language: Language): string {
  const { simulated: words } = texts(language).whatIf;
  if (simulated.state === 'unknown') return `${words.unknown(folded(simulated.missing))}\n`;
  const { p50, p90, p99, runs, seed } = simulated;
  const rows = [
    ['P50', p50],
    ['P90', p90],
    ['P99', p99],
  ] as const;
  const lines = rows.map(
    ([name, minutes]) => `  ${name}  ${formatDuration(minutes * MINUTE_MS, language)}\n`,
  );
  return `${words.heading}\n${lines.join('')}  ${words.runs(formatCount(runs), String(seed))}\n`;
}
