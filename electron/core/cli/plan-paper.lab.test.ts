import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printElsewhere } from '../paper/print-elsewhere';
import { readPdf } from '../paper/testing/pdf-text';
import { runCli } from './run-cli';

/** Paper from the command line, printed by the real runtime: sandboxed, under another user than root, without a window. */

const ROOT = path.resolve(import.meta.dirname, '../../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'patronus-plan-paper-'));
  cpSync(path.join(ROOT, 'estates/patronus.yaml'), path.join(folder, 'patronus.yaml'));
  const window = 'window: { start: 2026-12-05 00:30, end: 2026-12-05 02:30, zone: Europe/Paris }';
  writeFileSync(path.join(folder, 'patronus.plan.yaml'), `version: 1\n${window}\napproved: null\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function patronus(argv: readonly string[], root = ROOT) {
  const said = { out: '', err: '' };
  const code = await runCli([...argv, '--estate', 'patronus.yaml', '--data-dir', 'data'], {
    io: {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      env: { ...process.env, HOME: folder },
      cwd: folder,
      interactive: false,
    },
    ask: null,
    version: '0',
    bundledEstatesDir: path.join(ROOT, 'estates'),
    printPdf: printElsewhere(root, process.env),
  });
  return { code, ...said };
}

test('a PDF has as many sheets as its feet say, its text has the hash, and nothing in it runs', async () => {
  const printed = await patronus(['plan', '--format', 'pdf', '--language', 'fr', '--out', 'plan.pdf']);
  // 4: no look was recorded, so nothing of the servers could be seen
  expect(printed).toMatchObject({ code: 4, out: '' });
  const { hash } = JSON.parse((await patronus(['plan', '--format', 'json'])).out) as { hash: string };
  const { pages, text, actions } = readPdf(readFileSync(path.join(folder, 'plan.pdf')));
  expect(pages).toBeGreaterThan(5);
  expect(pages).toBeLessThan(60);
  expect(text).toContain(hash);
  expect(text).toContain('Feuille de bascule');
  expect(text).toContain('POINT DE NON-RETOUR');
  expect(text.match(/périmé si le plan change/g)).toHaveLength(pages);
  expect(text).toContain(`${pages} / ${pages}`);
  expect(text).not.toContain(`${pages + 1} / `);
  expect(actions).toEqual([]);
  expect(statSync(path.join(folder, 'plan.pdf')).mode & 0o777).toBe(0o600);
}, 400_000);

test('the pack is whole, in both languages, and every file of it carries the one hash', async () => {
  const packed = await patronus(['plan', '--pack', 'pack', '--lang', 'fr']);
  expect(packed.code).toBe(4);
  const pack = path.join(folder, 'pack');
  const files = [
    'ledger.csv',
    'plan.html',
    'plan.ics',
    'plan.json',
    'plan.md',
    'plan.pdf',
    'runbook.txt',
    'steps.csv',
  ];
  for (const language of ['en', 'fr']) expect(readdirSync(path.join(pack, language)).sort()).toEqual(files);
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: pack });
  const { hash } = JSON.parse(readFileSync(path.join(pack, 'fr/plan.json'), 'utf8')) as { hash: string };
  expect(packed.out.split('\n')[0]).toBe(path.join(pack, 'README.fr.txt'));
  for (const language of ['en', 'fr'])
    for (const name of files.filter((each) => each !== 'plan.pdf' && each !== 'runbook.txt'))
      expect(readFileSync(path.join(pack, language, name), 'utf8').replaceAll('\r\n ', ''), name).toContain(
        hash,
      );
  const readme = readFileSync(path.join(pack, 'README.fr.txt'), 'utf8');
  const [sum = ''] = execFileSync('sha256sum', ['patronus.yaml'], { cwd: folder, encoding: 'utf8' }).split(
    ' ',
  );
  expect(readme).toContain(hash);
  expect(readme).toContain(sum);
  // the control: a changed file is found
  writeFileSync(path.join(pack, 'fr/plan.md'), 'changed');
  expect(() =>
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: pack, stdio: 'pipe' }),
  ).toThrow();
}, 400_000);

test('without a runtime a PDF is refused, by the name of what is missing; a pack comes without it and says so', async () => {
  const alone = await patronus(
    ['plan', '--format', 'pdf', '--out', 'none.pdf'],
    path.join(folder, 'nowhere'),
  );
  expect(alone.code).toBe(1);
  expect(alone.err).toMatch(/E_PRINT_RUNTIME .*patronus-console/);
  const packed = await patronus(['plan', '--pack', 'bare', '--lang', 'en'], path.join(folder, 'nowhere'));
  expect(packed.code).toBe(1);
  expect(readFileSync(path.join(folder, 'bare/README.en.txt'), 'utf8')).toContain('The PDF is missing');
  expect(readdirSync(path.join(folder, 'bare/en'))).not.toContain('plan.pdf');
});
