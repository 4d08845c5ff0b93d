import type { ReadStream, WriteStream } from 'node:tty';
import { DEFAULT_KEEP } from '@shared/secrets/schema';
import type { Ask, AskQuestion } from '../ports';

/** Asks on the terminal, one question after the other, without echo. Ctrl-C and an empty answer decline. */
export function terminalAsk(input: ReadStream, output: WriteStream | NodeJS.WritableStream): Ask {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    secret(question, { signal }) {
      const answer = queue.then(() => readLine(input, output, lineFor(question), question.echo, signal));
      queue = answer.catch(() => undefined);
      return answer.then((text) => (text === null ? null : { text, keep: DEFAULT_KEEP }));
    },
  };
}

const WHAT: Record<AskQuestion['what'], string> = {
  password: 'password',
  passphrase: 'passphrase of the key',
  'one-time-code': 'one-time code',
  'sql-password': 'SQL password',
  'vault-passphrase': 'passphrase of the vault',
};
/** A question of the console itself is about no host. */
const lineFor = ({ host, account, what, prompt }: AskQuestion) =>
  `${host === '' ? '' : `${account}@${host}: `}${prompt === '' ? WHAT[what] : prompt} `;

function readLine(
  input: ReadStream,
  output: NodeJS.WritableStream,
  prompt: string,
  echo: boolean,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let line = '';
    const finish = (answer: string | null) => {
      input.off('data', read);
      signal.removeEventListener('abort', abandon);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      resolve(answer);
    };
    const abandon = () => {
      finish(null);
      reject(signal.reason);
    };
    const read = (bytes: Buffer) => {
      for (const key of bytes.toString('utf8')) {
        if (key === '\r' || key === '\n') return finish(line === '' ? null : line);
        if (key === '\u0003' || key === '\u0004') return finish(null);
        if (key === '\u007f' || key === '\b') line = line.slice(0, -1);
        else line += key;
        if (echo) output.write(key);
      }
    };
    output.write(prompt);
    input.setRawMode(true);
    input.resume();
    input.on('data', read);
    signal.addEventListener('abort', abandon, { once: true });
  });
}
