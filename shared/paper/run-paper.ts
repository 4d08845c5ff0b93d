import type { Language } from '../contract';
import { type DryLook, type DryRow, type DrySent, dryRunOf } from '../runbook/dry-run';
import type { RunPlan } from '../runbook/plan';
import type { RunState, RunView } from '../runbook/state-model';
import { shellWord } from '../shell-word';
import { texts } from '../text';
import { DASH, formatDuration } from '../text/format';
import { expectText, sayPlan } from '../text/say-plan';
import { stepWord } from '../text/step-word';
import { throttleText } from '../text/throttle-text';
import type { Refusal } from '../views/lever';
import { when } from './look-text';
import { gatesToText } from './readings-text';
import { oneLine, textTable } from './table';

/** Plans and runs for people at a terminal. Pure; UTC. */

/** All reasons why no plan was made or no run began, each with its remedy. */
export function refusalsToText(procedure: string, reasons: readonly Refusal[], language: Language): string {
  const { runbook } = texts(language);
  const lines = reasons.flatMap(({ code, params, remedy, override }) => [
    `  ■ ${oneLine(sayPlan(language, procedure, { code, params }))} [${code}]\n`,
    `      ${oneLine(sayPlan(language, procedure, remedy))}\n`,
    ...(override === null ? [] : [`      ${runbook.override(shellWord(`${code}=${override}`))}\n`]),
  ]);
  return `${runbook.refused(reasons.length)}\n${lines.join('')}`;
}

/** The dry run: every reading, statement and command in order, and what each is expected to change. */
export function dryRunToText(plan: RunPlan, hash: string, language: Language): string {
  const { runbook } = texts(language);
  const { plan: words } = runbook;
  const dry = dryRunOf(plan);
  const say = sayer(plan, language);
  const said = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `\n${heading}\n${lines.map((line) => `  ${oneLine(line)}\n`).join('')}`;
  return [
    `${oneLine(say(plan.title))}\n`,
    `${words.hash(hash)} · ${words.asOf(when(plan.madeAt))}\n`,
    said(words.warnings, plan.warnings.map(say)),
    said(words.blind, plan.blind.map(say)),
    said(
      words.overrides,
      plan.overrides.map(({ code, typed }) => `${code}: ${typed}`),
    ),
    `\n${words.begins}\n${looksText(dry.begins, plan, language)}`,
    `\n${words.steps}\n`,
    ...dry.rows.map((row) => rowText(row, plan, language)),
    `\n${words.after}\n`,
    ...dry.after.map(({ target, facts }) => {
      const lines = facts.map(({ title, from, to, ifDone }) => {
        if (from === to)
          return `    ${oneLine(`${say(title)}: ${shown(to, language)}, ${words.unchanged}`)}\n`;
        const change = changeText(say(title), from, to, language);
        return `    ${ifDone === null ? change : oneLine(words.ifDone(change, ifDone))}\n`;
      });
      return lines.length === 0 ? '' : `  ${oneLine(target)}\n${lines.join('')}`;
    }),
    `\n${words.nothingSent}\n`,
  ].join('');
}

function rowText(row: DryRow, plan: RunPlan, language: Language): string {
  const { runbook } = texts(language);
  const say = sayer(plan, language);
  const about = [
    row.target ?? row.track,
    runbook.nature[row.nature],
    ...(row.needs.length > 0 ? [runbook.needs(row.needs.join(', '))] : []),
    ...(row.limitMs > 0 ? [runbook.limit(formatDuration(row.limitMs, language))] : []),
  ];
  const looks = (...wanted: DryLook['when'][]) =>
    looksText(
      row.looks.filter((look) => wanted.includes(look.when)),
      plan,
      language,
    );
  return [
    row.nature === 'point-of-no-return' ? `\n  ══ ${runbook.noReturn}\n` : '',
    `\n  ${oneLine(`${row.number}  ${say(row.title)}`)}\n`,
    row.kind === 'group' ? '' : `      ${oneLine(about.join(' · '))}\n`,
    row.goesOn ? `      ${oneLine(runbook.goesOn)}\n` : '',
    row.question ? `      ${oneLine(runbook.asks(say(row.question)))}\n` : '',
    row.looks.some((look) => look.when === 'unless')
      ? `      ${oneLine(row.suffices ? runbook.asksUnlessAny : runbook.asksUnless)}\n`
      : '',
    looks('before', 'unless', 'gate'),
    row.throttle ? `      ${oneLine(throttleText(row.throttle, row.kind, language))}\n` : '',
    looks('throttle'),
    ...row.sent.map((sent) => sentText('      ', sent)),
    looks('until', 'after'),
    ...row.changes.map(({ title, from, to }) => `      → ${changeText(say(title), from, to, language)}\n`),
    ...(row.undo.length > 0 ? [`      ${runbook.undoes(row.number)}\n`] : []),
    ...row.undo.map((sent) => sentText('        ', sent)),
  ].join('');
}

