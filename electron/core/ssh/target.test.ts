import { Failure } from '@shared/errors';
import { describe, expect, it } from 'vitest';
import { parseSshConfig } from './config';
import { routeOf, type SshContext, sshTarget } from './target';
import { estateOf } from './testing/estate';

const contextOf = (hosts: Parameters<typeof estateOf>[0], config = ''): SshContext => ({
  estate: estateOf(hosts),
  config: config === '' ? null : parseSshConfig(config),
  home: '/home/ana',
  localUser: 'ana',
});
const route = (context: SshContext, host = 'web', account: 'read' | 'act' = 'read') => {
  try {
    return routeOf(sshTarget(context, host, account).hops);
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.error.code : thrown;
  }
};

describe('sshTarget', () => {
  it.each<[string, SshContext, string]>([
    ['the address alone', contextOf([{ id: 'web', address: '10.0.0.1' }]), 'ssh ana@10.0.0.1:22'],
    [
      'where SSH is reached',
      contextOf([{ id: 'web', address: '10.0.0.1', ssh: { host: '127.0.10.1', port: 2200, user: 'watch' } }]),
      'ssh watch@127.0.10.1:2200',
    ],
    [
      'a name from the SSH configuration',
      contextOf([{ id: 'web', ssh: { host: 'w' } }], 'Host w\nHostName w.internal\nUser deploy\nPort 2222'),
      'ssh deploy@w.internal:2222',
    ],
    [
      'what the estate states wins',
      contextOf(
        [{ id: 'web', ssh: { host: 'w', user: 'watch', port: 22 } }],
        'Host w\nUser deploy\nPort 2222',
      ),
      'ssh watch@w:22',
    ],
    [
      'a jump host of the estate',
      contextOf([
        { id: 'gate', address: 'g', ssh: { user: 'j' } },
        { id: 'web', address: 'w', ssh: { jump: 'gate' } },
      ]),
      'ssh j@g:22 → ana@w:22',
    ],
    [
      'jump hosts of the configuration',
      contextOf(
        [{ id: 'web', ssh: { host: 'w' } }],
        'Host w\nProxyJump a,op@b:2200\nHost a\nHostName a.internal\nProxyJump z\nHost b\nProxyJump never',
      ),
      'ssh ana@z:22 → ana@a.internal:22 → op@b:2200 → ana@w:22',
    ],
    [
      'the estate’s jump replaces the configuration’s',
      contextOf(
        [
          { id: 'gate', address: 'g' },
          { id: 'web', ssh: { host: 'w', jump: 'gate' } },
        ],
        'Host w\nProxyJump other',
      ),
      'ssh ana@g:22 → ana@w:22',
    ],
    ['no address', contextOf([{ id: 'web' }]), 'E_NO_ADDRESS'],
    ['no such host', contextOf([{ id: 'db', address: 'x' }]), 'E_NO_SUCH_HOST'],
    [
      'a jump host that is not there',
      contextOf([{ id: 'web', address: 'w', ssh: { jump: 'gone' } }]),
      'E_NO_SUCH_HOST',
    ],
    ['itself as jump host', contextOf([{ id: 'web', address: 'w', ssh: { jump: 'web' } }]), 'E_JUMP_LOOP'],
    [
      'a circle of jump hosts',
      contextOf([
        { id: 'a', address: 'a', ssh: { jump: 'b' } },
        { id: 'b', address: 'b', ssh: { jump: 'web' } },
        { id: 'web', address: 'w', ssh: { jump: 'a' } },
      ]),
      'E_JUMP_LOOP',
    ],
    [
      'a circle in the configuration',
      contextOf([{ id: 'web', ssh: { host: 'w' } }], 'Host *\nProxyJump gate'),
      'E_JUMP_LOOP',
    ],
  ])('%s', (_, context, expected) => expect(route(context)).toBe(expected));

  it('the account that acts has its own user; jump hosts are entered as always', () => {
    const context = contextOf([
      { id: 'gate', address: 'g', ssh: { user: 'j', act: { user: 'never' } } },
      {
        id: 'web',
        address: 'w',
        ssh: { user: 'watch', identity: 'file:k', jump: 'gate', act: { user: 'root', secret: 'prompt' } },
      },
    ]);
    expect(route(context, 'web', 'act')).toBe('ssh j@g:22 → root@w:22');
    expect(sshTarget(context, 'web', 'act').hops.at(-1)).toMatchObject({
      identity: undefined,
      secret: 'prompt',
    });
    expect(route(contextOf([{ id: 'web', address: 'w' }]), 'web', 'act')).toBe('E_NO_ACCOUNT');
  });
});
