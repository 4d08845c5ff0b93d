// @ts-check
/** Fuses: switches in Electron's own program file that are set once, when it is packaged (reliability control C7). */
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './program.mjs';

/** States in the wire (Electron's tutorial "fuses"): '0' off, '1' on, 'r' no longer there. */
const ON = 0x31;
const REMOVED = 0x72;

/** What electron-builder.yml wants, by the names that @electron/fuses uses: {RunAsNode: false, …}. */
export function wantedFuses() {
  const { electronFuses } = parse(fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));
  /** @type {Record<string, boolean>} */
  const wanted = {};
  for (const [name, on] of Object.entries(electronFuses))
    wanted[`${name[0]?.toUpperCase()}${name.slice(1)}`] = on === true;
  return wanted;
}

/**
 * The fuse wire of a program file, by name; a fuse that this version of @electron/fuses has no name for is
 * "fuse N". Null when the file has no wire: then it is no Electron that a package may be made of.
 * @param {string} binary
 * @returns {Promise<Record<string, boolean | 'removed'> | null>}
 */
export async function readFuses(binary) {
  const { default: fuses } = await import('@electron/fuses');
  const wire = await fuses.getCurrentFuseWire(binary).catch(() => null);
  if (!wire) return null;
  /** @type {Record<string, boolean | 'removed'>} */
  const found = {};
  for (const [position, state] of Object.entries(wire)) {
    if (!/^\d+$/.test(position)) continue; // "version", which is no fuse
    const name = fuses.FuseV1Options[Number(position)] ?? `fuse ${position}`;
    found[name] = state === REMOVED ? 'removed' : state === ON;
  }
  return found;
}

/**
 * Where a wire differs from what is wanted, one sentence each; empty when it is exactly that. A fuse that is in the
 * wire and was not decided about counts as different: a newer Electron must not bring an open door unseen.
 * @param {Readonly<Record<string, boolean | 'removed'>>} found @param {Readonly<Record<string, boolean>>} wanted
 */
export function fuseDifferences(found, wanted) {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    if (!(name in wanted)) return [`${name} is in the program and not decided about in electron-builder.yml`];
    return found[name] === wanted[name]
      ? []
      : [`${name} is ${shown(found[name])}, wanted ${shown(wanted[name])}`];
  });
}

const shown = (/** @type {boolean | 'removed' | undefined} */ state) =>
  state === undefined ? 'not there' : state === 'removed' ? state : state ? 'on' : 'off';
