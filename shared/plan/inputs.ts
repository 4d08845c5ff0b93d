import type { Language } from '../contract';
import type { DataSet, Estate } from '../estate/schema';
import { say, texts } from '../text';
import type { Asked } from './ledger/ledger';

/** A number that the plan of an estate asks for. */
export interface Input extends Asked {
  /** Unit offered to a person who enters the value. */
  unit: string;
  title: string;
}

/** The inputs of this estate's plan, in the order in which a person would look for them. */
export function inputsOf(
  estate: Estate,
  steps: readonly { id: string; title: string }[],
  language: Language,
): Input[] {
  const { inputs } = texts(language).plan;
  const list: Input[] = [
    { path: 'assumptions/linkRate', dimension: 'rate', unit: 'Mbit/s', title: inputs.linkRate() },
    { path: 'reference/linkEfficiency', dimension: 'fraction', unit: '%', title: inputs.linkEfficiency() },
    { path: 'reference/linkContention', dimension: 'fraction', unit: '%', title: inputs.linkContention() },
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
  for (const step of steps) {
    list.push({
      path: `steps/${step.id}`,
      dimension: 'seconds',
      unit: 'min',
      title: inputs.stepTime(step.title),
    });
  }
  return list;
}

/** Data that must be carried over; caches and sessions are filled anew. */
export const isMoved = (set: DataSet): boolean =>
  set.store === 'database' || set.store === 'files' || set.store === 'document';
