import { expect, test } from 'vitest';
import { texts } from '../../text';
import { codeSpan, escapeMarkdown } from './escape';
import { paperToHtml } from './html';
import { paperToMarkdown } from './markdown';
import type { PlanPaper } from './model';
import { pageFoot } from './page-foot';
import { paperOf } from './paper-of';
import { HASH, planForTests } from './plan.test-kit';
import { basisText } from './plan-words';

/** What a server or a person could call themselves to be read as markup. */
const HOSTILE =
  '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>\n# heading | cell `code` [x](http://x/)';

const paper = (name = 'db', language: 'en' | 'fr' = 'en'): PlanPaper =>
  paperOf({
    plan: planForTests(name),
    hash: HASH,
    shortHash: 'b21d·77e0',
    estate: name,
    language,
    zone: 'UTC',
    printedAt: Date.UTC(2026, 11, 4, 17, 5),
    opened: [
      {
        lines: [
          {
            depth: 0,
            term: '',
            title: `Outage of ${name}`,
            symbols: 'T = max Σ E',
            value: '84 min',
            lacks: [],
          },
          { depth: 1, term: 'S', title: 'Walk', value: '40 min', source: 'measured', path: 'a/b', lacks: [] },
        ],
      },
      {
        lines: [
          {
            depth: 0,
            term: '',
            title: `Outage of ${name}`,
            symbols: 'T = max Σ E',
            value: '84 min',
            lacks: [],
          },
        ],
      },
    ],
    more: [],
  });

/** The tags of a page with their attributes, without what stands between them. */
const markupOf = (html: string) => (html.match(/<[a-z][^>]*>/gi) ?? []).join('');
/** Tags of a page, by name, without what stands inside them. */
const tagsOf = (html: string) =>
  [...html.matchAll(/<([a-z][a-z0-9]*)\b/gi)].map(([, name = '']) => name.toLowerCase());

test.each(['en', 'fr'] as const)(
  'a hostile name adds no tag, attribute, script or address to the page (%s)',
  (language) => {
    const html = paperToHtml(paper(HOSTILE, language), [], 'page');
    const calm = paperToHtml(paper('db', language), [], 'page');
    expect(tagsOf(html)).toEqual(tagsOf(calm));
    expect(markupOf(html)).not.toMatch(/\b(src|href|on\w+)\s*=/i);
    expect(html).toContain('&#60;script&#62;alert(1)');
    // the control: without escaping the count of tags does differ
    expect(tagsOf(html.replaceAll('&#60;', '<'))).not.toEqual(tagsOf(calm));
  },
);

