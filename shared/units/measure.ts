import type { Dimension } from './unit-names';
import { factorOf } from './unit-names';

/**
 * Numbers that know what they measure, always in the base unit of their dimension: bytes, bytes per second,
 * seconds, things, things per second, shares of 1. The compiler keeps them apart; at run time they are numbers.
 * Arithmetic gives a plain number, so that whoever computes a new measure says with `as…` what it is.
 */
declare const measured: unique symbol;
export type Measured<D extends Dimension> = number & { readonly [measured]: D };
export type Bytes = Measured<'bytes'>;
export type BytesPerSecond = Measured<'rate'>;
export type Seconds = Measured<'seconds'>;
export type Count = Measured<'count'>;
export type PerSecond = Measured<'countRate'>;
export type Fraction = Measured<'fraction'>;

type Decimal = '' | 'k' | 'M' | 'G' | 'T' | 'P';
type Binary = 'Ki' | 'Mi' | 'Gi' | 'Ti';
/** o is the French octet. A bare bit is no unit of data here: storage is in bytes, and only lines are in bits. */
export type ByteUnit = `${Decimal | Binary}${'B' | 'o'}`;
export type RateUnit =
  | `${ByteUnit}/${'s' | 'min' | 'h' | 'day' | 'd' | 'j' | 'jour'}`
  | `${Decimal | Binary}${'bit/s' | 'bps'}`;
export type TimeUnit = 'ms' | 's' | 'min' | 'h' | 'd' | 'day' | 'j';
export type CountRateUnit =
  | 'files/s'
  | 'files/day'
  | 'files/d'
  | 'fichiers/j'
  | '1/s'
  | '1/h'
  | '1/day'
  | '1/year';

export const bytes = (value: number, unit: ByteUnit): Bytes => asBytes(value * factorOf(unit));
/** 1 Gbit/s is 125 MB/s, and never 1 GB/s. */
export const rate = (value: number, unit: RateUnit): BytesPerSecond => asRate(value * factorOf(unit));
export const seconds = (value: number, unit: TimeUnit): Seconds => asSeconds(value * factorOf(unit));
export const count = (value: number): Count => value as Count;
export const perSecond = (value: number, unit: CountRateUnit): PerSecond =>
  asPerSecond(value * factorOf(unit));
export const fraction = (value: number, unit: '%' | '1'): Fraction =>
  asFraction(unit === '%' ? value / 100 : value);

export const asBytes = (value: number): Bytes => value as Bytes;
export const asRate = (value: number): BytesPerSecond => value as BytesPerSecond;
export const asSeconds = (value: number): Seconds => value as Seconds;
export const asPerSecond = (value: number): PerSecond => value as PerSecond;
export const asFraction = (value: number): Fraction => value as Fraction;

/** Seconds in minutes, for figures that are read in minutes. */
export const inMinutes = (time: Seconds): number => time / 60;
/** A rate in bits per second, as lines are sold. */
export const inBitsPerSecond = (value: BytesPerSecond): number => value * 8;

/** A year has 365.2425 days, a month a twelfth of it: 43 829 minutes. */
export const YEAR = seconds(365.2425, 'd');
export const MONTH = asSeconds(YEAR / 12);
