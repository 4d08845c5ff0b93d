import { z } from 'zod';
import { action, event, query } from './contract-kit';
import { AppError } from './errors';
import { Estate, Id, MaybeQuantity, Quantity } from './estate/schema';
import { FailoverLook } from './failover/model';
import { ExportRequest, JournalStatus, JournalVerdict } from './journal/journal';
import { JournalPage, JournalQuery } from './journal/search';
import { MeasureOffer, MeasureProgress, MeasureRequest, MeasureResult } from './measure/model';
import { PlanExport } from './paper/plan/export-request';
import { PlanFrame } from './plan/approved';
import { Mark } from './recording/frame';
import { RecordingState } from './recording/state';
import { RejoinLook, RejoinWay } from './rejoin/model';
import { Reading, RunState, RunView } from './runbook/state-model';
import { KeepChoice, KeptPlace, Passphrase, SecretId, Secrets } from './secrets/schema';
import { Evidence, HostReading, Snapshot } from './snapshot';
import { Assessment } from './views/assessment';
import { Arm, Lever, LeverPlace, LeverRequest, PlanMade } from './views/lever';
import { EnteredWindow, Plan } from './views/plan';
import { LagPoint, Replication } from './views/replication';
import { Topology } from './views/topology';
import { WhatIfAnswer } from './views/what-if';
import { Changes } from './what-if/change';

const Nothing = z.void();
const EstatePath = z.string().min(1).max(200);

export const Language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof Language>;
export const Settings = z.strictObject({
  language: Language,
  theme: z.enum(['dark', 'light']),
  /** Everything a quarter larger, to be read from the back of a room. */
  projector: z.boolean().default(false),
});
export type Settings = z.infer<typeof Settings>;

export const AppInfo = z.strictObject({
  version: z.string(),
  runtime: z.string(),
  /** user@workstation, as the journal will name them. */
  operator: z.string(),
  egress: z.enum(['offline', 'loopback', 'estate']),
});

export type AppInfo = z.infer<typeof AppInfo>;

/** The estate as opened, or why it could not be: the window shows either. */
export const OpenedEstate = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('open'), file: z.string(), estate: Estate }),
  z.strictObject({ state: z.literal('refused'), file: z.string(), problems: z.array(AppError) }),
]);
export type OpenedEstate = z.infer<typeof OpenedEstate>;

/** A value entered by a person or measured by the console; kept in the ledger beside the estate file. */
export const LedgerEntry = z.strictObject({ path: EstatePath, quantity: MaybeQuantity, at: z.number() });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** A question only a person can answer. The answer goes in and never comes out again. */
export const Question = z.strictObject({
  id: z.string(),
  host: z.string(),
  account: z.string(),
  what: z.enum(['password', 'passphrase', 'one-time-code', 'sql-password', 'vault-passphrase']),
  /** Text that the server sent with it, cleaned; empty when the question is ours. */
  prompt: z.string(),
  echo: z.boolean(),
});
export type Question = z.infer<typeof Question>;

