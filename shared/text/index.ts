import type { Language } from '../contract';
import { common as commonEn } from './en/common';
import { errors as errorsEn } from './en/errors';
import { graph as graphEn } from './en/graph';
import { journal as journalEn } from './en/journal';
import { kinds as kindsEn } from './en/kinds';
import { paper as paperEn } from './en/paper';
import { plan as planEn } from './en/plan';
import { recording as recordingEn } from './en/recording';
import { replication as replicationEn } from './en/replication';
import { secrets as secretsEn } from './en/secrets';
import { ui as uiEn } from './en/ui';
import { FINDINGS } from './finding-text';
import { common as commonFr } from './fr/common';
import { errors as errorsFr } from './fr/errors';
import { graph as graphFr } from './fr/graph';
import { journal as journalFr } from './fr/journal';
import { kinds as kindsFr } from './fr/kinds';
import { paper as paperFr } from './fr/paper';
import { plan as planFr } from './fr/plan';
import { recording as recordingFr } from './fr/recording';
import { replication as replicationFr } from './fr/replication';
import { secrets as secretsFr } from './fr/secrets';
import { ui as uiFr } from './fr/ui';

export { say } from './say';

const EN = {
  common: commonEn,
  findings: FINDINGS.en,
  errors: errorsEn,
  graph: graphEn,
  journal: journalEn,
  kinds: kindsEn,
  paper: paperEn,
  plan: planEn,
  recording: recordingEn,
  replication: replicationEn,
  secrets: secretsEn,
  ui: uiEn,
};

/** Every text of the console, as objects of strings and small functions: window, command line and paper alike. */
export type Texts = typeof EN;

const FR: Texts = {
  common: commonFr,
  findings: FINDINGS.fr,
  errors: errorsFr,
  graph: graphFr,
  journal: journalFr,
  kinds: kindsFr,
  paper: paperFr,
  plan: planFr,
  recording: recordingFr,
  replication: replicationFr,
  secrets: secretsFr,
  ui: uiFr,
};

export const texts = (language: Language): Texts => (language === 'fr' ? FR : EN);
