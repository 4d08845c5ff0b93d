import type { Minutes, PlanStep, StepClock, Undo } from '../../views/plan';
import type { Derived } from '../ledger/derived';
import type { StepDraft } from '../steps';
import { type Commands, NO_COMMANDS, type Scene } from './command-scene';
import { databaseCommands, runsByConsole } from './commands-database';
import { filesCommands } from './commands-files';
import { frontCommands } from './commands-front';
import type { Each, RowId } from './row';
import { rowOf } from './rows';
import { nameIn, roleOf, whenText } from './step-words';

/** What a step is shown with beside its row. */
export interface StepFigures {
  minutes: Derived<Minutes> | undefined;
  undo: Derived<Minutes> | undefined;
  formula: string | undefined;
  clock: StepClock | null;
}

/** What all steps of one row share. */
type RowView = Pick<
  PlanStep,
  'number' | 'phase' | 'track' | 'kind' | 'gate' | 'when' | 'owner' | 'backup' | 'nature' | 'lastFreeAbort'
> & { each: Each | null };

/** Puts the steps of one plan into words; what their rows share is put into words once. */
export function stepViewer(scene: Scene): (draft: StepDraft, figures: StepFigures) => PlanStep {
  const rows = new Map<RowId, RowView>();
  return (draft, figures) => {
    const row = rows.get(draft.row) ?? rowView(draft.row, scene);
    rows.set(draft.row, row);
    return stepView(draft, row, scene, figures);
  };
}

function rowView(id: RowId, { words }: Scene): RowView {
  const row = rowOf(id);
  return {
    number: row.number,
    phase: row.phase,
    track: row.track,
    kind: row.gate ? 'gate' : 'step',
    gate: row.gate ?? null,
    when: whenText(row.when, words),
    owner: roleOf(row.owner, words),
    backup: roleOf(row.backup, words),
    nature: row.nature,
    lastFreeAbort: row.lastFreeAbort ?? false,
    each: row.each ?? null,
  };
}

/** A step in words: who does it, what is typed, what must be seen, and how it is undone. */
function stepView(draft: StepDraft, row: RowView, scene: Scene, figures: StepFigures): PlanStep {
  const words = scene.words.rows[draft.row];
  const name = nameIn(draft, scene.facts, scene.language);
  const { commands, undo, note } = commandsOf(draft, row, scene);
  const { minutes, formula } = figures;
  const { subject } = draft;
  const isConsole = subject !== null && runsByConsole(draft.row, subject, scene.estate);
  const view: PlanStep = {
    id: draft.id,
    row: draft.row,
    number: row.number,
    title: draft.title,
    phase: row.phase,
    track: row.track,
    needs: draft.needs,
    kind: row.kind,
    gate: row.gate,
    when: row.when,
    owner: row.owner,
    backup: row.backup,
    commands,
    commandsNote: note,
    check: words.check(name),
    undo: words.undo ? undoOf(words.undo(name), undo, figures.undo) : null,
    nature: row.nature,
    lastFreeAbort: row.lastFreeAbort,
    runsBy: isConsole ? 'console' : 'person',
    minutes: minutes?.known ? minutes.value : null,
    clock: figures.clock,
  };
  if (!minutes?.known) view.missing = minutes?.lacks.map(({ path }) => path) ?? [];
  if (formula !== undefined) view.formula = formula;
  return view;
}

function undoOf(text: string, commands: Commands['undo'], minutes: Derived<Minutes> | undefined): Undo {
  if (minutes?.known) return { text, commands, minutes: minutes.value, missing: [] };
  return { text, commands, minutes: null, missing: minutes?.lacks.map(({ path }) => path) ?? [] };
}

function commandsOf({ row, subject }: StepDraft, { each }: RowView, scene: Scene): Commands {
  if (!subject) return frontCommands(row, scene);
  if (each === 'databases') return databaseCommands(row, subject, scene);
  return each === 'trees' ? filesCommands(row, subject, scene) : NO_COMMANDS;
}
