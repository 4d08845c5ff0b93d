import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inHost, type Lab, serviceNamed } from '../engine/lab';
import { cacheDir, upperOf } from '../engine/paths';
import { run } from '../engine/run';
import { callScript } from '../engine/services';
import type { HostSpec } from '../engine/spec';

/** Three seconds of `mysqld --initialize` on each server would be most of the start: made once, kept, unpacked. */
const made = new Map<string, Promise<string>>();

/** A data folder for a fresh server: unpacked from the kept one, else initialised here and kept. */
export async function dataFolder(lab: Lab, host: HostSpec): Promise<void> {
  const service = serviceNamed(host, 'mysql');
  const conf = () => callScript(lab, host, service, ['conf', 'replication']);
  const version = (await callScript(lab, host, service, ['version'])).trim().replaceAll(/[^\w.-]+/g, '_');
  const file = join(cacheDir(), 'data', `${version}.tar`);
  const first = made.get(file);
  if (!first && !existsSync(file)) {
    const kept = conf().then(() => keep(lab, host, file));
    made.set(file, kept);
    await kept;
    return;
  }
  await first;
  await inHost(lab, host.name, [`/opt/lab/${lab.config.engine}.sh`, 'unpack'], {
    input: createReadStream(file),
  });
  await conf();
}

/** The server has not run yet: its files may be read from outside. The last rename wins. */
async function keep(lab: Lab, host: HostSpec, file: string): Promise<string> {
  await mkdir(join(file, '..'), { recursive: true });
  const written = `${file}.${process.pid}`;
  try {
    await run([
      'tar',
      '-cSf',
      written,
      '--exclude=./auto.cnf',
      '-C',
      join(upperOf(lab.paths, host.name), 'var/lib/mysql'),
      '.',
    ]);
    await rename(written, file);
  } finally {
    await rm(written, { force: true });
  }
  return file;
}
