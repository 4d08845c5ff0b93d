import type { Language } from '../contract';
import type { Estate } from '../estate/schema';
import { say, texts } from '../text';
import type { Asked } from './ledger/ledger';
import { isMoved } from './moved';
import { MEASURED_COPY, TURN_BACK_MARGIN } from './paths';
import { rowOf } from './runbook/rows';
import type { StepDraft } from './steps';

/** A number that the plan of an estate asks for. */
export interface Input extends Asked {
  /** Unit offered to a person who enters the value. */
  unit: string;
  title: string;
}

/** Where the availability that is asked for stands: a requirement of the estate, or what a person enters. */
export function availabilityPathOf({ requirements }: Estate): string {
  const asked = requirements.find(({ metric, target }) => metric === 'availability' && target !== undefined);
  return asked ? `requirements/${asked.id}/target` : 'assumptions/availabilityTarget';
}

/** The inputs of this estate's plan, in the order in which a person would look for them; `back` is its way back. */
export function inputsOf(
  estate: Estate,
  steps: readonly StepDraft[],
  back: readonly StepDraft[],
  language: Language,
): Input[] {
  const { inputs } = texts(language).plan;
  const list: Input[] = [
    { path: 'assumptions/linkRate', dimension: 'rate', unit: 'Mbit/s', title: inputs.linkRate() },
    { path: 'reference/linkEfficiency', dimension: 'fraction', unit: '%', title: inputs.linkEfficiency() },
    { path: 'reference/linkContention', dimension: 'fraction', unit: '%', title: inputs.linkContention() },
    { path: MEASURED_COPY, dimension: 'rate', unit: 'MB/s', title: inputs.measuredCopy() },
  ];
  const stores = new Set(estate.dataSets.map((set) => set.store));
  for (const set of estate.dataSets) {
    const name = say(set.title, language);
    if (!isMoved(set)) continue;
    list.push({ path: `dataSets/${set.id}/size`, dimension: 'bytes', unit: 'GB', title: inputs.size(name) });
    if (set.store === 'database') continue;
    list.push(
      {
        path: `dataSets/${set.id}/changeRate`,
        dimension: 'rate',
        unit: 'GB/day',
        title: inputs.changeRate(name),
      },
      {
        path: `dataSets/${set.id}/fileCount`,
        dimension: 'count',
        unit: 'files',
        title: inputs.fileCount(name),
      },
      {
        path: `dataSets/${set.id}/changedFiles`,
        dimension: 'countRate',
        unit: 'files/day',
        title: inputs.changedFiles(name),
      },
    );
  }
  if (stores.has('files') || stores.has('document')) {
    list.push(
      { path: 'assumptions/scanTime', dimension: 'seconds', unit: 'min', title: inputs.scanTime() },
      { path: 'reference/perFileTime', dimension: 'seconds', unit: 'ms', title: inputs.perFileTime() },
    );
  }
  if (stores.has('database')) {
    list.push(
      { path: 'assumptions/dumpRate', dimension: 'rate', unit: 'MB/s', title: inputs.dumpRate() },
      { path: 'assumptions/loadRate', dimension: 'rate', unit: 'MB/s', title: inputs.loadRate() },
    );
  }
  const seconds = (path: string, unit: string, title: string) =>
    list.push({ path, dimension: 'seconds', unit, title });
  for (const step of [...steps, ...back]) {
    if (step.work.kind === 'stated') seconds(`steps/${step.id}`, 'min', inputs.stepTime(step.title));
    if (step.row === 'client-tail' && step.work.kind === 'time')
      seconds(step.work.input, 'h', inputs.stickiness(say(step.subject?.title ?? '', language)));
    if (rowOf(step.row).undoIsTimed) seconds(`undo/${step.id}`, 'min', inputs.undoTime(step.title));
  }
  seconds(TURN_BACK_MARGIN, 'min', inputs.turnBackMargin());
  list.push({
    path: availabilityPathOf(estate),
    dimension: 'fraction',
    unit: '%',
    title: inputs.availabilityTarget(),
  });
  return list;
}
