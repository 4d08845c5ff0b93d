import { expect, expectTypeOf, test } from 'vitest';
import {
  asSeconds,
  type Bytes,
  type BytesPerSecond,
  bytes,
  type Count,
  type Fraction,
  fraction,
  inBitsPerSecond,
  inMinutes,
  MONTH,
  type PerSecond,
  perSecond,
  rate,
  type Seconds,
  seconds,
  YEAR,
} from './measure';

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'Ki', 'Mi', 'Gi', 'Ti'] as const;

test('every unit that the types allow is known: none is worth nothing', () => {
  for (const prefix of PREFIXES) {
    for (const octet of ['B', 'o'] as const) {
      expect(bytes(1, `${prefix}${octet}`)).toBeGreaterThan(0);
      for (const time of ['s', 'min', 'h', 'day', 'd', 'j', 'jour'] as const) {
        expect(rate(1, `${prefix}${octet}/${time}`)).toBeGreaterThan(0);
      }
    }
    for (const bit of ['bit/s', 'bps'] as const) expect(rate(1, `${prefix}${bit}`)).toBeGreaterThan(0);
  }
  for (const unit of ['ms', 's', 'min', 'h', 'd', 'day', 'j'] as const) {
    expect(seconds(1, unit)).toBeGreaterThan(0);
  }
  const often = ['files/s', 'files/day', 'files/d', 'fichiers/j', '1/s', '1/h', '1/day', '1/year'] as const;
  for (const unit of often) expect(perSecond(1, unit)).toBeGreaterThan(0);
});

test('bytes are not bits, and To is not Tio', () => {
  expect(rate(1, 'Gbit/s')).toBe(125e6);
  expect(inBitsPerSecond(rate(1, 'GB/s'))).toBe(8e9);
  expect(bytes(1, 'To')).toBe(1e12);
  expect(bytes(1, 'Tio') / bytes(1, 'To')).toBeCloseTo(1.0995, 4);
  expect(fraction(93, '%')).toBe(fraction(0.93, '1'));
});

test('a month has 43 829 minutes', () => {
  expect(Math.round(inMinutes(MONTH))).toBe(43_829);
  expect(YEAR).toBe(asSeconds(365.2425 * 86_400));
});

test('units cannot be mixed: the compiler keeps every two apart, and a bare number from all', () => {
  expectTypeOf<Bytes>().not.toExtend<BytesPerSecond>();
  expectTypeOf<Bytes>().not.toExtend<Seconds>();
  expectTypeOf<BytesPerSecond>().not.toExtend<Bytes>();
  expectTypeOf<Seconds>().not.toExtend<Count>();
  expectTypeOf<Count>().not.toExtend<PerSecond>();
  expectTypeOf<Fraction>().not.toExtend<Count>();
  expectTypeOf<number>().not.toExtend<Bytes>();
  // Arithmetic on two measures is nobody's measure until it is said which.
  const sum = bytes(1, 'GB') + seconds(1, 's');
  expectTypeOf(sum).toEqualTypeOf<number>();
  // And each of them is a number.
  expectTypeOf<Bytes>().toExtend<number>();
  expectTypeOf(bytes).parameter(1).not.toExtend<'Gbit'>();
  expectTypeOf<'Gbit/s'>().not.toExtend<Parameters<typeof bytes>[1]>();
  expectTypeOf<'TB'>().toExtend<Parameters<typeof bytes>[1]>();
});
