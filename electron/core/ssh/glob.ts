/**
 * OpenSSH's patterns (ssh_config(5), PATTERNS): `*` any characters, `?` exactly one; nothing else is special.
 * Linear in practice: on a mismatch it returns to the last star only.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** A list of patterns: one must match, and none of those with a leading "!" may. */
export function matchesPatterns(patterns: readonly string[], text: string): boolean {
  let hit = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (matchesGlob(pattern.slice(1), text)) return false;
    } else if (matchesGlob(pattern, text)) hit = true;
  }
  return hit;
}
