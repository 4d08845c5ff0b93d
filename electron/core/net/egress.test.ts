import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { estateOf } from '../ssh/testing/estate';
import { makeHome } from '../ssh/testing/home';
import { allows, type EgressMode, modeFor } from './egress';
import { policyFor } from './policy';

const dir = mkdtempSync(join(tmpdir(), 'patronus-egress-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const bundledEstatesDir = join(dir, 'estates');
mkdirSync(bundledEstatesDir);
mkdirSync(join(dir, 'mine'));
writeFileSync(join(bundledEstatesDir, 'patronus.yaml'), '');
writeFileSync(join(dir, 'mine', 'own.yaml'), '');
symlinkSync(join(bundledEstatesDir, 'patronus.yaml'), join(dir, 'mine', 'linked.yaml'));
symlinkSync(join(dir, 'mine', 'own.yaml'), join(bundledEstatesDir, 'outward.yaml'));
symlinkSync(bundledEstatesDir, join(dir, 'alias'));

describe('modeFor', () => {
  it.each<[string, string | null, EgressMode | undefined, string | undefined, EgressMode]>([
    ['a person’s own file', 'mine/own.yaml', undefined, undefined, 'estate'],
    ['no file', null, 'estate', undefined, 'offline'],
    ['a file of the product', 'estates/patronus.yaml', undefined, undefined, 'loopback'],
    ['which no flag loosens', 'estates/patronus.yaml', 'estate', undefined, 'loopback'],
    ['nor the environment', 'estates/patronus.yaml', undefined, 'estate', 'loopback'],
    ['but a flag tightens', 'estates/patronus.yaml', 'offline', undefined, 'offline'],
    ['reached by a link to the file', 'mine/linked.yaml', 'estate', undefined, 'loopback'],
    ['reached by a link to the folder', 'alias/patronus.yaml', 'estate', undefined, 'loopback'],
    ['that links outward', 'estates/outward.yaml', 'estate', undefined, 'loopback'],
    ['that does not exist yet', 'estates/new.yaml', 'estate', undefined, 'loopback'],
    ['by a path with dots', 'mine/../estates/patronus.yaml', 'estate', undefined, 'loopback'],
    ['a flag tightens one’s own', 'mine/own.yaml', 'loopback', undefined, 'loopback'],
    ['the environment forces loopback', 'mine/own.yaml', 'estate', 'loopback', 'loopback'],
    ['the environment cannot loosen a flag', 'mine/own.yaml', 'offline', 'estate', 'offline'],
    ['a typing error opens nothing', 'mine/own.yaml', 'estate', 'lopback', 'offline'],
    ['a sibling with a like name is one’s own', 'estates-mine.yaml', undefined, undefined, 'estate'],
  ])('%s', (_, file, requested, forced, expected) => {
    const estateFile = file === null ? null : `${dir}/${file}`;
    expect(modeFor({ estateFile, requested, bundledEstatesDir, env: { PATRONUS_EGRESS: forced } })).toBe(
      expected,
    );
  });
});

describe('policyFor', () => {
  it('allows the names of the estate and of the SSH configuration for it, nothing else', () => {
    const home = makeHome();
    const sshConfig = home.file(
      'config',
      'Host web\n HostName web.internal\n ProxyJump gate.internal:2222\n',
    );
    const estate = estateOf(
      [
        { id: 'web', address: '10.0.10.1', ssh: { host: 'WEB' } },
        { id: 'db', address: '10.0.20.2', ssh: { host: '192.0.2.7', act: { user: 'act' } } },
      ],
      [
        {
          id: 'sql',
          kind: 'mysql',
          role: 'database',
          hosts: ['db'],
          sql: { host: 'sql.internal', credentials: { read: { user: 'r', secret: 'prompt' } } },
        },
      ],
    );
    const options = { estate, estateFile: join(dir, 'mine', 'own.yaml'), bundledEstatesDir };
    home.file('config', 'Host WEB\n HostName web.internal\n ProxyJump gate.internal:2222\n');
    const policy = policyFor({ ...options, paths: { ...home.paths, sshConfig } });
    const names = [
      '10.0.10.1',
      'web',
      'web.internal',
      'gate.internal',
      '10.0.20.2',
      '192.0.2.7',
      'sql.internal',
    ];
    expect(policy).toEqual({ mode: 'estate', names: new Set(names) });
    expect(allows(policy, 'Web.Internal')).toBe(true);
    expect(allows(policy, '10.0.20.3')).toBe(false);
    home.remove();
  });
});
