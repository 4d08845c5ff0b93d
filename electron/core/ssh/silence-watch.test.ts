import { PassThrough } from 'node:stream';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSilence } from './silence-watch';

let asked = 0;
let silent = 0;
let socket: PassThrough;
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  asked = silent = 0;
  socket = new PassThrough();
  const client = new ssh2.Client();
  client.unforwardIn = () => {
    asked += 1;
    return client;
  };
  stop = watchSilence(client, socket, () => {
    silent += 1;
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTime(ms);

it('a link over which nothing comes is lost after two questions, once', () => {
  pass(4_499);
  expect([asked, silent]).toEqual([2, 0]);
  pass(1);
  expect([asked, silent]).toEqual([2, 1]);
  pass(60_000);
  expect([asked, silent]).toEqual([2, 1]);
});

it('whatever arrives is a sign of life, not only the answer', () => {
  for (let second = 0; second < 60; second += 1) {
    pass(1_000);
    socket.emit('data', Buffer.alloc(1));
  }
  expect(silent).toBe(0);
});

it('asks nothing more once it was stopped', () => {
  stop();
  pass(60_000);
  expect([asked, silent]).toEqual([0, 0]);
});
