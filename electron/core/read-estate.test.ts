import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEstate } from './read-estate';

const dir = mkdtempSync(path.join(tmpdir(), 'patronus-read-'));
afterAll(() => rmSync(dir, { recursive: true }));
const make = (name: string, bytes: string | Buffer) => {
  const file = path.join(dir, name);
  writeFileSync(file, bytes);
  return file;
};
const pipe = path.join(dir, 'pipe');
execFileSync('mkfifo', [pipe]);

test.each([
  ['a missing file', path.join(dir, 'none.yaml'), 'E_ESTATE_FILE', /There is no file/],
  ['a folder', dir, 'E_ESTATE_FILE', /not a file/],
  ['a named pipe', pipe, 'E_ESTATE_FILE', /not a file/],
  ['a huge file', make('huge.yaml', 'x'.repeat(2_000_001)), 'E_ESTATE_SIZE', /2000001 bytes/],
  [
    'bytes that are not UTF-8',
    make('latin1.yaml', Buffer.concat([Buffer.from('version: 1\ntitle: "caf'), Buffer.from([0xe9, 0x22])])),
    'E_ESTATE_ENCODING',
    /latin1\.yaml:2:12/,
  ],
])('%s is a coded error that names the file', async (_what, file, code, message) => {
  const result = await readEstate(file);
  expect(result).toMatchObject({ ok: false, error: [{ code, stage: 'estate', params: { file } }] });
  if (!result.ok) expect(result.error[0]?.message).toMatch(message);
});

test.each(['patronus'])("the product's %s.yaml is a valid estate", async (name) => {
  const result = await readEstate(path.resolve(import.meta.dirname, '../../estates', `${name}.yaml`));
  expect(result).toMatchObject({ ok: true, value: { estate: name } });
});
