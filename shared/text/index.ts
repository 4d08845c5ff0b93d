import type { Language } from '../contract';
import { common as commonEn } from './en/common';
import { errors as errorsEn } from './en/errors';
import { findings as findingsEn } from './en/findings';
import { kinds as kindsEn } from './en/kinds';
import { paper as paperEn } from './en/paper';
import { plan as planEn } from './en/plan';
import { ui as uiEn } from './en/ui';
import type { FindingSentences } from './finding-params';
import type { FindingCode } from './finding-text';
import { common as commonFr } from './fr/common';
import { errors as errorsFr } from './fr/errors';
import { findings as findingsFr } from './fr/findings';
import { kinds as kindsFr } from './fr/kinds';
import { paper as paperFr } from './fr/paper';
import { plan as planFr } from './fr/plan';
import { ui as uiFr } from './fr/ui';

export { say } from './say';

const findingsIn: Record<Language, Record<FindingCode, FindingSentences>> = {
  en: findingsEn,
  fr: findingsFr,
};

const EN = {
  common: commonEn,
  findings: findingsIn.en,
  errors: errorsEn,
  kinds: kindsEn,
  paper: paperEn,
  plan: planEn,
  ui: uiEn,
};

/** Every text of the console, as objects of strings and small functions: window, command line and paper alike. */
export type Texts = typeof EN;

const FR: Texts = {
  common: commonFr,
  findings: findingsIn.fr,
  errors: errorsFr,
  kinds: kindsFr,
  paper: paperFr,
  plan: planFr,
  ui: uiFr,
};

export const texts = (language: Language): Texts => (language === 'fr' ? FR : EN);
