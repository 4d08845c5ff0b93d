import { assessmentToText } from '@shared/assessment/assessment-paper';
import { Failure, toAppError } from '@shared/errors';
import type { Assessment } from '@shared/views/assessment';
import type { App } from '../app';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

/** `assess`: one run of the assessment, then its answer. 4 when a check could not be told, or a host not be asked. */
export async function assessCommand(app: App, asked: CliArguments, io: Io): Promise<number> {
  const { opened, firstLook } = await app.open(asked.estate);
  if (opened.state !== 'open') {
    if (opened.state === 'refused')
      for (const problem of opened.problems) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  await firstLook;
  const { signal } = new AbortController();
  try {
    const assessment = await app.handlers['assessment.run'](undefined, { signal });
    if (asked.json) printJson(io, assessment);
    else io.out(assessmentToText(assessment, asked.language));
    return toldEverything(assessment) ? EXIT.done : EXIT.unseen;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    printError(io, toAppError(thrown), asked.language);
    return EXIT.failed;
  }
}

const toldEverything = ({ complete, subjects }: Assessment): boolean =>
  complete && subjects.every(({ checks }) => checks.every(({ state }) => state !== 'unknown'));
