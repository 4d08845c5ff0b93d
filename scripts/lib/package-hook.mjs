// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { root } from './program.mjs';

/**
 * electron-builder's hook, on every platform, before fuses are set and anything is signed: what a custom Electron
 * distribution brings along goes, and the command line is told which product and version it is.
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  fs.rmSync(path.join(resources, 'default_app.asar'), { force: true });
  fs.rmSync(path.join(appOutDir, 'RUNTIME.json'), { force: true });
  const { name, version } = packager.appInfo;
  const about = { name, version, type: 'module' };
  fs.writeFileSync(path.join(resources, 'package.json'), `${JSON.stringify(about)}\n`);
  if (electronPlatformName === 'linux')
    fs.copyFileSync(path.join(root, 'packaging/patronus'), path.join(appOutDir, 'patronus'));
}
