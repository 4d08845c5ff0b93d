import type { Chart } from '../../charts/chart';
import type { Language } from '../../contract';

/** The plan as paper: headings, tables and pictures in order, before anything is laid out. Every text is in one language. */
export interface PlanPaper {
  language: Language;
  title: string;
  subtitle: string;
  /** SHA-256 of the plan, hexadecimal, and as it is shown. */
  hash: string;
  shortHash: string;
  /** What stands at the foot of every page, beside its number. */
  footer: { left: string; right: string };
  sections: readonly PaperSection[];
}

export interface PaperSection {
  id: string;
  title: string;
  blocks: readonly Block[];
}

export type Block =
  | { kind: 'sentence'; text: string; strong?: boolean }
  | { kind: 'list'; items: readonly string[] }
  /** Numbers side by side, each with what it stands on. */
  | { kind: 'facts'; facts: readonly PaperFact[] }
  | {
      kind: 'table';
      head: readonly string[];
      rows: readonly (readonly Cell[])[];
      /** Width of each column, percent. */
      widths?: readonly number[];
    }
  | { kind: 'chart'; title: string; label: string; chart: Chart }
  | { kind: 'heading'; text: string }
  | { kind: 'sheet'; rows: readonly SheetRow[] }
  | { kind: 'card'; title: string; parts: readonly { lead: string; text: string; never?: string }[] }
  /** Empty boxes for a time and a visa. */
  | { kind: 'signatures'; fields: readonly string[] };

export interface PaperFact {
  label: string;
  value: string;
  /** How it was found, or what it waits for. */
  note: string;
}

/** Text of ours or of a server, code as it is typed, or a line to write on by hand. */
export type Cell =
  | string
  /** What is done, and below it what is typed. */
  | { kind: 'code'; text: string; lines: readonly string[]; note: string }
  | { kind: 'blank' }
  /** `note` stands below, smaller; `depth` moves it to the right. */
  | { kind: 'noted'; text: string; note: string; strong?: boolean; depth?: number };

/** One line of the cutover sheet, with empty boxes for what was done and when. */
export type SheetRow =
  | {
      kind: 'step';
      number: string;
      planned: string;
      title: string;
      /** On the critical path. */
      strong: boolean;
      who: string;
      commands: readonly string[];
      note: string;
      check: string;
      undo: string;
    }
  | { kind: 'gate'; number: string; planned: string; question: string; text: string }
  | { kind: 'no-return'; text: string };
