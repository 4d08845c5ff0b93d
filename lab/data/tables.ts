import { contentMaker, contentSha256 } from './content';
import type { FileSpec } from './files';
import { type Random, random } from './prng';
import { CITIES, FIRST_NAMES, LAST_NAMES, PRODUCTS, STATUSES, STREETS, WORDS } from './words';

export interface RowCounts {
  readonly customers: number;
  readonly orders: number;
  readonly documents: number;
}

/** One table's rows as text, a row a line, columns separated by tabs. No value needs escaping. */
export interface TableData {
  readonly table: string;
  readonly rows: number;
  readonly lines: () => Generator<string>;
}

/** Bytes on disk (rows and indexes) of one order with its three lines and its share of a customer, measured. */
const BYTES_PER_ORDER = 550;
const ORDERS_PER_CUSTOMER = 5;
const LINES_PER_ORDER = 3;
const FIRST_DAY = Date.UTC(2018, 0, 1);
const DAYS = 2900;

/** How many rows make about `dbSize` bytes of tables. */
export function rowCounts(dbSize: number, files: number): RowCounts {
  const orders = Math.max(ORDERS_PER_CUSTOMER, Math.round(dbSize / BYTES_PER_ORDER));
  return { orders, customers: Math.ceil(orders / ORDERS_PER_CUSTOMER), documents: files };
}

/** The seeded tables, in the order they may be loaded. */
export function tablesOf(seed: number, counts: RowCounts, files: readonly FileSpec[]): TableData[] {
  return [
    { table: 'customers', rows: counts.customers, lines: () => customers(seed, counts) },
    { table: 'orders', rows: counts.orders, lines: () => orders(seed, counts) },
    { table: 'order_lines', rows: counts.orders * LINES_PER_ORDER, lines: () => orderLines(seed, counts) },
    { table: 'documents', rows: files.length, lines: () => documents(seed, counts, files) },
  ];
}

function* customers(seed: number, { customers: count }: RowCounts): Generator<string> {
  const rng = random(seed, 'customers');
  for (let id = 1; id <= count; id++) {
    const [first, last] = [rng.pick(FIRST_NAMES), rng.pick(LAST_NAMES)];
    const [postcode, city] = rng.pick(CITIES);
    const email = `${plain(first)}.${plain(last)}.${id}@example.invalid`;
    const address = `${1 + rng.below(180)} ${rng.pick(STREETS)}`;
    const code = `C${String(id).padStart(8, '0')}`;
    yield row(
      id,
      code,
      `${first} ${last}`,
      email,
      address,
      postcode,
      city,
      day(rng),
      words(rng, 12 + rng.below(40)),
    );
  }
}

function* orders(seed: number, counts: RowCounts): Generator<string> {
  const rng = random(seed, 'orders');
  for (let id = 1; id <= counts.orders; id++) {
    const amount = (rng.below(900_000) / 100 + 5).toFixed(2);
    const reference = `P-${String(id).padStart(13, '0')}`;
    const customer = 1 + rng.below(counts.customers);
    yield row(id, customer, reference, rng.pick(STATUSES), amount, day(rng), words(rng, 4 + rng.below(20)));
  }
}

function* orderLines(seed: number, counts: RowCounts): Generator<string> {
  const rng = random(seed, 'order lines');
  for (let id = 1; id <= counts.orders; id++) {
    for (let line = 1; line <= LINES_PER_ORDER; line++) {
      const product = rng.below(PRODUCTS.length);
      const sku = `S${String(product * 37 + rng.below(37)).padStart(7, '0')}`;
      yield row(
        id,
        line,
        sku,
        PRODUCTS[product] ?? '',
        1 + rng.below(12),
        (rng.below(60_000) / 100 + 1).toFixed(2),
      );
    }
  }
}

/** Each row tells the truth about its file of the share. */
function* documents(seed: number, counts: RowCounts, files: readonly FileSpec[]): Generator<string> {
  const rng = random(seed, 'documents');
  const make = contentMaker(seed);
  for (const file of files) {
    const customer = 1 + rng.below(counts.customers);
    yield row(
      file.id,
      customer,
      file.path,
      file.mime,
      file.size,
      contentSha256(make, file),
      time(file.modified * 1000),
    );
  }
}

/** Joins lines into pieces of about `bytes`: each is loaded as one transaction. */
export function* piecesOf(lines: Generator<string>, bytes = 6e6): Generator<string> {
  let piece: string[] = [];
  let length = 0;
  for (const line of lines) {
    piece.push(line);
    length += line.length;
    if (length < bytes) continue;
    yield piece.join('');
    piece = [];
    length = 0;
  }
  if (piece.length > 0) yield piece.join('');
}

function row(...columns: ReadonlyArray<string | number>): string {
  return `${columns.join('\t')}\n`;
}

function words(rng: Random, count: number): string {
  let text: string = rng.pick(WORDS);
  for (let i = 1; i < count; i++) text += ` ${rng.pick(WORDS)}`;
  return text;
}

function day(rng: Random): string {
  return time(FIRST_DAY + rng.below(DAYS * 86_400) * 1000);
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
