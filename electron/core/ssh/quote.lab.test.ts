import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Lease } from './lease';
import { shellLine } from './quote';
import { makeRig } from './testing/rig';
import { haveSshd, startSshd } from './testing/sshd';

const WORDS = 10_000;
/** As many as one line may hold (Linux: 128 KiB for one argument of the shell). */
const BATCH = 1_000;
const { signal } = new AbortController();

/** Words of what shells care about, and of anything else that a string can hold but NUL. */
function randomWord(): string {
  const special = ' \t\n\r\'"`$\\!*?[]{}()<>|&;~#%=^-@:,./+0aé漢\u202e\x1b\x7f\x80\ufeff';
  let word = '';
  for (let length = randomInt(14); length > 0; length -= 1)
    word += randomInt(4) ? special[randomInt(special.length)] : String.fromCodePoint(1 + randomInt(0x10ffff));
  return word;
}

/** stdout of one command line, as bytes: nothing of ours is between. */
async function bytesOf(lease: Lease, line: string): Promise<Buffer> {
  const channel = await lease.exec(line, { signal });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of channel.stream) chunks.push(chunk as Buffer);
  } finally {
    channel.done();
  }
  return Buffer.concat(chunks);
}

describe.skipIf(!haveSshd())('C18: through a real sshd', () => {
  // sshd gives the line to the login shell as `SHELL -c LINE`; so does this, with the shell that is to be tested.
  it.each(['bash', 'dash'])(`gives ${WORDS} random words back, byte for byte, by %s`, async (shell) => {
    const rig = makeRig([]);
    const sshd = await startSshd(rig.home, [`ForceCommand exec ${shell} -c "$SSH_ORIGINAL_COMMAND"`]);
    const ssh = {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identity: `file:${sshd.identity}`,
      hostKeys: [sshd.hostKey],
    };
    const real = makeRig([{ id: 'web', ssh }]);
    try {
      const lease = await real.sessions.acquire('web', { account: 'read', background: true, signal });
      expect((await bytesOf(lease, 'readlink /proc/$$/exe; :')).toString()).toContain(shell);
      for (let sent = 0; sent < WORDS; sent += BATCH) {
        const words = Array.from({ length: BATCH }, randomWord);
        const back = await bytesOf(lease, shellLine(['printf', '%s\\0', ...words]));
        if (!back.equals(Buffer.from(words.map((word) => `${word}\0`).join(''))))
          expect(back.toString().split('\0').slice(0, -1)).toEqual(words);
      }
      lease.release();
    } finally {
      await real.dispose();
      await sshd.stop();
      await rig.dispose();
    }
  });
});
