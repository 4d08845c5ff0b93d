import { afterEach, expect, it } from 'vitest';
import { makeHome } from '../ssh/testing/home';
import { makeRig } from '../ssh/testing/rig';
import { makeHostKey, startTestServer } from '../ssh/testing/ssh-server';
import { makeKey } from '../ssh/testing/sshd';

/** The part of F5 that no sshd of Debian does by itself, or that ends before there is a connection. */

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

it('F5 a server that asks for a new password at the login is given none, and is not asked again', async () => {
  let asked = 0;
  const server = await startTestServer({
    authenticate: (context) => {
      if (context.method !== 'password') return context.reject(['password']);
      asked += 1;
      context.requestChange('Your password has expired.\u001b]0;x\u0007', () => context.reject());
    },
  });
  const ssh = { host: '127.0.0.1', port: server.port, user: 'ana', hostKeys: [server.hostKey] };
  const rig = makeRig([{ id: 'db', ssh: { ...ssh, secret: 'env:PW' } }], { env: { PW: 'x' } });
  open.push({ close: () => server.close() }, { close: () => rig.dispose() });
  for (let look = 0; look < 3; look += 1)
    expect(await rig.attempt('db')).toMatchObject({ code: 'E_AUTH_EXPIRED', retryable: false });
  expect(asked).toBe(1);
});

it('F5 an encrypted key with a wrong passphrase opens no connection', async () => {
  const home = makeHome();
  open.push({ close: () => home.remove() });
  const { file } = makeKey(home, 'encrypted', 'the right one');
  const secret = `file:${home.file('phrase', 'a wrong one\n')}`;
  const hostKeys = [makeHostKey('ed25519').public];
  const rig = makeRig([
    {
      id: 'db',
      ssh: { host: '127.0.0.1', port: 1, user: 'ana', identity: `file:${file}`, secret, hostKeys },
    },
  ]);
  open.push({ close: () => rig.dispose() });
  for (let look = 0; look < 3; look += 1)
    expect(await rig.attempt('db')).toMatchObject({ code: 'E_KEY_PASSPHRASE', stage: 'auth' });
  expect(rig.dialer.connections()).toEqual([]);
});
