import type { Language } from '../../contract';
import { texts } from '../../text';
import { DASH } from '../../text/format';
import type { Plan, PlanGate, PlanStep } from '../../views/plan';
import type { Block, Cell, PaperSection, SheetRow } from './model';
import { basisText, commandText, minutesText, plannedText, undoText } from './plan-words';

/** Steps and gates from the first gate to the opening: what lies on the table that night. */
const ofTheNight = ({ phase, kind }: PlanStep): boolean => phase === 'cutover' || kind === 'gate';

/** The cutover sheet: every step with its boxes, the card for giving up, and the visas of the gates. */
export function sheetSection(plan: Plan, language: Language): PaperSection {
  const { sections, gate } = texts(language).planPaper;
  const steps = plan.steps.filter(ofTheNight);
  if (steps.length === 0) return { id: 'sheet', title: sections.sheet, blocks: [] };
  return {
    id: 'sheet',
    title: sections.sheet,
    blocks: [
      { kind: 'sheet', rows: steps.flatMap((step) => rowsOf(step, plan, language)) },
      abortCard(plan, language),
      {
        kind: 'signatures',
        fields: plan.gates.map((each) => gate.sign(each.gate, rolesOf(each))),
      },
    ],
  };
}

const rolesOf = ({ signs }: PlanGate): string => signs.map(({ title }) => title).join(', ');

function rowsOf(step: PlanStep, plan: Plan, language: Language): SheetRow[] {
  const { planPaper: words } = texts(language);
  const planned = plannedText(step, language);
  const gate = plan.gates.find((each) => each.step === step.id);
  if (step.kind === 'gate') {
    const text = gate
      ? `${words.gate.present(rolesOf(gate))} · ${words.gate.otherwise(gate.otherwise)}`
      : step.check;
    return [
      {
        kind: 'gate',
        number: step.gate ?? step.number,
        planned,
        question: gate?.question ?? step.title,
        text,
      },
    ];
  }
  const takes = step.minutes ? minutesText(step.minutes.likely, language) : words.unknown;
  const basis = basisText(step, plan, language);
  const row: SheetRow = {
    kind: 'step',
    number: step.number,
    planned,
    title: step.title,
    strong: plan.totals.criticalPath.includes(step.id),
    who: step.owner.title,
    commands: step.commands.map(commandText),
    note: [
      step.minutes ? `${takes} · ${basis}` : basis,
      ...(step.commandsNote === null ? [] : [step.commandsNote]),
      ...(step.runsBy === 'console' ? [words.sheet.byConsole] : []),
      ...(step.lastFreeAbort ? [words.sheet.lastFree] : []),
    ].join(' · '),
    check: step.check,
    undo: undoText(step, language),
  };
  return step.nature === 'no-return' ? [{ kind: 'no-return', text: words.sheet.noReturn }, row] : [row];
}

/** How to give up: before the point of no return in reverse order, after it by the way back. */
function abortCard(plan: Plan, language: Language): Block {
  const { abort } = texts(language).planPaper;
  const night = plan.steps.filter(ofTheNight);
  const point = night.findIndex(({ nature }) => nature === 'no-return');
  const before = point < 0 ? night : night.slice(0, point);
  const undone = before
    .filter(({ undo, kind }) => undo !== null && kind === 'step')
    .map(({ number }) => number);
  const order = [...new Set(undone.reverse())].join(', ');
  const { freeAbortMinutes } = plan.clock;
  const free =
    freeAbortMinutes === null ? abort.takesUnknown : abort.takes(minutesText(freeAbortMinutes, language));
  const parts: { lead: string; text: string; never?: string }[] = [
    {
      lead: abort.before(night[point]?.number ?? night.at(-1)?.number ?? ''),
      text: `${order === '' ? '' : `${abort.order(order)} `}${free} ${abort.tell}`,
    },
  ];
  const [readOnly] = plan.rollback;
  if (point >= 0 && readOnly) {
    const way = plan.rollback.map(({ number, title }) => `${number} ${title}`).join(' → ');
    const { rollback } = plan.totals;
    const long = rollback ? ` ${abort.back(minutesText(Math.round(rollback.p90), language))}` : '';
    parts.push({
      lead: abort.after(night[point]?.number ?? ''),
      text: `${way}.${long}`,
      never: abort.never(readOnly.number),
    });
  }
  return { kind: 'card', title: abort.title, parts };
}

/** Each gate on a sheet of its own: what is read, what it must be, an empty box for what it was, and the visas. */
export function gatesSection(plan: Plan, language: Language): PaperSection {
  const { sections, gate: words } = texts(language).planPaper;
  return {
    id: 'gates',
    title: sections.gates,
    blocks: plan.gates.flatMap((gate): Block[] => [
      { kind: 'heading', text: `${gate.gate} — ${gate.question}` },
      {
        kind: 'table',
        head: [words.reading, words.must, words.where, words.value],
        widths: [34, 26, 22, 18],
        rows: gate.readings.map(({ what, must, where }): Cell[] => [what, must, where, { kind: 'blank' }]),
      },
      { kind: 'sentence', text: words.otherwise(gate.otherwise) },
      { kind: 'signatures', fields: gate.signs.map(({ title }) => words.sign(gate.gate, title)) },
    ]),
  };
}

/** The way back once the target has been promoted. */
export function rollbackSection(plan: Plan, language: Language): PaperSection {
  const { sections } = texts(language).planPaper;
  return {
    id: 'rollback',
    title: sections.rollback,
    blocks: plan.rollback.length === 0 ? [] : [stepsTable(plan.rollback, plan, language)],
  };
}

/** What is done in the weeks before and after. */
export function runbookSections(plan: Plan, language: Language): PaperSection[] {
  const { sections } = texts(language).planPaper;
  const rest = plan.steps.filter((step) => !ofTheNight(step));
  const section = (id: string, title: string, steps: readonly PlanStep[]): PaperSection => ({
    id,
    title,
    blocks: steps.length === 0 ? [] : [stepsTable(steps, plan, language)],
  });
  return [
    section(
      'before',
      sections.before,
      rest.filter(({ phase }) => phase !== 'after'),
    ),
    section(
      'after',
      sections.after,
      rest.filter(({ phase }) => phase === 'after'),
    ),
  ];
}

function stepsTable(steps: readonly PlanStep[], plan: Plan, language: Language): Block {
  const { planPaper: words } = texts(language);
  const { sheet } = words;
  return {
    kind: 'table',
    head: [sheet.number, sheet.when, sheet.step, sheet.owner, sheet.takesHead, sheet.check, sheet.undo],
    widths: [5, 9, 34, 9, 13, 17, 13],
    rows: steps.map((step): Cell[] => [
      step.number,
      step.when === '' ? DASH : step.when,
      {
        kind: 'code',
        text: step.title,
        lines: step.commands.map(commandText),
        note: step.commandsNote ?? '',
      },
      step.owner.title,
      {
        kind: 'noted',
        text: step.minutes ? minutesText(step.minutes.likely, language) : words.unknown,
        note: basisText(step, plan, language),
      },
      step.check,
      undoText(step, language),
    ]),
  };
}
