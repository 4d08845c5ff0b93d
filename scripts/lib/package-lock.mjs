// @ts-check
/**
 * What may stand in package-lock.json: exact versions, each held by its SHA-512, and no address (control C25): npm asks
 * the registry that is set up, and the integrity decides what is accepted.
 */

/** @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, hasInstallScript?: boolean }} Entry */

const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/**
 * Everything that is wrong with a lock file and the dependencies of its package, one sentence each.
 * @param {{ packages?: Record<string, Entry & Record<string, unknown>> }} lock
 * @returns {string[]}
 */
export function lockProblems(lock) {
  const { '': own, ...packages } = lock.packages ?? {};
  const wrong = Object.entries(packages).flatMap(([name, entry]) => entryProblems(name, entry));
  return [...(own ? wantedProblems(own) : ['there is no package in it']), ...wrong];
}

/** @param {string} name @param {Entry} entry */
function entryProblems(name, { version = '', resolved, integrity = '', link }) {
  if (link) return [`${name} is a link to a folder`];
  const problems = [];
  if (!VERSION.test(version)) problems.push(`${name} has no exact version: "${version}"`);
  if (resolved !== undefined) problems.push(`${name} comes from an address of its own: ${resolved}`);
  if (!SHA512.test(integrity)) problems.push(`${name} is not held by a SHA-512: "${integrity}"`);
  return problems;
}

/** Direct dependencies are named by one version: a range would let an update in at the next `npm install`. @param {Record<string, unknown>} own */
function wantedProblems(own) {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(own[kind] ?? {}).flatMap(([name, wanted]) =>
      VERSION.test(wanted) ? [] : [`${name} is wanted as "${wanted}", not as one version`],
    ),
  );
}
