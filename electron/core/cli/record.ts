import { rm } from 'node:fs/promises';
import path from 'node:path';
import { clientOf } from '@shared/client';
import { contract } from '@shared/contract';
import { markText } from '@shared/recording/mark-text';
import { texts } from '@shared/text';
import type { App } from '../app';
import { inProcess } from '../in-process';
import { nodeClock } from '../ports-node';
import { exportRecording } from '../recorder/export-recording';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

/** While one file is asked for, what is recorded lies here; a crash leaves it, and `replay` opens it too. */
export const partOf = (out: string): string => `${out}.part`;

/**
 * `record`: watches and records until the time is over or Ctrl-C; one line on stderr per event. Prints what it
 * recorded into. Refused when another console records this estate already, unless a file is named.
 */
export async function recordCommand(app: App, asked: CliArguments, io: Io): Promise<number> {
  const words = texts(asked.language).recording;
  const client = clientOf(contract, inProcess(app.handlers, app.events));
  let events = 0;
  client.on('recording.marked', (mark) => {
    events += 1;
    io.err(`${new Date(mark.t).toISOString().slice(11, 19)}  ${markText(mark, asked.language)}\n`);
  });
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    const { opened } = await app.open(asked.estate);
    if (opened.state !== 'open') {
      if (opened.state === 'refused')
        for (const problem of opened.problems) printError(io, problem, asked.language);
      return EXIT.usage;
    }
    const recording = await client.call('recording.get', undefined);
    if (recording.state !== 'there' || !recording.writing) {
      printError(io, busy(opened.estate.estate), asked.language);
      return EXIT.refused;
    }
    const file = asked.recording.out === null ? recording.file : path.resolve(io.cwd, asked.recording.out);
    io.err(`${words.started(opened.estate.estate, file)}\n`);
    if (asked.recording.forMs === null)
      await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
    else await nodeClock.sleep(asked.recording.forMs, stop.signal);
    await app.dispose();
    if (asked.recording.out !== null) {
      await exportRecording(recording.file, file);
      await rm(recording.file, { recursive: true });
    }
    io.err(`${words.ended(file, events)}\n`);
    if (asked.json) printJson(io, { file, events });
    else io.out(`${file}\n`);
    return EXIT.done;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  }
}

const busy = (estate: string) => ({
  code: 'E_RECORDING_BUSY',
  stage: 'store' as const,
  message: `Another console is recording ${estate} already.`,
  remedy: 'Name a file of your own with --out FILE, or close the other console.',
  retryable: true,
  params: { name: estate },
});
