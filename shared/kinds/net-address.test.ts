import { expect, test } from 'vitest';
import { decodeHexSocket, isLoopback, matchesNetwork, parseSocket, plainAddress } from './net-address';

test.each([
  ['0100007F:0016', { address: '127.0.0.1', port: 22 }],
  ['010A000A:0050', { address: '10.0.10.1', port: 80 }],
  ['00000000:07E8', { address: '0.0.0.0', port: 2024 }],
  ['0000000000000000FFFF00000109000A:0050', { address: '10.0.9.1', port: 80 }],
  ['00000000000000000000000001000000:0016', { address: '::1', port: 22 }],
  ['000080FE00000000FF15B1B0F03695FE:01BD', { address: 'fe80::b0b1:15ff:fe95:36f0', port: 445 }],
  ['zz00007F:0016', null],
  ['0100007F', null],
  ['', null],
])('/proc/net/tcp writes %s', (hex, expected) => {
  expect(decodeHexSocket(hex)).toEqual(expected);
});

test.each([
  ['10.0.10.1:80', { address: '10.0.10.1', port: 80 }],
  ['[::ffff:10.0.9.9]:0', { address: '10.0.9.9', port: 0 }],
  ['[fe80::1]%eth0:546', { address: 'fe80::1', port: 546 }],
  ['127.0.0.53%lo:53', { address: '127.0.0.53', port: 53 }],
  ['*:80', { address: '::', port: 80 }],
  ['0.0.0.0:*', { address: '0.0.0.0', port: 0 }],
  ['10.0.10.1:99999', null],
  ['10.0.10.1', null],
  ['', null],
])('ss writes %s', (text, expected) => {
  expect(parseSocket(text)).toEqual(expected);
});

test.each([
  ['::FFFF:10.0.10.1', '10.0.10.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['::', '::'],
  ['1::2::3', '1::2::3'],
  ['not an address', 'not an address'],
])('%s is spelt %s', (text, expected) => {
  expect(plainAddress(text)).toBe(expected);
});

test.each([
  ['10.0.9.9', '10.0.0.0/8', true],
  ['11.0.9.9', '10.0.0.0/8', false],
  ['10.0.9.9', '10.0.9.9', true],
  ['10.0.9.9', '10.0.9.8', false],
  ['10.0.9.9', '0.0.0.0/0', true],
  ['10.0.9.9', '10.0.9.8/31', true],
  ['10.0.9.9', '10.0.0.0/33', false],
  ['fe80::1', '10.0.0.0/8', false],
])('%s in %s: %s', (address, network, expected) => {
  expect(matchesNetwork(address, network)).toBe(expected);
});

test('loopback is loopback in both families', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '10.0.0.1', '::'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
