import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { run } from './processes.mjs';

/** Ended, even if nobody has taken notice of its exit code yet. */
const isGone = (pid: number) => {
  try {
    return / [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
};
const piped = { stdio: ['ignore', 'pipe', 'pipe'] };

describe.runIf(process.platform === 'linux')('child processes', () => {
  it('hands back output and exit code', async () => {
    const result = await run(['sh', '-c', 'echo out; echo err >&2; exit 3'], piped);
    expect(result).toMatchObject({ code: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  it('says that a program does not exist', async () => {
    expect(await run(['/no/such/program'], piped)).toMatchObject({ code: 127 });
  });

  it('passes arguments as they are', async () => {
    const hostile = '$(id) "; rm -rf ~ \'';
    expect((await run(['printf', '%s', hostile], piped)).stdout).toBe(hostile);
  });

  it('kills the whole group at the time limit, even what ignores being asked', async () => {
    const script = 'trap "" TERM; sleep 60 & echo $!; wait; sleep 60';
    const options = { ...piped, group: true, timeoutMs: 200, graceMs: 200 };
    const result = await run(['sh', '-c', script], options);
    expect(result.timedOut).toBe(true);
    expect(result.code).not.toBe(0);
    await expect.poll(() => isGone(Number(result.stdout))).toBe(true);
  });
});
