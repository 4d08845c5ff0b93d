import { type AppInfo, type Contract, type LedgerEntry, type OpenedEstate, Settings } from '@shared/contract';
import type { Handlers, Signal } from '@shared/contract-kit';
import { Failure } from '@shared/errors';
import { planOf } from '@shared/plan/plan-of';
import { replicationOf } from '@shared/replication/replication-of';
import type { Snapshot } from '@shared/snapshot';
import { topologyOf } from '@shared/topology/topology-of';
import { Emitter } from './emitter';
import type { EgressMode } from './net/egress';
import { type OpenEstate, openEstate } from './open-estate';
import type { Ask, Ports } from './ports';
import { Questions } from './questions';
import type { JsonStore } from './stores/json-store';
import type { StoredSettings } from './stores/settings-store';

export interface AppOptions {
  ports: Omit<Ports, 'ask'>;
  /** Who is asked; left out: the window, by the contract's questions. */
  ask?: Ask;
  info: Omit<AppInfo, 'egress'>;
  egress: EgressMode | null;
  bundledEstatesDir: string;
  settings: JsonStore<StoredSettings>;
  /** The person's own choice of a file; null when there is none. Absent where nobody can choose. */
  chooseFile?(): Promise<string | null>;
  writeClipboard?(text: string): void;
}

/** The console without a window: everything the contract promises, for IPC, the command line and tests. */
export interface App {
  handlers: Handlers<Contract>;
  events: Emitter;
  /** Opens an estate file and begins to watch it; the promise ends when every host was asked once. */
  open(file: string): Promise<{ opened: OpenedEstate; firstLook: Promise<void> }>;
  dispose(): Promise<void>;
}

/** The last look goes to disk this often while the console watches. */
const SAVE_EVERY_MS = 30_000;

export function createApp(options: AppOptions): App {
  const events = new Emitter();
  const questions = new Questions((list) => events.emit('question.changed', list));
  const ports: Ports = { ...options.ports, ask: options.ask ?? questions };
  let current: OpenEstate | null = null;
  let opened: OpenedEstate = { state: 'none' };
  let saving: ReturnType<typeof setInterval> | null = null;

  const scope = (): OpenEstate => {
    if (current) return current;
    throw new Failure({
      code: 'E_NO_ESTATE',
      stage: 'estate',
      message: 'No estate is open.',
      remedy: 'Open an estate file.',
      retryable: false,
    });
  };

  async function close(): Promise<void> {
    if (saving) clearInterval(saving);
    saving = null;
    const closing = current;
    current = null;
    if (!closing) return;
    await closing.saveLook().catch((thrown: unknown) => warn('look.not-saved', thrown));
    await closing.dispose();
  }

  const warn = (event: string, thrown: unknown) => {
    options.ports.log.warn(event, thrown instanceof Failure ? { error: thrown.error } : {});
  };

  async function open(file: string) {
    await close();
    const result = await openEstate({
      file,
      ports,
      egress: options.egress,
      bundledEstatesDir: options.bundledEstatesDir,
      onChange: (change) => events.emit('host.changed', change),
    });
    let firstLook = Promise.resolve();
    if (result.ok) {
      current = result.value;
      opened = { state: 'open', file: current.file, estate: current.estate };
      firstLook = current.watcher.start();
      const save = () => current?.saveLook().catch((thrown: unknown) => warn('look.not-saved', thrown));
      void firstLook.then(save);
      saving = setInterval(() => void save(), SAVE_EVERY_MS);
      const settings = await options.settings.read();
      await options.settings
        .write({ ...settings, lastEstate: current.file })
        .catch((thrown: unknown) => warn('settings.not-saved', thrown));
    } else {
      opened = { state: 'refused', file, problems: result.error };
    }
    events.emit('estate.changed', opened);
    return { opened, firstLook };
  }

  const snapshot = (): Snapshot => scope().watcher.snapshot().snapshot;
  const changeLedger = async (change: (entries: LedgerEntry[]) => LedgerEntry[]) => {
    const { ledger } = scope();
    const entries = change(await ledger.read());
    await ledger.write(entries);
    return entries;
  };

  const handlers: Handlers<Contract> = {
    'app.info': () => ({ ...options.info, egress: current?.dialer.policy.mode ?? 'offline' }),
    'settings.get': async () => Settings.strip().parse(await options.settings.read()),
    'settings.set': async (chosen) => {
      await options.settings.write({ ...(await options.settings.read()), ...chosen });
      return chosen;
    },
    'estate.get': () => opened,
    'estate.choose': async () => {
      const file = await options.chooseFile?.();
      return file ? (await open(file)).opened : opened;
    },
    'watch.snapshot': () => scope().watcher.snapshot(),
    'watch.look': ({ host }, { signal }) => scope().watcher.lookNow(host, abortSignal(signal)),
    'evidence.get': ({ host, id }) => {
      const found = scope().watcher.evidenceOf(host, id);
      if (found) return found;
      throw new Failure({
        code: 'E_NO_EVIDENCE',
        stage: 'store',
        host,
        message: `${host}: nothing is kept for ${id}.`,
        remedy: 'Look at the host again.',
        retryable: false,
      });
    },
    'topology.get': () => topologyOf(scope().estate, snapshot()),
    'replication.get': () => replicationOf(scope().estate, snapshot()),
    'plan.get': async () => planOf(scope().estate, await scope().ledger.read(), snapshot()),
    'ledger.get': () => scope().ledger.read(),
    'ledger.set': ({ path, quantity }) =>
      changeLedger((entries) => [
        ...entries.filter((entry) => entry.path !== path),
        { path, quantity, at: ports.clock.now() },
      ]),
    'ledger.clear': ({ path }) => changeLedger((entries) => entries.filter((entry) => entry.path !== path)),
    'question.list': () => questions.list(),
    'question.answer': ({ id, answer }) => questions.answer(id, answer),
    'clipboard.write': ({ text }) => options.writeClipboard?.(text),
  };
  return { handlers, events, open, dispose: close };
}

/** The contract's signal as Node's own, which the core's functions take. */
function abortSignal(signal: Signal): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}
