import type { Language } from '../contract';
import type { Finding } from '../views/topology';
import { findings as en } from './en/findings';
import { replicationFindings as replicationEn } from './en/replication-findings';
import { replicationSettingFindings as settingsEn } from './en/replication-setting-findings';
import { type FindingSentences, withUnknownParams } from './finding-params';
import { findings as fr } from './fr/findings';
import { replicationFindings as replicationFr } from './fr/replication-findings';
import { replicationSettingFindings as settingsFr } from './fr/replication-setting-findings';

export type FindingCode = keyof typeof en | keyof typeof replicationEn | keyof typeof settingsEn;

/** The sentences of every finding there is, in both languages. */
export const FINDINGS: Readonly<Record<Language, Record<FindingCode, FindingSentences>>> = {
  en: { ...en, ...replicationEn, ...settingsEn },
  fr: { ...fr, ...replicationFr, ...settingsFr },
};

export interface FindingText {
  title: string;
  what: string;
  why: string;
  todo: string[];
  doNot?: string;
}

/**
 * A finding in the reader's language. A code without sentences (of a newer console's recording) shows the
 * English title that the finding itself carries.
 */
export function findingText(
  finding: Pick<Finding, 'code' | 'title' | 'params'>,
  language: Language,
): FindingText {
  const table: Readonly<Record<string, FindingSentences>> = FINDINGS[language];
  const text = Object.hasOwn(table, finding.code) ? table[finding.code] : undefined;
  if (!text) return { title: finding.title, what: '', why: '', todo: [] };
  const params = withUnknownParams(finding.params);
  return {
    title: text.title(params),
    what: text.what(params),
    why: text.why(params),
    todo: text.todo(params),
    ...(text.doNot ? { doNot: text.doNot(params) } : {}),
  };
}
