import { expect, test } from 'vitest';
import { createConnectGate } from './connect-gate';

const how = (background: boolean) => ({ background, signal: new AbortController().signal });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Who has begun to knock, in order. */
function crowd(gate: ReturnType<typeof createConnectGate>) {
  const begun: string[] = [];
  const enter = (name: string, endpoint: string, background = true) => {
    const turn = gate.enter(endpoint, how(background));
    void turn.then(() => begun.push(name));
    return turn;
  };
  return { begun, enter };
}

test('one server is never asked for more logins at once than its sshd takes, whatever room there is', async () => {
  const { begun, enter } = crowd(createConnectGate({ knocking: 10, loggingIn: 10, perEndpoint: 2 }));
  const turns = ['a1', 'a2', 'a3'].map((name) => enter(name, 'a:22'));
  void enter('b1', 'b:22');
  await settle();
  expect(begun.sort()).toEqual(['a1', 'a2', 'b1']);
  (await turns[0])?.end();
  await settle();
  expect(begun).toContain('a3');
});

test('who steps aside lets another host knock, but keeps its place at its own server', async () => {
  const { begun, enter } = crowd(createConnectGate({ knocking: 1, loggingIn: 1, perEndpoint: 1 }));
  const hung = await enter('hung', 'a:22');
  void enter('same', 'a:22');
  const other = enter('other', 'b:22');
  await settle();
  expect(begun).toEqual(['hung']);
  hung.stepAside();
  await settle();
  expect(begun).toEqual(['hung', 'other']);
  hung.end();
  (await other).end();
  await settle();
  expect(begun).toEqual(['hung', 'other', 'same']);
});

test('who waits to log in keeps nobody from knocking, and a person who is asked nobody from logging in', async () => {
  const { begun, enter } = crowd(createConnectGate({ knocking: 1, loggingIn: 1, perEndpoint: 8 }));
  // A person's login is not paced, so that no time passes in this test.
  const first = await enter('first', 'a:22', false);
  const second = enter('second', 'b:22', false);
  await first.logIn();
  await settle();
  expect(begun).toEqual(['first', 'second']);
  let in2 = false;
  void (await second).logIn().then(() => {
    in2 = true;
  });
  await settle();
  expect(in2).toBe(false);
  first.pause();
  await settle();
  expect(in2).toBe(true);
  first.end(); // gives nothing back twice: the second still has the only place
  const third = await enter('third', 'c:22', false);
  let in3 = false;
  void third.logIn().then(() => {
    in3 = true;
  });
  await settle();
  expect(in3).toBe(false);
});

test('a person goes before the background', async () => {
  const { begun, enter } = crowd(createConnectGate({ knocking: 1, loggingIn: 1, perEndpoint: 8 }));
  const first = await enter('first', 'a:22');
  void enter('background', 'b:22');
  void enter('person', 'c:22', false);
  await settle();
  first.end();
  await settle();
  expect(begun).toEqual(['first', 'person']);
});

test('who gives up at the second door gives the first one back', async () => {
  const gate = createConnectGate({ knocking: 1, loggingIn: 1, perEndpoint: 1 });
  const first = await gate.enter('a:22', how(true));
  const stop = new AbortController();
  const second = gate.enter('b:22', { background: true, signal: stop.signal });
  await settle();
  stop.abort('gone');
  await expect(second).rejects.toBe('gone');
  first.end();
  (await gate.enter('b:22', how(true))).end();
});