export const contract = {
  'app.info': query(Nothing, AppInfo),
  'settings.get': query(Nothing, Settings),
  'settings.set': action(Settings, Settings),
  'estate.get': query(Nothing, OpenedEstate),
  /** Asks the person for a file in main's own dialog and opens it. */
  'estate.choose': action(Nothing, OpenedEstate),
  'watch.snapshot': query(Nothing, z.strictObject({ seq: z.number(), snapshot: Snapshot })),
  /** Looks now: one host, or all. Resolves when the look is done. */
  'watch.look': action(z.strictObject({ host: Id.optional() }), z.strictObject({ seq: z.number() })),
  'evidence.get': query(z.strictObject({ host: Id, id: z.string().max(200) }), Evidence),
  'topology.get': query(Nothing, Topology),
  'replication.get': query(Nothing, Replication),
  /** How old replicas were, look by look, as far as this console has watched; at most 500 points a node. */
  'replication.history': query(
    z.strictObject({ nodes: z.array(z.string().max(200)).max(100), from: z.number(), to: z.number() }),
    z.strictObject({ series: z.array(z.strictObject({ node: z.string(), points: z.array(LagPoint) })) }),
  ),
  'plan.get': query(Nothing, Plan),
  /** What was entered about the plan that is no number: its window, and which plan was approved last. */
  'plan.frame': query(Nothing, PlanFrame),
  /** Enters the window of the cutover, or takes it away. Whether such a window can be is said by the plan. */
  'plan.window': action(z.strictObject({ window: EnteredWindow.nullable() }), PlanFrame),
  /** Approves the plan of this hash; refused when the plan is another by now. Nothing is sent to any server. */
  'plan.approve': action(z.strictObject({ hash: z.string().max(100) }), PlanFrame),
  /** What if: consequences of changes, decided from what is known. Pure: nothing is sent, asked or written. */
  'whatif.get': query(z.strictObject({ changes: Changes }), WhatIfAnswer),
  /** The plan on paper, by main's own dialog; null when the person chose no file. Nothing is asked of any server. */
  'plan.export': action(PlanExport, z.strictObject({ file: z.string().nullable() })),
  'ledger.get': query(Nothing, z.array(LedgerEntry)),
  'ledger.set': action(z.strictObject({ path: EstatePath, quantity: Quantity }), z.array(LedgerEntry)),
  'ledger.clear': action(z.strictObject({ path: EstatePath }), z.array(LedgerEntry)),
  /**
   * Asks hosts and databases what a move has to know, once and with the looking accounts; the answer is kept beside the ledger.
   * An abort keeps what was read by then.
   */
  'assessment.run': action(Nothing, Assessment),
  /** What the last run says, decided anew; without one, everything is unknown. Opens no connection. */
  'assessment.get': query(Nothing, Assessment),
  /** What can be measured of this estate, as whom, and what it costs at most. */
  'measure.list': query(Nothing, z.array(MeasureOffer)),
  /**
   * Measures one thing, within the bounds that it names, and enters what it found into the ledger; an abort ends it. Reads
   * only, and asks with the looking accounts. What is not enough to be a value is told and not entered.
   */
  'measure.start': action(MeasureRequest, MeasureResult),
  /** What is recorded, and which moment of it is shown: every query above answers as known at that moment. */
  'recording.get': query(Nothing, RecordingState),
  /** Goes to a moment of the recording; null: back to now. Looking and changing are refused until then. */
  'recording.seek': action(z.strictObject({ at: z.number().nullable() }), RecordingState),
  /** Asks the person for a recording in main's own dialog and opens it instead of the estate. */
  'recording.choose': action(Nothing, OpenedEstate),
  'question.list': query(Nothing, z.array(Question)),
  'question.answer': action(
    z.strictObject({
      id: z.string(),
      answer: z.strictObject({ text: z.string().max(4096), keep: KeepChoice }).nullable(),
    }),
    Nothing,
  ),
  /** What is kept where. Secrets go in, by an answer; there is no call that gives one out. */
  'secret.list': query(Nothing, Secrets),
  'secret.delete': action(z.strictObject({ ...SecretId.shape, where: KeptPlace }), Nothing),
  'vault.create': action(z.strictObject({ passphrase: Passphrase }), Nothing),
  'vault.unlock': action(z.strictObject({ passphrase: Passphrase }), Nothing),
  'vault.lock': action(Nothing, Nothing),
  'journal.status': query(Nothing, JournalStatus),
  'journal.search': query(JournalQuery, JournalPage),
  'journal.verify': query(Nothing, JournalVerdict),
  /** Asks the person for a file in main's own dialog; null when they chose none. */
  'journal.export': action(
    ExportRequest,
    z.strictObject({ file: z.string().nullable(), entries: z.number() }),
  ),
  /** Asks the acting accounts, and makes a plan or names every reason against one. Changes nothing anywhere. */
  'switchover.plan': action(
    z.strictObject({
      cluster: Id,
      to: z.string().max(200),
      overrides: z.array(z.strictObject({ code: z.string().max(60), typed: z.string().max(200) })).max(20),
    }),
    PlanMade,
  ),
  /**
   * What is known before an emergency failover, and what would be lost; `to`: for the server that is named. Asks the acting
   * accounts. Changes nothing anywhere, and keeps the transactions that would be lost in this desk's own folder.
   */
  'failover.look': action(z.strictObject({ cluster: Id, to: z.string().max(200).nullable() }), FailoverLook),
  /**
   * Looks anew, and makes a plan from that very look or names every reason against one: what is consented to is what was just
   * read. `to`: null is whom the ranking chooses. Asks the acting accounts; changes nothing on any server.
   */
  'failover.plan': action(
    z.strictObject({
      cluster: Id,
      to: z.string().max(200).nullable(),
      overrides: z.array(z.strictObject({ code: z.string().max(60), typed: z.string().max(200) })).max(20),
    }),
    z.strictObject({ look: FailoverLook, made: PlanMade }),
  ),
  /**
   * What an old primary holds alone, and by which ways it can come back. Asks the acting accounts. Changes nothing anywhere, and
   * keeps its own transactions in this desk's own folder.
   */
  'rejoin.look': action(z.strictObject({ cluster: Id, server: z.string().max(200) }), RejoinLook),
  /** Looks anew, and plans from that very look; or names every reason against this way. */
  'rejoin.plan': action(
    z.strictObject({
      cluster: Id,
      server: z.string().max(200),
      way: RejoinWay,
      overrides: z.array(z.strictObject({ code: z.string().max(60), typed: z.string().max(200) })).max(20),
    }),
    z.strictObject({ look: RejoinLook, made: PlanMade }),
  ),
  /** What a plan of this console stands on, as it is now. Plans are kept by their hash until the estate is closed. */
  'runbook.readings': action(z.strictObject({ plan: z.string().max(100) }), z.array(Reading)),
  /** The plan as a script that a person can paste by hand; asks for a file in main's own dialog. */
  'runbook.save': action(
    z.strictObject({ plan: z.string().max(100) }),
    z.strictObject({ file: z.string().nullable() }),
  ),
  /** Acting is off until a person arms it, for this estate and for a while. */
  'arm.get': query(Nothing, Arm),
  'arm.set': action(z.strictObject({ armed: z.boolean() }), Arm),
  /**
   * Asks main to show its own surface over that part of the page. Only what a person does there acts; nothing in
   * this contract does.
   */
  'lever.open': action(z.strictObject({ request: LeverRequest, place: LeverPlace }), Lever),
  'lever.place': action(LeverPlace, Nothing),
  'lever.close': action(Nothing, Lever),
  'lever.get': query(Nothing, Lever),
  'run.list': query(Nothing, z.array(RunState)),
  'run.get': query(z.strictObject({ id: z.string().max(100) }), RunView),
  /** Waits after the current step, or goes on after such a wait. */
  'run.hold': action(z.strictObject({ id: z.string().max(100), on: z.boolean() }), Nothing),
  /** Sets how fast a step may go at most: one of the levels that its plan names. */
  'run.throttle': action(
    z.strictObject({ id: z.string().max(100), step: z.string().max(100), level: z.number().int() }),
    Nothing,
  ),
  /** Plain text to the clipboard; main cleans it. */
  'clipboard.write': action(z.strictObject({ text: z.string().max(200_000) }), Nothing),

  /** One host's new reading. A gap in seq means: ask watch.snapshot once. */
  'host.changed': event(z.strictObject({ seq: z.number(), host: Id, reading: HostReading })),
  /**
   * The desk slept or its clock was set: everything known is stale until it is read again, and comes before any
   * such reading. Counts in the same sequence as host.changed; `at` is Snapshot.suspectBefore from now on.
   */
  'watch.woke': event(
    z.strictObject({
      seq: z.number(),
      at: z.number(),
      why: z.enum(['slept', 'clock-back']),
      /** For how long, or by how much. */
      ms: z.number(),
    }),
  ),
  /** Another moment is shown, or now again (null): whatever was asked before is to be asked anew. */
  'moment.changed': event(z.strictObject({ at: z.number().nullable() })),
  'recording.marked': event(Mark),
  /** A measurement begins, goes on (at most four times a second) and ends. */
  'measure.progress': event(MeasureProgress),
  'estate.changed': event(OpenedEstate),
  /** Something was written, or could not be; at most once a second. */
  'journal.changed': event(JournalStatus),
  'arm.changed': event(Arm),
  'lever.changed': event(Lever),
  'run.changed': event(RunView),
  'question.changed': event(z.array(Question)),
  'secret.changed': event(Secrets),
} as const;
export type Contract = typeof contract;
