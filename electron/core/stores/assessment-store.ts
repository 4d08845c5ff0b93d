import { Gathered } from '@shared/assessment/gathered';
import { type JsonStore, jsonStore } from './json-store';

/** The last run of the assessment, beside the ledger: `patronus.yaml` → `patronus.assessment.json`. null: there was none. */
export const assessmentStore = (estateFile: string): JsonStore<Gathered | null> =>
  jsonStore(`${estateFile.replace(/\.ya?ml$/i, '')}.assessment.json`, Gathered.nullable(), null);
