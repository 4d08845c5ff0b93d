import { Failure, toAppError } from '@shared/errors';
import { statusToText, topologyToText } from '@shared/paper/look-text';
import { replicationToText } from '@shared/paper/replication-text';
import { replicationOf } from '@shared/replication/replication-of';
import type { Snapshot } from '@shared/snapshot';
import { Status } from '@shared/views/status';
import type { Topology } from '@shared/views/topology';
import type { App } from '../app';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

/**
 * `status`, `topology`, `replication`: one full look, then the answer. 4 when something could not be seen:
 * a partial answer must not look like a whole one to a script.
 */
export async function lookCommand(app: App, asked: CliArguments, io: Io): Promise<number> {
  const { opened, firstLook } = await app.open(asked.estate);
  if (opened.state !== 'open') {
    if (opened.state === 'refused')
      for (const problem of opened.problems) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  await firstLook;
  // The handlers themselves: what is in this process already needs no check of its shape on the way.
  const { handlers } = app;
  const { signal } = new AbortController();
  let { snapshot } = await handlers['watch.snapshot'](undefined, { signal });
  if (io.interactive && needsAnswer(snapshot)) {
    await handlers['watch.look']({}, { signal });
    ({ snapshot } = await handlers['watch.snapshot'](undefined, { signal }));
  }
  try {
    const topology = await handlers['topology.get'](undefined, { signal });
    if (asked.command === 'replication') {
      const replication = replicationOf(opened.estate, snapshot);
      if (asked.json) printJson(io, replication);
      else io.out(replicationToText(replication, asked.language));
    } else if (asked.command === 'status') {
      const status = Status.strip().parse(topology);
      if (asked.json) printJson(io, status);
      else io.out(statusToText(status, asked.language));
    } else if (asked.json) printJson(io, topology);
    else io.out(topologyToText(topology, asked.language));
    return sawEverything(topology, snapshot) ? EXIT.done : EXIT.unseen;
  } catch (thrown) {
    if (thrown instanceof Failure) printError(io, toAppError(thrown), asked.language);
    else throw thrown;
    return EXIT.failed;
  }
}

/** What a person at the terminal can help with. */
const CAN_ANSWER: ReadonlySet<string> = new Set(['E_NEEDS_ANSWER', 'E_SECRET_KEYRING']);

const needsAnswer = (snapshot: Snapshot): boolean =>
  Object.values(snapshot.hosts).some((reading) => {
    if (reading.state === 'unreachable') return CAN_ANSWER.has(reading.error.code);
    if (reading.state === 'unasked') return false;
    return Object.values(reading.answer.services).some(({ error }) => error && CAN_ANSWER.has(error.code));
  });

const sawEverything = (topology: Topology, snapshot: Snapshot): boolean =>
  topology.nodes.every((node) => node.health !== 'unknown') &&
  Object.values(snapshot.hosts).every(
    (reading) => reading.state === 'answered' && reading.answer.errors.length === 0,
  );