test('the page asks for nothing outside itself and says so to whoever opens it', () => {
  const html = paperToHtml(
    paper(),
    [{ family: 'Plex', weight: 400, data: 'data:font/woff2;base64,AA' }],
    'page',
  );
  expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'; font-src data:");
  expect(html.match(/url\((?!data:|#)/g)).toBeNull();
  expect(/https?:|\/\//.test(html)).toBe(false);
});

test('every form carries the whole hash', () => {
  expect(paperToHtml(paper(), [], 'none')).toContain(HASH);
  expect(paperToMarkdown(paper())).toContain(HASH);
});

test('a hostile name begins no heading, row or link of Markdown', () => {
  const [hostile, calm] = [paperToMarkdown(paper(HOSTILE)), paperToMarkdown(paper())];
  const heads = (text: string) => text.split('\n').filter((line) => /^#+ /.test(line)).length;
  expect(heads(hostile)).toBe(heads(calm));
  expect(hostile.split('\n').length).toBe(calm.split('\n').length);
  // what is typed stands in spans of code, where nothing is markup
  const prose = hostile.replace(/(?<![\\`])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
  expect(prose).not.toMatch(/(?<!\\)\]\(http/);
  expect(prose).not.toMatch(/(?<!\\)<script/);
  // every row of a table has as many cells as its head
  const cells = (line: string) => line.split(/(?<!\\)\|/).length;
  for (const table of hostile.split('\n\n').filter((part) => part.startsWith('|'))) {
    const [head = '', ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.map(cells)).toEqual(rows.map(() => cells(head)));
  }
});

test.each([
  ['# a', '\\# a'],
  ['- a', '\\- a'],
  ['1. a', '1\\. a'],
  ['40.2 min', '40.2 min'],
  ['a\nb', 'a b'],
  ['<b>', '\\<b\\>'],
])('%j in Markdown is text', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});

test('code keeps its backticks inside a longer fence', () => {
  expect(codeSpan('a`b')).toBe('``a`b``');
  expect(codeSpan('`a``')).toBe('``` `a`` ```');
});

test('a sheet has every step of the night in order, its boxes, and the point of no return before the promotion', () => {
  const sheet = paper().sections.find(({ id }) => id === 'sheet')?.blocks[0];
  const rows = sheet?.kind === 'sheet' ? sheet.rows : [];
  expect(rows.map((row) => (row.kind === 'no-return' ? '══' : row.number))).toEqual([
    'G1',
    '15',
    '16',
    '17',
    '18',
    '19',
    'G2',
    '══',
    '21',
    '22',
    'G3',
    '25',
  ]);
  const html = paperToHtml(paper(), [], 'none');
  expect(html.match(/class="box"/g)).toHaveLength(rows.length - 1);
});

test('giving up is told in reverse order, and the old database is never opened before the target is read-only', () => {
  const card = paper('db', 'fr')
    .sections.flatMap(({ blocks }) => blocks)
    .find(({ kind }) => kind === 'card');
  expect(card).toMatchObject({
    parts: [
      { lead: 'Avant 21\u00a0:', text: expect.stringContaining('17, 16, 15') },
      { never: expect.stringContaining('R1') },
    ],
  });
});

test.each(['en', 'fr'] as const)(
  'every number of the plan on paper has what it stands on beside it (%s)',
  (language) => {
    const plan = planForTests();
    const made = paper('db', language);
    const facts = made.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])),
    );
    expect(facts).toHaveLength(8);
    for (const { label, note } of facts) expect(note, label).not.toBe('');
    const said = JSON.stringify(made.sections);
    for (const step of [...plan.steps].filter(({ minutes, kind }) => minutes && kind === 'step')) {
      const basis = basisText(step, plan, language);
      expect(basis, step.id).not.toBe('');
      expect(said).toContain(JSON.stringify(basis).slice(1, -1));
    }
    for (const { path } of plan.assumptions) expect(said).toContain(path);
  },
);

test('a plan of which nothing is known says so and draws nothing', () => {
  const known = planForTests();
  const plan = {
    ...known,
    takenAt: null,
    window: { state: 'unset' } as const,
    steps: known.steps.map((step) => ({
      ...step,
      minutes: null,
      clock: null,
      missing: [`steps/${step.id}`],
    })),
    influence: null,
    wallet: null,
    clock: {
      ...known.clock,
      turnBack: null,
      turnBackMissing: ['window/start'],
      freeAbortMinutes: null,
      pointOfNoReturn: null,
    },
    totals: {
      ...known.totals,
      outage: null,
      estimate: null,
      rollback: null,
      preparation: null,
      stars: null,
      filePasses: null,
      missing: ['a/b'],
    },
  };
  const made = paperOf({
    plan,
    hash: HASH,
    shortHash: 'x',
    estate: 'e',
    language: 'en',
    zone: 'UTC',
    printedAt: 0,
    opened: [],
    more: [],
  });
  const html = paperToHtml(made, [], 'none');
  expect(html).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(html).not.toContain('<figure>');
  expect(made.sections[0]?.blocks[0]).toMatchObject({
    facts: expect.arrayContaining([
      { label: 'Expected outage, P50 / P90', value: 'unknown', note: 'waits for: a/b' },
    ]),
  });
});

test('a number that was opened before is named and not opened again', () => {
  const table = paper().sections.find(({ id }) => id === 'formulas')?.blocks[0];
  const rows = table?.kind === 'table' ? table.rows : [];
  expect(rows).toHaveLength(3);
  expect(rows[2]?.[2]).toBe(texts('en').planPaper.formulas.above);
});

test('the foot of a sheet leaves the numbers of pages to the printer, and a name in it is text', () => {
  const foot = pageFoot({ left: 'plan <b>', right: 'printed', language: 'en' });
  expect(foot).toContain('plan &#60;b&#62;');
  expect(foot).toContain('<span class="pageNumber"></span> / <span class="totalPages"></span>');
});
