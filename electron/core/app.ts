import { clean, cleanLine } from '@shared/clean';
import { type AppInfo, type Contract, type OpenedEstate, Settings } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import { Failure, toAppError } from '@shared/errors';
import type { ExportFormat } from '@shared/journal/export';
import type { PlanExportFormat } from '@shared/paper/plan/export-request';
import type { Mark } from '@shared/recording/frame';
import type { RecordingState } from '@shared/recording/state';
import { replicationOf } from '@shared/replication/replication-of';
import { topologyOf } from '@shared/topology/topology-of';
import { simulateOf } from '@shared/what-if/simulate-of';
import { abortSignal } from './abort-signal';
import type { Acting } from './acting/acting';
import { actingHandlers, type Surface } from './acting/handlers';
import { startActing } from './acting/start-acting';
import { assessmentHandlers } from './assessment/handlers';
import { Emitter } from './emitter';
import { journalHandlers } from './journal/handlers';
import type { JournalStore } from './journal/journal';
import { journalledAsk } from './journal/journalled-ask';
import { measureHandlers } from './measure/handlers';
import type { EgressMode } from './net/egress';
import { failure } from './net/failure';
import { type OpenEstate, openEstate } from './open-estate';
import { paperHandlers } from './paper/handlers';
import type { PrintPdf } from './paper/print';
import type { Ask, Ports } from './ports';
import { Questions } from './questions';
import type { Recorder } from './recorder/recorder';
import { openFolder, openRecording } from './recorder/recording';
import { recordingDir } from './recorder/segment-files';
import { startRecorder } from './recorder/start-recorder';
import { notLive, TimeTravel } from './recorder/time-travel';
import { liveView, pastView, type View } from './recorder/view';
import { createKeeper, secretsDir } from './secrets/keeper';
import { noKeyring, type SystemKeyring } from './secrets/keyring';
import type { JsonStore } from './stores/json-store';
import { ledgerHandlers } from './stores/ledger-handlers';
import { planHandlers } from './stores/plan-handlers';
import type { StoredSettings } from './stores/settings-store';
import { ReplicationHistory } from './watch/replication-history';

export interface AppOptions {
  /** Whoever made the journal closes it, after the app was disposed of. */
  ports: Omit<Ports, 'ask' | 'journal'> & { journal: JournalStore };
  /** Who is asked; left out: the window, by the contract's questions. */
  ask?: Ask;
  info: Omit<AppInfo, 'egress'>;
  egress: EgressMode | null;
  bundledEstatesDir: string;
  settings: JsonStore<StoredSettings>;
  /** The operating system's keyring; left out where only the window reaches it. */
  keyring?: SystemKeyring;
  /** The person's own choice of a file; null when there is none. Absent where nobody can choose. */
  chooseFile?(what: 'estate' | 'recording'): Promise<string | null>;
  /** Folder to record into, when it is not the estate's own below the data folder. */
  recordInto?: string;
  /** The person's own choice of where an export of the journal goes. */
  chooseExport?(format: ExportFormat): Promise<string | null>;
  /** The person's own choice of where the plan goes on paper: a file, or for a pack a folder. */
  choosePaper?(format: PlanExportFormat): Promise<string | null>;
  /** Makes a PDF; absent where nothing can print. */
  printPdf?: PrintPdf;
  writeClipboard?(text: string): void;
  /** The person's own choice of where a plan's script goes. */
  chooseScript?(): Promise<string | null>;
  /** Main's own surface, where there is a window. */
  surface?: Surface;
}

/** Points of a plot that a screen can show. */
const MOST_POINTS = 500;

/** The console without a window: everything the contract promises, for IPC, the command line and tests. */
export interface App {
  handlers: Handlers<Contract>;
  events: Emitter;
  /** Opens an estate file and begins to watch it; the promise ends when every host was asked once. */
  open(file: string): Promise<{ opened: OpenedEstate; firstLook: Promise<void> }>;
  /** Opens a recording instead of an estate; no connection is opened. It is shown as it ended. */
  openRecording(file: string): Promise<OpenedEstate>;
  /** The system woke, or a person is back: what the clocks say is looked at now, not at the next tick. */
  checkClock(): void;
  /** The screen was locked, or the person left: the vault is locked too, and the console is disarmed. */
  lockSecrets(): void;
  /** Acting on the estate that is open; null: none is. */
  acting(): Acting | null;
  dispose(): Promise<void>;
}

