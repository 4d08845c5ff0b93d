import { clientOf } from '@shared/client';
import { contract } from '@shared/contract';
import { Failure, toAppError } from '@shared/errors';
import { replicationToText, statusToText, topologyToText } from '@shared/paper/look-text';
import { replicationOf } from '@shared/replication/replication-of';
import type { Snapshot } from '@shared/snapshot';
import { Status } from '@shared/views/status';
import type { Topology } from '@shared/views/topology';
import type { App } from '../app';
import { inProcess } from '../in-process';
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
  const client = clientOf(contract, inProcess(app.handlers, app.events));
  let { snapshot } = await client.call('watch.snapshot', undefined);
  if (io.interactive && needsAnswer(snapshot)) {
    await client.call('watch.look', {});
    ({ snapshot } = await client.call('watch.snapshot', undefined));
  }
  try {
    const topology = await client.call('topology.get', undefined);
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

const needsAnswer = (snapshot: Snapshot): boolean =>
  Object.values(snapshot.hosts).some((reading) => {
    if (reading.state === 'unreachable') return reading.error.code === 'E_NEEDS_ANSWER';
    if (reading.state === 'unasked') return false;
    return Object.values(reading.answer.services).some((service) => service.error?.code === 'E_NEEDS_ANSWER');
  });

const sawEverything = (topology: Topology, snapshot: Snapshot): boolean =>
  topology.nodes.every((node) => node.health !== 'unknown') &&
  Object.values(snapshot.hosts).every(
    (reading) => reading.state === 'answered' && reading.answer.errors.length === 0,
  );
