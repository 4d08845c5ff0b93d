import { z } from 'zod';
import { Minutes } from './plan-values';

/** A role in the cutover; who bears it is written on the go/no-go sheet. */
export const StepRole = z.strictObject({
  role: z.enum(['lead', 'dba', 'files', 'web', 'network', 'communication', 'business']),
  title: z.string(),
});
export type StepRole = z.infer<typeof StepRole>;

/** One command as it is typed. */
export const StepCommand = z.strictObject({
  /** Host or service of the estate, or ⟨target of db⟩. */
  on: z.string(),
  dialect: z.enum(['mysql', 'mariadb', 'shell', 'console']),
  text: z.string(),
});
export type StepCommand = z.infer<typeof StepCommand>;

export const Undo = z.strictObject({
  text: z.string(),
  commands: z.array(StepCommand),
  /** null: cannot be said, and `missing` names the inputs. */
  minutes: Minutes.nullable(),
  missing: z.array(z.string()),
});
export type Undo = z.infer<typeof Undo>;

/** One reading of a gate: what is looked at, what it must be, and where it is read. Unknown is never enough. */
export const GateReading = z.strictObject({
  id: z.string(),
  what: z.string(),
  must: z.string(),
  where: z.string(),
  /** The step that makes it so. */
  step: z.string().nullable(),
});
export type GateReading = z.infer<typeof GateReading>;

/** A go/no-go sheet. */
export const PlanGate = z.strictObject({
  /** The step that it is. */
  step: z.string(),
  gate: z.enum(['G1', 'G2', 'G3']),
  question: z.string(),
  readings: z.array(GateReading),
  /** Who has to sign. */
  signs: z.array(StepRole),
  /** What is done if it is a no. */
  otherwise: z.string(),
});
export type PlanGate = z.infer<typeof PlanGate>;