export function createApp(options: AppOptions): App {
  const events = new Emitter();
  const questions = new Questions((list) => events.emit('question.changed', list));
  const { journal } = options.ports;
  const stopTelling = journal.onChange((status) => events.emit('journal.changed', status));
  const ask = journalledAsk(options.ask ?? questions, options.ports);
  const ports: Ports = { ...options.ports, ask };
  const keeper = createKeeper({
    dir: secretsDir(options.ports.paths.dataDir),
    clock: options.ports.clock,
    keyring: options.keyring ?? noKeyring('command-line'),
    idleMinutes: async () => (await options.settings.read()).vaultIdleMinutes,
    onChange: () => void keeper.view().then((view) => events.emit('secret.changed', view)),
    onDisk: (kind, name) => journal.note({ kind, name: cleanLine(name) }),
  });
  let current: OpenEstate | null = null;
  let opened: OpenedEstate = { state: 'none' };
  let recorder: Recorder | null = null;
  let travel: TimeTravel | null = null;
  let past: ReplicationHistory | null = null;
  let acting: Acting | null = null;

  const scope = (): OpenEstate => {
    if (travel?.moment) throw notLive();
    if (current) return current;
    throw failure('E_NO_ESTATE', null);
  };

  async function close(): Promise<void> {
    const closing = { current, recorder, acting };
    current = recorder = travel = past = acting = null;
    await closing.acting?.dispose();
    await closing.recorder?.close();
    await closing.current?.dispose();
    if (closing.current) journal.note({ kind: 'estate-closed', file: closing.current.file });
  }

  const warn = (event: string, thrown: unknown) => {
    options.ports.log.warn(event, thrown instanceof Failure ? { error: thrown.error } : {});
  };

  /** Of what is now, whatever moment is shown. */
  const clusters = () =>
    current
      ? replicationOf(current.estate, current.watcher.snapshot().snapshot, past?.history ?? {}).clusters
      : [];

  /** A run that this console has in its hands ends with this estate, not without it. */
  async function closeForAnother(): Promise<void> {
    const subjects = acting?.underWay() ?? [];
    if (subjects.length > 0) throw failure('E_RUN_ACTS', null, { name: subjects.join(', ') });
    await close();
  }

  async function open(file: string) {
    await closeForAnother();
    const result = await openEstate({
      file,
      ports,
      egress: options.egress,
      bundledEstatesDir: options.bundledEstatesDir,
      keeper,
      onChange: (change) => {
        recorder?.note(change);
        if (current) past?.note(change.host, change.reading, current.watcher.snapshot().snapshot);
        if (!travel?.moment) events.emit('host.changed', change);
      },
      onWoke: (woke) => {
        acting?.woke(woke.ms);
        if (!travel?.moment) events.emit('watch.woke', woke);
      },
    });
    let firstLook = Promise.resolve();
    if (result.ok) {
      current = result.value;
      past = new ReplicationHistory(current.estate);
      acting = startActing({ ...options, open: current, ports, events, surface: options.surface, clusters });
      opened = { state: 'open', file: current.file, estate: current.estate };
      const egress = current.dialer.policy.mode;
      journal.note({ kind: 'estate-opened', estate: current.estate.estate, file: current.file, egress });
      const dir = options.recordInto ?? recordingDir(ports.paths.dataDir, current.file);
      const onMark = (mark: Mark) => events.emit('recording.marked', mark);
      // Hosts are dialled while the recording is opened; what they have told by then is noted at once.
      firstLook = current.watcher.start();
      recorder = await startRecorder(current, { dir, product: options.info.version, ports, onMark });
      travel = new TimeTravel(openFolder(dir), recorder);
      const { seq, snapshot } = current.watcher.snapshot();
      for (const [host, reading] of Object.entries(snapshot.hosts))
        if (reading.state !== 'unasked') recorder.note({ seq, host, reading });
      const settings = await options.settings.read();
      await options.settings
        .write({ ...settings, lastEstate: current.file })
        .catch((thrown: unknown) => warn('settings.not-saved', thrown));
    } else {
      opened = { state: 'refused', file, problems: result.error };
      journal.note({ kind: 'estate-refused', file, codes: result.error.map(({ code }) => code) });
    }
    events.emit('estate.changed', opened);
    return { opened, firstLook };
  }

  async function showRecording(file: string): Promise<OpenedEstate> {
    const travelling = new TimeTravel(await openRecording(file), null);
    await travelling.seek(null);
    await closeForAnother();
    travel = travelling;
    return changed({ state: 'open', file, estate: view().estate });
  }
  const changed = (now: OpenedEstate): OpenedEstate => {
    opened = now;
    events.emit('estate.changed', opened);
    events.emit('moment.changed', { at: travel?.moment?.at ?? null });
    return opened;
  };

  async function seek(at: number | null): Promise<RecordingState> {
    if (!travel) throw failure('E_NO_ESTATE', null);
    await travel.seek(at);
    if (travel.moment) acting?.standDown('past');
    if (opened.state === 'open') opened = { ...opened, estate: view().estate };
    events.emit('moment.changed', { at: travel.moment?.at ?? null });
    return travel.state();
  }

  /** What is shown: the moment of a recording, or now. */
  const view = (): View => (travel?.moment ? pastView(travel.moment, current) : liveView(scope()));

  const handlers: Handlers<Contract> = {
    'app.info': () => ({ ...options.info, egress: current?.dialer.policy.mode ?? 'offline' }),
    'settings.get': async () => Settings.strip().parse(await options.settings.read()),
    'settings.set': async (chosen) => {
      await options.settings.write({ ...(await options.settings.read()), ...chosen });
      return chosen;
    },
    'estate.get': () => opened,
    'estate.choose': async () => {
      const file = await options.chooseFile?.('estate');
      return file ? (await open(file)).opened : opened;
    },
    'watch.snapshot': () => {
      const { seq, snapshot } = view();
      return { seq, snapshot };
    },
    'watch.look': ({ host }, { signal }) => scope().watcher.lookNow(host, abortSignal(signal)),
    'evidence.get': ({ host, id }) => {
      const found = view().evidenceOf(host, id);
      if (found) return found;
      throw failure('E_NO_EVIDENCE', host);
    },
    'topology.get': () => topologyOf(view().estate, view().snapshot),
    'replication.get': async () => {
      const { estate, snapshot } = view();
      const told = travel?.history ? await travel.history.history() : past?.history;
      return replicationOf(estate, snapshot, told ?? {});
    },
    'replication.history': async ({ nodes, from, to }) => {
      const recorded = await travel?.history?.lagOf(nodes, from, to, MOST_POINTS);
      const series = nodes.map((node, index) => ({
        node,
        points: recorded?.[index] ?? past?.lagOf(node, from, to, MOST_POINTS) ?? [],
      }));
      return { series };
    },
    ...planHandlers({ known: view, store: () => scope().frame, operator: options.info.operator, ports }),
    'whatif.get': async ({ changes }) => {
      const { estate, snapshot } = view();
      const made = simulateOf(estate, await view().ledger(), snapshot, changes);
      return made.ok ? { state: 'made', whatIf: made.value } : { state: 'refused', problems: made.error };
    },
    'recording.get': () => travel?.state() ?? { state: 'none' },
    'recording.seek': ({ at }) => seek(at),
    'recording.choose': async () => {
      const file = await options.chooseFile?.('recording');
      return file ? showRecording(file) : opened;
    },
    ...ledgerHandlers({
      read: () => view().ledger(),
      store: () => scope().ledger,
      ports,
    }),
    ...measureHandlers({ scope, view, ports, events, abortSignal }),
    ...assessmentHandlers({
      open: scope,
      file: () => current?.file ?? null,
      view,
      moment: () => travel?.moment?.at ?? null,
      ports,
      abortSignal,
    }),
    ...paperHandlers({
      source: async () => {
        const { estate, snapshot } = view();
        const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
        const entries = await view().ledger();
        const frame = await view().frame();
        const file = opened.state === 'open' ? opened.file : '';
        return {
          source: { estate, entries, snapshot, frame, zone, now: ports.clock.now() },
          estateFile: file,
        };
      },
      choosePaper: options.choosePaper,
      printPdf: options.printPdf,
    }),
    ...journalHandlers({ journal, chooseExport: options.chooseExport, abortSignal }),
    ...actingHandlers({
      acting: () => acting,
      mustBeLive: () => void scope(),
      settings: options.settings,
      chooseScript: options.chooseScript,
      surface: options.surface,
      abortSignal,
    }),
    'question.list': () => questions.list(),
    'question.answer': async ({ id, answer }) => {
      if (answer) await keeper.mayKeep(answer.keep);
      questions.answer(id, answer);
    },
    'secret.list': () => keeper.view(),
    'secret.delete': ({ where, ...id }) => keeper.delete(id, where),
    'vault.create': ({ passphrase }) => keeper.createVault(passphrase),
    'vault.unlock': ({ passphrase }) => keeper.unlock(passphrase),
    'vault.lock': () => keeper.lock(),
    'clipboard.write': ({ text }) => options.writeClipboard?.(clean(text)),
  };
  return {
    handlers,
    events,
    open,
    openRecording: (file) =>
      showRecording(file).catch((thrown: unknown) =>
        changed({ state: 'refused', file, problems: [toAppError(thrown)] }),
      ),
    async dispose() {
      await close();
      keeper.dispose();
      stopTelling();
    },
    checkClock: () => current?.watcher.checkClock(),
    lockSecrets() {
      keeper.lock();
      acting?.standDown('locked');
    },
    acting: () => acting,
  };
}
