import { failure } from '../net/failure';
import type { ExecChannel, Lease } from '../ssh/lease';
import { quoteWord, shellLine } from '../ssh/quote';

/** One command on a server that stays and writes the lines it is given to the end of a run's record. */
export interface RemoteAppender {
  /** Resolves when these lines are on the server's disk. One call at a time. Rejects with Failure. */
  append(lines: readonly string[]): Promise<void>;
  close(): void;
}

/**
 * It reads lines and writes them; at a lone full stop all before it are brought to disk and it answers with one. A line
 * that an earlier one left half written is ended first. It ends with its standard input, whatever ends that.
 */
const APPEND = `umask 077; f="$HOME/.patronus/runs/$1/$2/events.jsonl"; exec 3>>"$f" || exit 73
[ ! -s "$f" ] || [ "$(tail -c 1 "$f" | wc -l)" -eq 1 ] || echo >&3
echo .
while IFS= read -r line; do
  case $line in .) sync "$f" && echo .;; *) printf "%s\\n" "$line" >&3 || exit 74;; esac
done`;

const ANSWER_MS = 10_000;

/** Starts it. `words`: the folders of subject and run. Rejects with what opening a channel rejects with. */
export async function openAppender(
  lease: Lease,
  words: readonly string[],
  signal: AbortSignal,
): Promise<RemoteAppender> {
  const command = `exec /bin/sh -c ${quoteWord(APPEND)} sh ${shellLine(words, 'record.append')}`;
  const channel = await lease.exec(command, { signal, stays: true });
  const appender = overChannel(channel, lease.hostId);
  await appender.append(null);
  return { append: (lines) => appender.append(lines), close: appender.close };
}

function overChannel({ stream, done }: ExecChannel, host: string) {
  let wake: (() => void) | null = null;
  let answers = 0;
  let over = false;
  let said = '';
  const tell = () => wake?.();
  stream.on('error', () => {});
  stream.on('data', (bytes: Buffer) => {
    // A login shell may print before; what counts is a full stop on a line of its own.
    said = (said + bytes.toString('latin1')).slice(-4_096);
    answers += bytes.toString('latin1').split('.\n').length - 1;
    tell();
  });
  stream.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('latin1')).slice(-4_096);
  });
  stream.on('close', () => {
    over = true;
    tell();
  });

  /** @param lines null: it has only just been started. */
  function append(lines: readonly string[] | null): Promise<void> {
    const wanted = answers + 1;
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        wake = null;
        finish();
      };
      const why = (text: string) => failure('E_REMOTE_RECORD', host, { text });
      const timer = setTimeout(() => end(() => reject(why('no answer'))), ANSWER_MS);
      wake = () => {
        if (answers >= wanted) end(resolve);
        else if (over) end(() => reject(why(said.trim() || 'it ended')));
      };
      if (lines) stream.write(`${[...lines, '.'].join('\n')}\n`);
      wake();
    });
  }

  return {
    append,
    close() {
      stream.end();
      done();
    },
  };
}
