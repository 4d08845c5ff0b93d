import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Client, clientOf } from '@shared/client';
import { type Contract, contract, type OpenedEstate } from '@shared/contract';
import type { Transport } from '@shared/contract-kit';
import type { HostReading, Snapshot } from '@shared/snapshot';
import type { Topology } from '@shared/views/topology';
import { type App, createApp } from '../app';
import { inProcess } from '../in-process';
import { createJournal, type JournalStore } from '../journal/journal';
import type { Ask, Journal } from '../ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../ports-node';
import { settingsStore } from '../stores/settings-store';

/** The console without a window and without the person's own files: as the command line makes it. */
export interface TestConsole {
  app: App;
  journal: JournalStore;
  opened: OpenedEstate;
  /** Ends when every host was asked once. */
  firstLook: Promise<void>;
  client: Client<Contract>;
  transport: Transport;
  /** Its own home, data and known_hosts; gone after `close`. */
  home: string;
  /** Looks at all hosts, or one, whatever is due. */
  look(host?: string): Promise<void>;
  snapshot(): Promise<Snapshot>;
  topology(): Promise<Topology>;
  reading(host: string): Promise<HostReading>;
  close(): Promise<void>;
}

export interface TestConsoleOptions {
  ask?: Ask;
  /** false: `opened` is there as soon as the file was read, the first look goes on. */
  waitForLook?: boolean;
  /** The home of another console, which two then share; it stays after `close`. */
  home?: string;
  /** What takes the place of its journal. */
  wrap?: (journal: Journal) => Journal;
}

/** Opens an estate file as a person's own under the loopback policy and looks once. */
export async function openConsole(file: string, options: TestConsoleOptions = {}): Promise<TestConsole> {
  const home = options.home ?? (await mkdtemp(path.join(tmpdir(), 'patronus-console-')));
  const dataDir = path.join(home, 'data');
  const journal = createJournal({
    dataDir,
    clock: nodeClock,
    who: 'test',
    program: 'window',
    version: 'test',
  });
  const app = createApp({
    ports: {
      clock: nodeClock,
      log: stderrLog('silent'),
      paths: { ...personPaths({}, home), dataDir },
      journal: options.wrap ? { ...journal, ...options.wrap(journal) } : journal,
    },
    ask: options.ask ?? refusingAsk,
    info: { version: 'test', runtime: 'test', operator: 'test' },
    egress: 'loopback',
    bundledEstatesDir: path.join(home, 'no-estates'),
    settings: settingsStore(dataDir, 'C'),
  });
  const { opened, firstLook } = await app.open(file);
  if (options.waitForLook !== false) await firstLook;
  const transport = inProcess(app.handlers, app.events);
  const client = clientOf(contract, transport);
  const snapshot = async () => (await client.call('watch.snapshot', undefined)).snapshot;
  return {
    app,
    journal,
    opened,
    firstLook,
    client,
    transport,
    home,
    look: async (host) => void (await client.call('watch.look', host === undefined ? {} : { host })),
    snapshot,
    topology: () => client.call('topology.get', undefined),
    async reading(host) {
      const found = (await snapshot()).hosts[host];
      if (!found) throw new Error(`no host ${host} in the snapshot`);
      return found;
    },
    async close() {
      await app.dispose();
      await journal.close();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}
