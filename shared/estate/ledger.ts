import { LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { LedgerEntry } from '../contract';
import { type AppError, err, ok, type Result } from '../errors';
import { printable } from './mistake';
import { MaybeQuantity } from './schema';
import { tooDeepAt } from './yaml-depth';

/**
 * The ledger: values that a person entered or the console measured, kept beside the estate file and never in it.
 * One entry for each path; the file is `<estate>.ledger.yaml`, readable in review:
 *
 *     version: 1
 *     entries:
 *       - path: assumptions/linkRate
 *         at: 2026-02-27T08:15:00.000Z
 *         quantity: { value: 1, unit: Gbit/s, source: assumed }
 */
const LedgerFile = z.strictObject({
  version: z.literal(1),
  entries: z.array(
    z.strictObject({
      path: LedgerEntry.shape.path,
      at: z.iso.datetime(),
      quantity: MaybeQuantity,
    }),
  ),
});

/** More than a hundred times the inputs of a plan. */
const MAX_BYTES = 1_000_000;

/** `patronus.yaml` → `patronus.ledger.yaml`, in the same folder. */
export const ledgerFileOf = (estateFile: string): string =>
  `${estateFile.replace(/\.ya?ml$/i, '')}.ledger.yaml`;

/**
 * Reads a ledger file. `at` becomes epoch milliseconds. An empty text is an empty ledger.
 * @returns E_LEDGER_YAML or E_LEDGER_SHAPE: the caller must then leave the file alone, since writing would lose it.
 */
export function parseLedger(text: string, file: string): Result<LedgerEntry[]> {
  if (text.trim() === '') return ok([]);
  if (text.length > MAX_BYTES) return refused('E_LEDGER_YAML', file, `has more than ${MAX_BYTES} characters`);
  if (tooDeepAt(text) !== undefined) return refused('E_LEDGER_YAML', file, 'is nested too deeply');
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    schema: 'core',
  });
  const [first] = document.errors;
  if (first) return refused('E_LEDGER_YAML', file, `is not YAML at line ${lines.linePos(first.pos[0]).line}`);
  const parsed = LedgerFile.safeParse(plainData(() => document.toJS({ maxAliasCount: 0 })));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.map((part) => printable(String(part))).join('/') ?? '';
    return refused('E_LEDGER_SHAPE', file, `has something else than a ledger entry at ${where || 'its top'}`);
  }
  return ok(
    mergeLedger(
      [],
      parsed.data.entries.map((entry) => ({ ...entry, at: Date.parse(entry.at) })),
    ),
  );
}

/** The text of a ledger file; the same entries give the same text, whatever their order. */
export function printLedger(entries: readonly LedgerEntry[]): string {
  const sorted = mergeLedger([], entries).map(({ path, at, quantity }) => ({
    path,
    at: new Date(at).toISOString(),
    quantity,
  }));
  return `# Entered or measured in Patronus Console. The estate file beside it stays a person's own.\n${stringify({ version: 1, entries: sorted })}`;
}

/** One entry for each path: the newer wins, and of two of the same instant the later named. Sorted by path. */
export function mergeLedger(older: readonly LedgerEntry[], newer: readonly LedgerEntry[]): LedgerEntry[] {
  const byPath = new Map<string, LedgerEntry>();
  for (const entry of [...older, ...newer]) {
    const before = byPath.get(entry.path);
    if (!before || entry.at >= before.at) byPath.set(entry.path, entry);
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The ledger without what stands at a path. */
export const clearLedger = (entries: readonly LedgerEntry[], path: string): LedgerEntry[] =>
  entries.filter((entry) => entry.path !== path);

/** Aliases have no place in a file that the console writes: expanding one throws, and that is no ledger. */
function plainData(expand: () => unknown): unknown {
  try {
    return expand();
  } catch {
    return undefined;
  }
}

const refused = (code: 'E_LEDGER_YAML' | 'E_LEDGER_SHAPE', file: string, detail: string) =>
  err<AppError>({
    code,
    stage: 'store',
    message: `The ledger ${printable(file)} ${detail}.`,
    remedy: 'Mend it or move it away; the console does not write over a ledger that it cannot read.',
    retryable: false,
    params: { file: printable(file), detail },
  });
