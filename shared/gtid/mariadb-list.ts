import type { AppError, Result } from '../errors';
import { err, ok } from '../errors';
import { gtidMistake } from './mistake';

/** One MariaDB GTID: domain-server-sequence. Domain and server have 32 bits, the sequence 64. */
export interface MariadbGtid {
  readonly domain: number;
  readonly server: number;
  readonly sequence: bigint;
}

/** Where a server stands: one GTID a domain (gtid_slave_pos, gtid_binlog_pos, Gtid_IO_Pos). */
export type MariadbPosition = ReadonlyMap<number, MariadbGtid>;
/** The last sequence of every (domain, server) in a binary log (gtid_binlog_state). Key: "domain-server". */
export type MariadbState = ReadonlyMap<string, MariadbGtid>;

/** A piece of history: the transactions from…to of a domain, both included. */
export interface MariadbRange {
  readonly domain: number;
  readonly from: bigint;
  readonly to: bigint;
}

const GTID = /^(\d{1,10})-(\d{1,10})-(\d{1,20})$/;
const MAX_32 = 2 ** 32 - 1;
const MAX_64 = 2n ** 64n - 1n;

/** Reads a list of GTIDs. E_GTID with the part that cannot be understood; never read in part. */
export function parseMariadbList(text: string): Result<MariadbGtid[], AppError> {
  const list: MariadbGtid[] = [];
  for (const part of text.replace(/\s+/g, '').split(',')) {
    if (part === '') continue;
    const match = GTID.exec(part);
    const [domain, server, sequence] = [Number(match?.[1]), Number(match?.[2]), BigInt(match?.[3] ?? -1)];
    if (!match || domain > MAX_32 || server > MAX_32 || sequence > MAX_64) return err(gtidMistake(part));
    list.push({ domain, server, sequence });
  }
  return ok(list);
}

/** A position names each domain once; a list that names one twice is none. */
export function parseMariadbPosition(text: string): Result<MariadbPosition, AppError> {
  const list = parseMariadbList(text);
  if (!list.ok) return list;
  const position = new Map(list.value.map((gtid) => [gtid.domain, gtid]));
  return position.size === list.value.length ? ok(position) : err(gtidMistake(text));
}

export function parseMariadbState(text: string): Result<MariadbState, AppError> {
  const list = parseMariadbList(text);
  if (!list.ok) return list;
  const state = new Map(list.value.map((gtid) => [`${gtid.domain}-${gtid.server}`, gtid]));
  return state.size === list.value.length ? ok(state) : err(gtidMistake(text));
}

/** The canonical text: by domain, then server. */
export function printMariadbList(gtids: Iterable<MariadbGtid>): string {
  return [...gtids]
    .sort((a, b) => a.domain - b.domain || a.server - b.server)
    .map(({ domain, server, sequence }) => `${domain}-${server}-${sequence}`)
    .join(',');
}
