import path from 'node:path';
import { type AppError, Failure } from '@shared/errors';
import { topologyToText } from '@shared/paper/look-text';
import { markText } from '@shared/recording/mark-text';
import { momentFrom } from '@shared/recording/moment-text';
import type { TimeLine } from '@shared/recording/time-line';
import { texts } from '@shared/text';
import { topologyOf } from '@shared/topology/topology-of';
import { openRecording } from '../recorder/recording';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

/**
 * `replay FILE`: the topology as known at the end of a recording, or at the time that was asked for; with
 * `--marks` what happened when. Opens no connection. 4 when a part of the file could not be read.
 */
export async function replayCommand(asked: CliArguments, io: Io): Promise<number> {
  try {
    const recording = await openRecording(path.resolve(io.cwd, asked.words[0] ?? ''));
    const line = await recording.timeLine();
    const damage = recording.damage();
    if (damage) printError(io, damage, asked.language);
    const at =
      asked.recording.at === null || !line ? Number.MAX_SAFE_INTEGER : momentFrom(asked.recording.at, line);
    if (at === null) {
      printError(io, notATime(asked.recording.at ?? ''), asked.language);
      return EXIT.usage;
    }
    const moment = await recording.at(at);
    if (asked.recording.marks && line) {
      if (asked.json) printJson(io, line);
      else io.out(marksToText(line, asked.language));
    } else {
      const topology = topologyOf(moment.estate, moment.snapshot);
      if (asked.json) printJson(io, topology);
      else io.out(topologyToText(topology, asked.language));
    }
    return damage ? EXIT.unseen : EXIT.done;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    printError(io, thrown.error, asked.language);
    return EXIT.failed;
  }
}

const stamp = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** What happened and what is missing, in the order of time; UTC, as all times on paper. */
function marksToText(line: TimeLine, language: CliArguments['language']): string {
  const { recording } = texts(language);
  const rows = [
    ...line.marks.map((mark) => ({ t: mark.t, text: markText(mark, language) })),
    ...line.gaps.map(({ from, to, why }) => ({
      t: from,
      text: recording.gapBetween(stamp(from), stamp(to), recording.gap[why]),
    })),
  ].toSorted((a, b) => a.t - b.t);
  const lines = rows.map(({ t, text }) => `${stamp(t)}  ${text}\n`);
  const covers = `${recording.covers(stamp(line.from), stamp(line.to))} UTC\n`;
  return `${covers}${rows.length === 0 ? `${recording.noMarks}\n` : lines.join('')}`;
}

const notATime = (text: string): AppError => ({
  code: 'E_USAGE',
  stage: 'internal',
  message: `--at: "${text}" is no time. Write 02:26:56 (UTC) or 2026-03-01T02:26:56Z.`,
  retryable: false,
});
