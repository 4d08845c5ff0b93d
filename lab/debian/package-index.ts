/** One binary package of a Debian suite, as far as the lab needs it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** Path below the mirror's root. */
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  /** First alternative of each dependency, bare names. */
  readonly needs: readonly string[];
  readonly provides: readonly string[];
}

export interface PackageIndex {
  readonly byName: ReadonlyMap<string, DebianPackage>;
  /** Virtual name → the first package that provides it. */
  readonly providers: ReadonlyMap<string, string>;
}

/** Reads the text of a suite's `Packages` file. Incomplete stanzas are left out. */
export function parsePackages(text: string): PackageIndex {
  const byName = new Map<string, DebianPackage>();
  const providers = new Map<string, string>();
  for (const stanza of text.split('\n\n')) {
    const found = parseStanza(stanza);
    if (!found || byName.has(found.name)) continue;
    byName.set(found.name, found);
    for (const virtual of found.provides) if (!providers.has(virtual)) providers.set(virtual, found.name);
  }
  return { byName, providers };
}

function parseStanza(stanza: string): DebianPackage | undefined {
  const fields = new Map<string, string>();
  for (const line of stanza.split('\n')) {
    const colon = line.indexOf(':');
    if (line.startsWith(' ') || colon < 1) continue; // continuation lines belong to fields we do not read
    fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const [name, version, filename, sha256] = ['Package', 'Version', 'Filename', 'SHA256'].map((key) =>
    fields.get(key),
  );
  if (!name || !version || !filename || !sha256) return undefined;
  return {
    name,
    version,
    filename,
    sha256,
    size: Number(fields.get('Size') ?? 0),
    needs: [...names(fields.get('Pre-Depends')), ...names(fields.get('Depends'))],
    provides: names(fields.get('Provides')),
  };
}

/** `a (>= 1) | b, c:any` → `a`, `c`. */
function names(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map(
      (item) =>
        item
          .split('|')[0]
          ?.trim()
          .split(/[\s(:]/)[0] ?? '',
    )
    .filter((name) => name !== '');
}

export interface Closure {
  readonly packages: readonly DebianPackage[];
  /** Names that no package of the suite has or provides. */
  readonly unknown: readonly string[];
}

/** Everything `wanted` needs, itself included, without the packages in `skip` (and what only those need). Sorted by name. */
export function dependencyClosure(
  index: PackageIndex,
  wanted: readonly string[],
  skip: ReadonlySet<string>,
): Closure {
  const chosen = new Map<string, DebianPackage>();
  const unknown = new Set<string>();
  const queue = [...wanted];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (skip.has(next)) continue;
    const found = index.byName.get(next) ?? index.byName.get(index.providers.get(next) ?? '');
    if (!found) unknown.add(next);
    else if (!skip.has(found.name) && !chosen.has(found.name)) {
      chosen.set(found.name, found);
      queue.push(...found.needs);
    }
  }
  const packages = [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { packages, unknown: [...unknown].sort() };
}
