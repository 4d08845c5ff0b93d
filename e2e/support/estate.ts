import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { registerKeptIn } from './canary-registry';
import { env, giveToConsole } from './env';
import { lab } from './lab';

/** A folder of the console's user. */
export function folder(name: string): string {
  const made = mkdtempSync(join(env.data(), `${name}-`));
  giveToConsole(made);
  return made;
}

/** A new file for what a program says: the scan after the suite looks into it. */
export const outputFile = (): string => join(folder('output'), 'text');

/** A file of the console's user that nobody else may read. */
export function privateFile(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o600 });
  giveToConsole(path);
  return path;
}

/** The same, with a secret in it that may be found there and nowhere else. */
export function secretFile(path: string, text: string): string {
  registerKeptIn(path);
  return privateFile(path, text);
}

/** The entry with that id in a collection of an estate file. */
export function entry(document: Document, collection: string, id: string): YAMLMap {
  const items = document.get(collection);
  const found = isSeq(items) ? items.items.find((item) => isMap(item) && item.get('id') === id) : undefined;
  if (!isMap(found)) throw new Error(`the estate has no ${collection}/${id}`);
  return found;
}

/**
 * A copy of the lab's estate file in a folder of its own, changed or not: the ledger is written beside it, and
 * what one test enters must not be there for the next.
 */
export function estateCopy(change: (document: Document) => void = () => {}): string {
  const document = parseDocument(readFileSync(lab.estateFile(), 'utf8'));
  change(document);
  return privateFile(join(folder('estate'), 'patronus.yaml'), document.toString({ lineWidth: 0 }));
}
