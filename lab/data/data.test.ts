import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentMaker, contentSha256 } from './content';
import { planFiles } from './files';
import { piecesOf, rowCounts, tablesOf } from './tables';
import { tarOf } from './tar';

const SEED = 11;
const files = planFiles(SEED, 300, 3e6);
const bytesOf = (seed: number, index: number) => {
  const file = planFiles(seed, 300, 3e6)[index];
  if (!file) throw new RangeError(`no file ${index}`);
  return Buffer.concat([...contentMaker(seed)(file)]);
};

describe('files', () => {
  it('come out the same for the same seed, other for another', () => {
    expect(planFiles(SEED, 300, 3e6)).toEqual(files);
    expect(planFiles(SEED + 1, 300, 3e6)).not.toEqual(files);
  });

  it('have the size they were asked to have together, and every one its own path', () => {
    const total = files.reduce((sum, file) => sum + file.size, 0);
    expect(Math.abs(total - 3e6)).toBeLessThanOrEqual(300);
    expect(new Set(files.map((file) => file.path)).size).toBe(300);
  });

  it('are mostly small with a few large, in many folders, with accents and spaces', () => {
    const sizes = files.map((file) => file.size).sort((a, b) => a - b);
    expect((sizes.at(-1) ?? 0) / (sizes[150] ?? 1)).toBeGreaterThan(10);
    expect(new Set(files.map((file) => file.path.split('/').slice(0, -1).join('/'))).size).toBeGreaterThan(
      50,
    );
    expect(files.some((file) => file.path.startsWith('Comptabilité/'))).toBe(true);
    expect(files.some((file) => file.path.includes('/lot '))).toBe(true);
  });

  it('have content of just their size, the same each time', () => {
    for (const index of [0, 1, 2, 3, 10, 200]) {
      expect(bytesOf(SEED, index).length).toBe(files[index]?.size);
      expect(bytesOf(SEED, index).equals(bytesOf(SEED, index))).toBe(true);
      expect(bytesOf(SEED + 1, index).equals(bytesOf(SEED, index))).toBe(false);
    }
  });

  it('make a tar archive that tar reads', () => {
    const archive = Buffer.concat([...tarOf(files, contentMaker(SEED), 'root')]);
    const listing = execFileSync('tar', ['-tf', '-', '--quoting-style=literal'], { input: archive })
      .toString()
      .trim();
    expect(listing.split('\n')).toEqual(files.map((file) => file.path));
    const [first] = files;
    if (!first) throw new RangeError('no file');
    const bytes = execFileSync('tar', ['-xOf', '-', first.path], { input: archive, maxBuffer: 1e8 });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(contentSha256(contentMaker(SEED), first));
  });

  it('of 8 GiB and more have the size that tar reads', () => {
    const huge = {
      id: 1,
      path: 'huge.zip',
      size: 9 * 2 ** 30,
      modified: 0,
      mime: 'application/zip',
      text: false,
    };
    const [header] = tarOf([huge], contentMaker(SEED), 'root');
    expect(header?.readUInt8(124)).toBe(0x80);
    expect(header?.readBigUInt64BE(128)).toBe(9n * 2n ** 30n);
  });
});

describe('tables', () => {
  const counts = rowCounts(5e5, files.length);
  const text = (seed: number) => tablesOf(seed, counts, files).map(({ lines }) => [...lines()].join(''));

  it('come out the same for the same seed, other for another', () => {
    expect(text(SEED)).toEqual(text(SEED));
    expect(text(SEED + 1)).not.toEqual(text(SEED));
  });

  it('have the rows they state, with as many columns in each and nothing to escape', () => {
    const columns = { customers: 9, orders: 7, order_lines: 6, documents: 7 } as const;
    for (const { table, rows, lines } of tablesOf(SEED, counts, files)) {
      const all = [...lines()];
      expect([table, all.length]).toEqual([table, rows]);
      expect(all.filter((line) => /\\|\0|\r/.test(line))).toEqual([]);
      const wanted = columns[table as keyof typeof columns];
      expect(all.filter((line) => line.split('\t').length !== wanted)).toEqual([]);
    }
  });

  it('state of each document what its file has', () => {
    const documents = tablesOf(SEED, counts, files).find(({ table }) => table === 'documents');
    for (const line of [...(documents?.lines() ?? [])].slice(0, 5)) {
      const [id, , path, , size, sha256] = line.trim().split('\t');
      const file = files[Number(id) - 1];
      if (!file) throw new RangeError(`no file ${id}`);
      expect([path, Number(size), sha256]).toEqual([
        file.path,
        file.size,
        contentSha256(contentMaker(SEED), file),
      ]);
    }
  });

  it('grow with the size asked for', () => {
    expect(rowCounts(100e6, 1).orders / rowCounts(10e6, 1).orders).toBeCloseTo(10, 1);
    expect(rowCounts(1, 1).orders).toBeGreaterThan(0);
  });

  it('are cut into pieces at line ends, nothing lost', () => {
    const lines = function* () {
      for (let i = 0; i < 1000; i++) yield `row ${i}\n`;
    };
    const pieces = [...piecesOf(lines(), 100)];
    expect(pieces.length).toBeGreaterThan(50);
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
    expect(pieces.join('')).toBe([...lines()].join(''));
  });
});
