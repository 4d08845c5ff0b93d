import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { parseSshConfig } from './config';
import { makeHome } from './testing/home';

const home = makeHome();
afterAll(() => home.remove());
const facts = { home: '/home/ana', localUser: 'ana' };
const CONFIG = `
# people write these by hand
Host web db "old host"   # three names
  HostName=%h.internal
  User deploy
  Port = 2222
  IdentityFile ~/.ssh/%r_%h_%p
  port 99
Host *.example !secret.example
  User guest
  ProxyJump gate.example,ops@inner:2200
Host secret.example
\tProxyJump none
Match exec "touch /tmp/never"
  User matched
Host web
  IdentityFile "/keys/with space"
  User second
Host percent
  HostName 100%%-%h
Include conf.d/*
Host *
  IdentityFile ~/.ssh/id_all
  ProxyCommand nc %h %p
  Port 22
`;

describe('parseSshConfig', () => {
  const config = parseSshConfig(CONFIG);
  it.each([
    [
      'web',
      {
        hostName: 'web.internal',
        user: 'deploy',
        port: 2222,
        identityFiles: [
          '/home/ana/.ssh/deploy_web.internal_2222',
          '/keys/with space',
          '/home/ana/.ssh/id_all',
        ],
      },
    ],
    [
      'old host',
      {
        hostName: 'old host.internal',
        user: 'deploy',
        port: 2222,
        identityFiles: ['/home/ana/.ssh/deploy_old host.internal_2222', '/home/ana/.ssh/id_all'],
      },
    ],
    [
      'a.example',
      {
        user: 'guest',
        port: 22,
        identityFiles: ['/home/ana/.ssh/id_all'],
        proxyJump: ['gate.example', 'ops@inner:2200'],
      },
    ],
    ['secret.example', { port: 22, identityFiles: ['/home/ana/.ssh/id_all'], proxyJump: [] }],
    ['percent', { hostName: '100%-percent', port: 22, identityFiles: ['/home/ana/.ssh/id_all'] }],
    ['other', { port: 22, identityFiles: ['/home/ana/.ssh/id_all'] }],
  ])('%s', (host, expected) => expect(config.settingsFor(host, facts)).toEqual(expected));

  it('says what it does not apply', () => {
    expect(config.warnings).toEqual(['line 14: Match is not applied', 'line 21: Include is not applied']);
  });
  it('survives nonsense', () => {
    const odd = parseSshConfig(
      '\0\x1b[31m\nHost\nPort abc\nHostName\nUser\n=\nIdentityFile none\nPort 99999\r\n',
    );
    expect(odd.settingsFor('x', facts)).toEqual({ identityFiles: [] });
  });
});

describe.skipIf(spawnSync('ssh', ['-V']).error !== undefined)('against ssh -G', () => {
  const file = home.file('config', CONFIG.replace(/^Match.*\n.*\n/m, '').replace(/^Include.*\n/m, ''));
  const config = parseSshConfig(CONFIG);
  it.each(['web', 'db', 'a.example', 'secret.example', 'b.c.example', 'percent', 'other', 'WEB'])(
    '%s',
    (host) => {
      const out = spawnSync('ssh', ['-T', '-G', '-F', file, host], { encoding: 'utf8' });
      expect(out.stderr).toBe('');
      const theirs = new Map<string, string[]>();
      for (const line of out.stdout.split('\n')) {
        const [key = '', ...rest] = line.split(' ');
        theirs.set(key, [...(theirs.get(key) ?? []), rest.join(' ')]);
      }
      const { username, homedir } = userInfo();
      const ours = config.settingsFor(host, { home: homedir, localUser: username });
      expect(ours.hostName ?? host.toLowerCase()).toBe(theirs.get('hostname')?.[0]);
      expect(ours.user ?? username).toBe(theirs.get('user')?.[0]);
      expect(`${ours.port ?? 22}`).toBe(theirs.get('port')?.[0]);
      expect((ours.proxyJump ?? []).join(',') || undefined).toBe(
        theirs.get('proxyjump')?.[0]?.replace('none', '') || undefined,
      );
      // ssh -G prints IdentityFile before expansion.
      const raw = parseSshConfig(CONFIG).settingsFor(host, { home: '~', localUser: username }).identityFiles;
      expect(raw).toHaveLength(theirs.get('identityfile')?.length ?? 0);
    },
  );
});