/** One command below the prompt it belongs to; its further lines stand under the first. */
const sentText = (indent: string, { prompt, text }: DrySent | DryLook): string => {
  const lines = text.split('\n').map((line, at) => {
    const head = at === 0 ? prompt : ' '.repeat(prompt.length);
    return `${indent}${head}${oneLine(line)}\n`;
  });
  return lines.join('');
};

/** Readings with what they must show; one that tells several things stands once. */
function looksText(looks: readonly DryLook[], plan: RunPlan, language: Language): string {
  const { runbook } = texts(language);
  const lines = looks.map((look, index) => {
    const { expect, when, title } = look;
    const before = looks[index - 1];
    const isSame = before?.prompt === look.prompt && before.text === look.text && before.when === when;
    const column = 'column' in expect && expect.column !== null ? `${expect.column} ` : '';
    const what = sayPlan(language, plan.procedure, title);
    const says = runbook.says(what, `${column}${expectText(expect, language)}`);
    return `${isSame ? '' : sentText('      ', look)}        ? ${oneLine(`${says} (${runbook.when[when]})`)}\n`;
  });
  return lines.join('');
}

/** Where a run stands, step by step, and what may be done now. */
export function runToText(view: RunView, language: Language): string {
  const { plan, state, elsewhere, ways } = view;
  const { runbook, runs } = texts(language);
  const { run: words } = runbook;
  const say = sayer(plan, language);
  const rows = plan.steps.map(({ id, number, title }) => {
    const step = state.steps[id];
    const took = step?.durationMs ?? null;
    return [
      number,
      say(title),
      step ? stepWord(step, language) : runs.stepState.pending,
      took === null ? DASH : formatDuration(took, language),
      step?.error ? `${step.error.code} ${step.error.message}` : '',
    ];
  });
  const numbers = state.undoStack.map((id) => plan.steps.find((step) => step.id === id)?.number ?? id);
  const without = plan.steps.filter(({ id, kind }) => kind !== 'group' && state.steps[id]?.passedOver);
  const last = [
    elsewhere === null ? '' : words.elsewhere(elsewhere),
    without.length > 0 ? words.passedOver(without.map(({ number }) => number).join(', ')) : '',
    state.pastNoReturn && state.closedAt === null ? words.pastNoReturn : '',
    numbers.length > 0 && state.closedAt === null ? words.stack(numbers.join(', ')) : '',
    ways.length > 0 ? words.ways(ways.join(', ')) : '',
  ].filter((line) => line !== '');
  return [
    `${oneLine(words.title(state.id, runs.status[state.status]))}\n`,
    `${oneLine(say(plan.title))}\n`,
    `${[
      runbook.plan.hash(state.plan),
      words.opened(when(state.openedAt), state.by),
      ...(state.closedAt === null ? [] : [words.closed(when(state.closedAt))]),
    ]
      .map(oneLine)
      .join(' · ')}\n\n`,
    textTable([words.columns.step, words.columns.what, words.columns.state, words.columns.took, ''], rows),
    ...last.map((line) => `${oneLine(line)}\n`),
    gatesToText(view, language),
  ].join('');
}

/** Every run that is known, as given. */
export function runsToText(states: readonly RunState[], language: Language): string {
  const { runbook, runs } = texts(language);
  const { columns, none } = runbook.run;
  if (states.length === 0) return `${none}\n`;
  return textTable(
    [columns.run, columns.what, columns.state, columns.began, columns.by],
    states.map(({ id, procedure, subject, status, openedAt, by }) => [
      id,
      `${procedure} ${subject}`,
      runs.status[status],
      when(openedAt),
      by,
    ]),
  );
}

const sayer =
  (plan: RunPlan, language: Language) =>
  (said: RunPlan['title']): string =>
    sayPlan(language, plan.procedure, said);
const shown = (value: string, language: Language): string =>
  value === '' ? texts(language).runbook.empty : value;
const changeText = (what: string, from: string, to: string, language: Language): string =>
  oneLine(texts(language).runbook.change(what, shown(from, language), shown(to, language)));
