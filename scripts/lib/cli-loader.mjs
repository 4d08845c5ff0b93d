#!/usr/bin/env node
// @ts-check
/**
 * Starts the command line: the bundle beside this file, with V8's code cache beside it, which spares the compiling
 * at every start. Both are written by the build and by nothing else: whoever can change the one can change the
 * other. V8 itself refuses a cache of another version, of other flags or of another length of source; then, and
 * when there is none, the bundle is compiled as ever.
 *
 * Nothing is imported: resolving modules would take longer than all that is done here.
 */
const fs = process.getBuiltinModule('node:fs');
const vm = process.getBuiltinModule('node:vm');

const file = `${import.meta.dirname}/patronus.cjs`;
// The build writes ASCII.
const script = new vm.Script(fs.readFileSync(file, 'latin1'), {
  filename: file,
  cachedData: fs.existsSync(`${file}.cache`) ? fs.readFileSync(`${file}.cache`) : undefined,
});
// A program of half a second: its young objects get room at once, instead of being copied out of a small one again and
// again (9 collections become 4). After the script was made, because V8 takes no cache made under other flags.
process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=16');
script.runInThisContext()(builtin, import.meta.dirname);

/** The bundle's `require`: it needs nothing but Node. What some package only tries to load is refused here. */
function builtin(/** @type {string} */ id) {
  const found = process.getBuiltinModule(id);
  if (!found) throw new Error(`${id} is no part of Node`);
  return found;
}
