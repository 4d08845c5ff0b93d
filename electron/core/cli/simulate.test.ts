import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WhatIf } from '@shared/views/what-if';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from './run-cli';
import { readSimulateArguments } from './simulate-arguments';

const home = mkdtempSync(path.join(tmpdir(), 'patronus-simulate-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const estate = (name: string) => path.resolve(import.meta.dirname, `../../../estates/${name}.yaml`);

async function simulate(name: string, ...words: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(['simulate', '--estate', estate(name), ...words], {
    io: {
      out: (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
      },
      env: { LANG: 'C', HOME: home },
      cwd: home,
      interactive: false,
    },
    ask: null,
    version: '1',
    bundledEstatesDir: home,
  });
  return { code, stdout, stderr };
}

describe('simulate', () => {
  it('prints what breaks, in the words of the screen, and opens no connection', async () => {
    const connects = vi.spyOn(net.Socket.prototype, 'connect');
    const { code, stdout, stderr } = await simulate('patronus', '--fail', 'db');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('as soon as step 3 is needed');
    expect(stdout).toContain('A drawing. Nothing is sent to any server.');
    expect(stdout).toContain('availability/db/repair');
    expect(connects).not.toHaveBeenCalled();
    connects.mockRestore();
  });
  it('--lang fr: the same in French', async () => {
    const { code, stdout } = await simulate('embassy', '--fail', 'master', '--lang', 'fr');
    expect(code).toBe(0);
    expect(stdout).toContain('la moitié d’entre eux attend 3\u00a0s une fois par choix (1\u00a0h)');
    expect(stdout).toContain('S’ils ne le retiennent pas');
  });
  it('--json: the document of the contract', async () => {
    const { code, stdout } = await simulate('patronus', '--in', 'minimal-replica', '--fail', 'db', '--json');
    expect(code).toBe(0);
    const whatIf = WhatIf.parse(JSON.parse(stdout));
    expect(whatIf.changes.map(({ entry }) => entry)).toEqual(['--in minimal-replica', '--fail db']);
  });
  it('names every change that cannot be meant, with exit code 2', async () => {
    const { code, stdout, stderr } = await simulate('patronus', '--fail', 'wbe', '--cut', 'webdb');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Did you mean web?');
    expect(stderr).toContain('Did you mean web-db?');
  });
  it.each([
    [['--load', 'much'], '--load'],
    [['--set', 'dataSets/files/size'], '--set'],
    [['--fail'], '--fail'],
    [['--seed', '1'], '--outage'],
    [['--outage', '--seed', 'x'], '--seed'],
    [['web'], 'web'],
  ])('%j is bad usage', async (words, named) => {
    const { code, stderr } = await simulate('patronus', ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(named);
  });
  it('--outage says what keeps it from being simulated', async () => {
    const { code, stdout } = await simulate('patronus', '--outage');
    expect(code).toBe(0);
    expect(stdout).toContain('The outage cannot be simulated');
  });
  it('changes are laid on in the order in which they are written', () => {
    const read = readSimulateArguments(['--estate', 'x', '--drain', 'b', '--fail', 'a', '--load=2x'], 'C');
    expect(read).toMatchObject({
      ok: true,
      value: {
        changes: [
          { kind: 'drain', node: 'b' },
          { kind: 'fail', node: 'a' },
          { kind: 'load', times: 2 },
        ],
      },
    });
  });
  it('a file that is no estate is told with its place', async () => {
    const file = path.join(home, 'broken.yaml');
    writeFileSync(file, 'version: 2\n');
    const { code, stderr } = await simulate('patronus', '--estate', file);
    expect(code).toBe(2);
    expect(stderr).toContain('broken.yaml:1');
  });
});
