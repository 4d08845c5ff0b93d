import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * What the scan after the suite looks for, and the files that hold it on purpose: one JSON line each, in a file
 * that every worker appends to. global-setup.ts says where it is.
 */
const registry = (): string | undefined => process.env.PATRONUS_E2E_CANARIES;

const note = (line: { token: string } | { keptIn: string }) => {
  const file = registry();
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
};

/** From now on nobody may find this text outside the files that were named. */
export const registerToken = (token: string): void => note({ token });
/** This file holds a secret because the test is about a file that holds one. */
export const registerKeptIn = (file: string): void => note({ keptIn: file });

export function registered(): { tokens: string[]; keptIn: string[] } {
  const file = registry();
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const tokens = new Set<string>();
  const keptIn = new Set(file === undefined ? [] : [file]);
  for (const line of lines.filter(Boolean)) {
    const entry = JSON.parse(line) as { token?: string; keptIn?: string };
    if (entry.token !== undefined) tokens.add(entry.token);
    if (entry.keptIn !== undefined) keptIn.add(entry.keptIn);
  }
  return { tokens: [...tokens], keptIn: [...keptIn] };
}
