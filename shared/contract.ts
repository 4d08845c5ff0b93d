import { z } from 'zod';
import { action, event, query } from './contract-kit';
import { AppError } from './errors';
import { Estate, Id, MaybeQuantity, Quantity } from './estate/schema';
import { Evidence, HostReading, Snapshot } from './snapshot';
import { Plan } from './views/plan';
import { Replication } from './views/replication';
import { Topology } from './views/topology';

const Nothing = z.void();
const EstatePath = z.string().min(1).max(200);

export const Language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof Language>;
export const Settings = z.strictObject({ language: Language, theme: z.enum(['dark', 'light']) });
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
  what: z.enum(['password', 'passphrase', 'one-time-code', 'sql-password']),
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
  'plan.get': query(Nothing, Plan),
  'ledger.get': query(Nothing, z.array(LedgerEntry)),
  'ledger.set': action(z.strictObject({ path: EstatePath, quantity: Quantity }), z.array(LedgerEntry)),
  'ledger.clear': action(z.strictObject({ path: EstatePath }), z.array(LedgerEntry)),
  'question.list': query(Nothing, z.array(Question)),
  'question.answer': action(
    z.strictObject({ id: z.string(), answer: z.string().max(4096).nullable() }),
    Nothing,
  ),
  /** Plain text to the clipboard; main cleans it. */
  'clipboard.write': action(z.strictObject({ text: z.string().max(200_000) }), Nothing),

  /** One host's new reading. A gap in seq means: ask watch.snapshot once. */
  'host.changed': event(z.strictObject({ seq: z.number(), host: Id, reading: HostReading })),
  'estate.changed': event(OpenedEstate),
  'question.changed': event(z.array(Question)),
} as const;
export type Contract = typeof contract;
