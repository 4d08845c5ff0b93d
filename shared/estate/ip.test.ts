import { describe, expect, test } from 'vitest';
import { contains, isHostName, parseIp, parseNetwork } from './ip';

test.each([
  ['10.0.10.1', 4, 0x0a000a01n],
  ['255.255.255.255', 4, 0xffffffffn],
  ['::', 6, 0n],
  ['::1', 6, 1n],
  ['2001:db8::1', 6, 0x20010db8000000000000000000000001n],
  ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
  ['::ffff:10.0.0.1', 6, 0xffff0a000001n],
])('%s is an address', (text, family, value) => {
  expect(parseIp(text)).toEqual({ family, value });
});

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '1.2.3.4.5',
  '10.0.0.1 ',
  '1:2:3',
  ':::',
  '1::2::3',
  'g::',
  '12345::',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::8:9',
  '::1.2.3',
  'fe80::1%eth0',
  '０.0.0.0',
])('"%s" is no address', (text) => {
  expect(parseIp(text)).toBeUndefined();
});

describe('networks', () => {
  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.10.0/24', '10.0.11.0', false],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['0.0.0.0/0', '192.0.2.1', true],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
  ])('%s contains %s: %s', (cidr, address, inside) => {
    const network = parseNetwork(cidr);
    const ip = parseIp(address);
    expect(network && ip && contains(network, ip)).toBe(inside);
  });

  test.each([
    '10.0.0.1/24',
    '10.0.0.0/33',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/08',
    '::/129',
    'a/8',
    '10.0.0.0/8/8',
  ])('"%s" is no network', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });
});

test.each([
  ['localhost', true],
  ['db-1.example.org', true],
  ['xn--9caa.example', true],
  ['-a', false],
  ['a-', false],
  ['a..b', false],
  ['a b', false],
  ['-oProxyCommand=x', false],
  ['1.2.3', false],
  ['', false],
  ['a'.repeat(64), false],
])('"%s" is a host name: %s', (text, yes) => {
  expect(isHostName(text)).toBe(yes);
});
