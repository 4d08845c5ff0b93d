import { asSeconds, type Bytes, type BytesPerSecond, type Seconds } from '../../units/measure';
import { amount, checked, type Outcome, positive } from '../../units/outcome';

/** A database carried as text. */
export interface Dump {
  size: Bytes;
  dumpRate: BytesPerSecond;
  loadRate: BytesPerSecond;
  /** Throughput of the way. */
  rate: BytesPerSecond;
  /** κ, bytes on the wire per byte of dump: 1 without compression. */
  compression: number;
  /** Building indexes after the load. */
  index: Seconds;
  /** Until a pipe flows. */
  start: Seconds;
}

export interface DumpTimes {
  dump: Seconds;
  send: Seconds;
  load: Seconds;
  /** One after the other, through files: `D ÷ r_dump + D · κ ÷ B + D ÷ r_load + T_index`. */
  throughFiles: Seconds;
  /** Through a pipe: the slowest of the three, the start and the index. */
  piped: Seconds;
}

/** Dump and load. */
export function dumpAndLoad(work: Dump): Outcome<DumpTimes> {
  const { size, dumpRate, loadRate, rate, compression, index, start } = work;
  const checks = [
    amount('size', size, 'bytes'),
    positive('dumpRate', dumpRate, 'rate'),
    positive('loadRate', loadRate, 'rate'),
    positive('rate', rate, 'rate'),
    positive('compression', compression, 'count'),
    amount('index', index, 'seconds'),
    amount('start', start, 'seconds'),
  ];
  return checked(checks, () => {
    const [dump, send, load] = [size / dumpRate, (size * compression) / rate, size / loadRate];
    return {
      dump: asSeconds(dump),
      send: asSeconds(send),
      load: asSeconds(load),
      throughFiles: asSeconds(dump + send + load + index),
      piped: asSeconds(Math.max(dump, send, load) + start + index),
    };
  });
}
