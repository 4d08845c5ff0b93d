import type { Row } from '../kinds/kind';

/** What came back from a reading. `exit` is null for a statement. */
export interface Answer {
  rows: readonly Row[];
  stdout: string;
  exit: number | null;
}

/** `value` is what is shown; `holds` null: cannot be told, which never counts as yes. */
export interface Judgement {
  holds: boolean | null;
  value: string;
}

/** Judges an answer where a plain comparison is not enough. Pure. `params` have their values put in. */
export type Judge = (answer: Answer, params: Readonly<Record<string, string>>) => Judgement;
/** By name; each procedure brings its own. */
export type Judges = Readonly<Record<string, Judge>>;
