import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, describe, expect, it } from 'vitest';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { fuseDifferences, readFuses, wantedFuses } from './package-fuses.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'patronus-fuses-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The sentinel, version 1, and this wire (Electron's tutorial "fuses"). */
function programWith(wire: string | null): string {
  const file = path.join(dir, `program-${wire}`);
  const fuses = [Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, wire?.length ?? 0])];
  const parts = wire === null ? [] : [...fuses, Buffer.from(wire)];
  writeFileSync(file, Buffer.concat([Buffer.alloc(100, 1), ...parts, Buffer.alloc(100, 1)]));
  return file;
}

describe('C7: fuses', () => {
  it('decides about every fuse there is a name for', () => {
    const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    expect(Object.keys(wantedFuses()).sort()).toEqual(names.sort());
  });
  it('wants doors shut and checks on', () => {
    expect(wantedFuses()).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });
  it.each([
    ['as wanted', '01001100', []],
    ['one open', '11001100', ['RunAsNode is on, wanted off']],
    ['one removed', 'r1001100', ['RunAsNode is removed, wanted off']],
    ['one missing', '0100110', ['GrantFileProtocolExtraPrivileges is not there, wanted off']],
    [
      'one that is new',
      '010011001',
      ['fuse 8 is in the program and not decided about in electron-builder.yml'],
    ],
  ])('%s', async (_, wire, expected) => {
    expect(fuseDifferences(await readFuses(programWith(wire)), wantedFuses())).toEqual(expected);
  });
  it('says when a program has none', async () => {
    expect(await readFuses(programWith(null))).toBeNull();
  });
});
