// Stands in for Electron's own default app: `electron [-r module] [options] path [app arguments]`.
// It must be ESM with top-level await: Electron holds back the "ready" event until this module has settled, and an
// ESM app calls protocol.registerSchemesAsPrivileged() and the like before "ready". It uses the same internals as
// Electron's own (setVersion, setAppPath, _resolveFilename, _preloadModules), which no public type describes.

import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const option = parse(process.argv.slice(1));
if (option.version) print(`v${process.versions.electron}`);
if (option.abi) print(process.versions.modules);
if (!option.file) fail('Usage: electron [-r module] [options] path-to-app');
if (option.modules.length) Module._preloadModules(option.modules);
app.on('window-all-closed', () => {
  if (app.listenerCount('window-all-closed') === 1) app.quit(); // the app has no opinion of its own
});
try {
  await load(path.resolve(option.file));
} catch (error) {
  fail(`App threw an error during load\n${error?.stack ?? error}`);
}

/** Options before the app's path are Electron's; everything after it is the app's own. */
function parse(argv) {
  const found = { file: null, modules: [], version: false, abi: false };
  for (let i = 0; i < argv.length && !found.file; i++) {
    const arg = argv[i];
    if (arg === '-r' || arg === '--require') {
      if (argv[i + 1]) found.modules.push(argv[++i]);
    } else if (arg === '-v' || arg === '--version') found.version = true;
    else if (arg === '-a' || arg === '--abi') found.abi = true;
    else if (arg.startsWith('--app=')) found.file = arg.slice('--app='.length);
    else if (!arg.startsWith('-')) found.file = arg;
  }
  return found;
}

async function load(packagePath) {
  // The same mark as Electron's own: process.defaultApp tells an app that argv[1] is its path.
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const manifest = path.join(packagePath, 'package.json');
  const isPackage = fs.existsSync(manifest);
  if (isPackage) {
    const about = JSON.parse(fs.readFileSync(manifest, 'utf8'));
    const name = about.productName ?? about.name;
    if (about.version) app.setVersion(about.version);
    if (name) app.name = name;
    if (process.platform === 'linux') app.setDesktopName(about.desktopName ?? `${app.name}.desktop`);
    if (!app.commandLine.hasSwitch('user-data-dir'))
      app.setPath('userData', path.join(app.getPath('appData'), app.name));
  }
  const file = Module._resolveFilename(packagePath, null, true);
  app.setAppPath(isPackage ? packagePath : path.dirname(file));
  await import(pathToFileURL(file).href);
}

function print(line) {
  console.log(line);
  process.exit(0);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
