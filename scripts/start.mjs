#!/usr/bin/env node
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureBuilt, ensureDebian, ensurePackages } from './lib/bootstrap.mjs';
// @ts-check
/** `npm start [-- ESTATE.yaml]`: the console on a person's own estate. No lab, and never as root. */
import { ELECTRON_LIBRARIES } from './lib/debian.mjs';
import { hasDisplay, noDisplay } from './lib/display.mjs';
import { fromWhereTheyStand, isRoot, parse, program, Stop } from './lib/program.mjs';
import { openWindow } from './lib/window.mjs';

const usage = 'usage: npm start [-- ESTATE.yaml]';

await program(async () => {
  const { positionals } = parse(process.argv.slice(2), {}, { usage, positionals: 1 });
  if (isRoot())
    throw new Stop(
      'The console does not run as root: it needs no privilege on this machine, and its sandbox would be off.\n' +
        'Start it as yourself, without sudo; from a root shell: su - YOUR-NAME, then npm start in the checkout.',
    );
  if (!hasDisplay())
    throw new Stop(noDisplay('use the command line, which needs none: npm run -s patronus -- --help'));
  await ensurePackages();
  await ensureBuilt(['app']);
  if (process.platform === 'linux') await ensureDebian(ELECTRON_LIBRARIES);
  const runtime = await ensureElectronRuntime();
  const [estate] = positionals;
  return openWindow({ runtime, args: estate ? ['--estate', fromWhereTheyStand(estate)] : [] });
});
