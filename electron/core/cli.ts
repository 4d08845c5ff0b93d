import './cli/without-jit';

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runCli } from './cli/run-cli';
import { terminalAsk } from './cli/terminal-ask';
import { printElsewhere } from './paper/print-elsewhere';

/** The folder of the product that holds package.json and estates/: beside the bundle, however deep. */
function productRoot(from: string): string {
  const here = path.dirname(from);
  if (existsSync(path.join(here, 'package.json'))) return here;
  return here === from ? process.cwd() : productRoot(here);
}

const root = productRoot(import.meta.dirname);
const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

void runCli(process.argv.slice(2), {
  io: {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    interactive,
  },
  ask: interactive ? terminalAsk(process.stdin, process.stderr) : null,
  version,
  bundledEstatesDir: path.join(root, 'estates'),
  printPdf: printElsewhere(root, process.env),
}).then((code) => {
  process.exitCode = code;
});
