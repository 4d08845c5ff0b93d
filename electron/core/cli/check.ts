import path from 'node:path';
import type { Check } from '@shared/views/status';
import { readEstate } from '../read-estate';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

/** `check`: every problem of the estate file, with line and column. Opens no connection. */
export async function checkCommand(asked: CliArguments, io: Io): Promise<number> {
  const file = path.resolve(io.cwd, asked.estate);
  const read = await readEstate(file);
  const problems = read.ok ? [] : read.error;
  if (asked.json) {
    const check: Check = { file, valid: read.ok, problems };
    printJson(io, check);
  } else if (read.ok) {
    const { hosts, services, links } = read.value;
    io.out(`${file}: ok (${hosts.length} hosts, ${services.length} services, ${links.length} links)\n`);
  } else {
    for (const problem of problems) printError(io, problem, asked.language);
  }
  return read.ok ? EXIT.done : EXIT.usage;
}
