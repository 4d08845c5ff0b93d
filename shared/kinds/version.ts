import type { Version } from './kind';

/** "10.11.19-MariaDB-1:…" → [10, 11, 19]; null when there is no number to begin with. */
export function versionOf(text: string | null): Version | null {
  const match = /^\d+(?:\.\d+)*/.exec(text ?? '');
  return match ? match[0].split('.').map(Number) : null;
}

/** Negative when `a` is the older one. What is missing at the end counts as 0. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Is a version within [from, below)? Of an unknown version nothing is claimed: false. */
export function isWithin(
  version: Version | null,
  from: Version | undefined,
  below: Version | undefined,
): boolean {
  if (from === undefined && below === undefined) return true;
  if (version === null) return false;
  return (
    (from === undefined || compareVersions(version, from) >= 0) &&
    (below === undefined || compareVersions(version, below) < 0)
  );
}
