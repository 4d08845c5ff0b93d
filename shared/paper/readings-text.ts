import type { Language } from '../contract';
import type { Reading, RunView } from '../runbook/state-model';
import { texts } from '../text';
import { sayPlan } from '../text/say-plan';
import { oneLine, textTable } from './table';

/** Readings for people at a terminal, each beside what it must be. Times are UTC. Pure. */
export function readingsToText(procedure: string, readings: readonly Reading[], language: Language): string {
  const { common, runs } = texts(language);
  const { columns, empty, holds: so, fails, unknown } = runs.readings;
  const shown = (value: string) => (value === '' ? empty : value);
  const rows = readings.map(({ title, value, mustBe, holds, target, at, error }) => [
    sayPlan(language, procedure, title),
    value === null ? common.unknown : shown(value),
    shown(mustBe),
    holds === null ? unknown : holds ? so : fails,
    `${target} · ${new Date(at).toISOString().slice(11, 19)}`,
    error ? `${error.code} ${error.message}` : '',
  ]);
  return textTable([columns.reading, columns.value, columns.mustBe, '', columns.where, ''], rows);
}

/** What the gates of a run that wait show to whoever decides, as far as it was read. */
export function gatesToText({ plan, state, readings }: RunView, language: Language): string {
  return plan.steps
    .map((step) => {
      const read = readings[step.id] ?? [];
      if (step.kind !== 'gate' || state.steps[step.id]?.state !== 'waiting' || read.length === 0) return '';
      const question = sayPlan(language, plan.procedure, step.question);
      const head = oneLine(`${step.number}  ${texts(language).runbook.asks(question)}`);
      return `\n${head}\n${readingsToText(plan.procedure, read, language)}`;
    })
    .join('');
}
