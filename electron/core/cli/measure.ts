import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { clientOf } from '@shared/client';
import { contract } from '@shared/contract';
import { type AppError, ok, type Result, toAppError } from '@shared/errors';
import { costText, measureToText, offersToText } from '@shared/measure/measure-text';
import { type MeasureOffer, MeasureRequest } from '@shared/measure/model';
import { texts } from '@shared/text';
import { type App, createApp } from '../app';
import { inProcess } from '../in-process';
import { createJournal } from '../journal/journal';
import { failure } from '../net/failure';
import type { Ask } from '../ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../ports-node';
import { settingsStore } from '../stores/settings-store';
import { EXIT, type Io, printError, printJson } from './io';
import type { MeasureArguments } from './measure-arguments';
import { bad } from './usage';

export interface MeasureWorld {
  io: Io;
  ask: Ask | null;
  version: string;
  bundledEstatesDir: string;
}

/**
 * `measure list | WHAT [SUBJECT]`: what it will cost at most goes to stderr before it begins; Ctrl-C ends it and enters
 * nothing. Exit 4: measured, and not enough to be a value.
 */
export async function measureCommand(asked: MeasureArguments, world: MeasureWorld): Promise<number> {
  const { io, ask, version, bundledEstatesDir } = world;
  const home = personPaths(io.env);
  const dataDir = asked.dataDir ? path.resolve(io.cwd, asked.dataDir) : home.dataDir;
  const who = `${userInfo().username}@${hostname()}`;
  const journal = createJournal({ dataDir, clock: nodeClock, who, program: 'command-line', version });
  const log = stderrLog(io.env.PATRONUS_LOG === 'info' ? 'info' : 'silent');
  const app = createApp({
    ports: { clock: nodeClock, log, paths: { ...home, dataDir }, journal },
    ask: ask ?? refusingAsk,
    info: { version, runtime: `Node ${process.versions.node}`, operator: who },
    egress: asked.egress,
    bundledEstatesDir,
    settings: settingsStore(dataDir, 'C'),
  });
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    return await measureWith(app, asked, io, stop.signal);
  } catch (thrown) {
    const error = toAppError(thrown);
    printError(io, error, asked.language);
    return error.code === 'E_USAGE' || error.code === 'E_MEASURE_UNKNOWN' ? EXIT.usage : EXIT.failed;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
    await app.dispose();
    await journal.close();
  }
}

async function measureWith(app: App, asked: MeasureArguments, io: Io, signal: AbortSignal): Promise<number> {
  const { opened, firstLook } = await app.open(path.resolve(io.cwd, asked.estate));
  if (opened.state !== 'open') {
    if (opened.state === 'refused')
      for (const problem of opened.problems) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  // Which paths a file server shares, only a look tells.
  if (asked.what === 'list' || wantsShares(asked)) await firstLook;
  const client = clientOf(contract, inProcess(app.handlers, app.events));
  const offers = await client.call('measure.list', undefined);
  if (asked.what === 'list') {
    if (asked.json) printJson(io, offers);
    else io.out(offersToText(offers, asked.language));
    return EXIT.done;
  }
  const request = requestOf(asked, offers);
  if (!request.ok) {
    printError(io, request.error, asked.language);
    return EXIT.usage;
  }
  const { titles } = texts(asked.language).measure;
  io.err(`${titles[request.value.kind]}: ${costText(request.value, asked.language)}\n`);
  const result = await client.call('measure.start', request.value, signal);
  if (asked.json) printJson(io, result);
  else io.out(measureToText(result, asked.language));
  return result.outcome.state === 'measured' ? EXIT.done : EXIT.unseen;
}

const wantsShares = ({ what, trees }: MeasureArguments): boolean =>
  trees.length === 0 && (what === 'changed-files' || what === 'tree-walk');

/** The offer with the bounds that were named in place of its own. @throws Failure E_MEASURE_UNKNOWN */
function requestOf(
  asked: MeasureArguments,
  offers: readonly MeasureOffer[],
): Result<MeasureRequest, AppError> {
  const { what, bounds, trees } = asked;
  const same = offers.filter(({ kind }) => kind === what);
  if (asked.subject === null && same.length > 1)
    return bad(`measure ${what}: name one of ${same.map(({ subject }) => subject).join(', ')}.`);
  const offer = same.find(({ subject }) => asked.subject === null || subject === asked.subject);
  if (!offer) throw failure('E_MEASURE_UNKNOWN', null, { what, name: asked.subject ?? '?' });
  const wanted = { ...offer.request, ...bounds, ...(trees.length > 0 ? { trees } : {}) };
  const read = MeasureRequest.safeParse(wanted);
  if (read.success) return ok(read.data);
  const [issue] = read.error.issues;
  return bad(`measure ${what}: ${issue?.path.join('.')}: ${issue?.message}`);
}
