#!/usr/bin/env node
// @ts-check
/**
 * `node scripts/print-pdf.mjs JOB PDF`: prints the paper that the command line left in JOB. The runtime runs sandboxed and
 * never as root, on the display there is or on one of its own.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { hasDisplay, virtualDisplay } from './lib/display.mjs';
import { atEnd } from './lib/processes.mjs';
import { isRoot, parse, program, Stop } from './lib/program.mjs';
import { windowUser } from './lib/users.mjs';
import { openWindow } from './lib/window.mjs';

const usage = 'usage: node scripts/print-pdf.mjs JOB PDF';
const TIMEOUT_MS = 120_000;

await program(async () => {
  const { positionals } = parse(process.argv.slice(2), {}, { usage, positionals: 2 });
  const [job, pdf] = positionals;
  if (!job || !pdf) throw new Stop(usage, 2);
  await ensurePackages();
  await ensureBuilt(['app']);
  const runtime = await ensureElectronRuntime();
  const user = isRoot() ? windowUser() : undefined;

  // A folder of the user who prints: what root may read and where root may write is not theirs.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-print-'));
  atEnd(() => fs.rmSync(folder, { recursive: true, force: true }));
  const [mine, printed] = [path.join(folder, 'job.json'), path.join(folder, 'paper.pdf')];
  const asked = JSON.parse(fs.readFileSync(job, 'utf8'));
  fs.writeFileSync(mine, JSON.stringify({ ...asked, pdf: printed }), { mode: 0o600 });
  if (user) for (const each of [folder, mine]) fs.chownSync(each, user.uid, user.gid);

  // root's own display is not shared for this: nothing is shown.
  const env = hasDisplay() && !user ? {} : (await virtualDisplay(user)).env;
  const code = await openWindow({ runtime, user, args: [`--print=${mine}`], env, timeoutMs: TIMEOUT_MS });
  if (code === 0) fs.copyFileSync(printed, pdf);
  return code;
});
