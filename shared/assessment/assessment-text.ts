import type { Language } from '../contract';
import { assessment as en, assessmentWords as enWords } from '../text/en/assessment';
import { assessmentHosts as enHosts } from '../text/en/assessment-hosts';
import { assessment as fr, assessmentWords as frWords } from '../text/fr/assessment';
import { assessmentHosts as frHosts } from '../text/fr/assessment-hosts';
import type { CheckHit, CheckResult, ProblemScore, Reason } from '../views/assessment';
import { type CheckSentences, withUnknown } from './sentences';

/** The sentences of every check, by code. */
export const CHECK_TEXTS: Readonly<Record<Language, Readonly<Record<string, CheckSentences>>>> = {
  en: { ...en, ...enHosts },
  fr: { ...fr, ...frHosts },
};

export const assessmentWords = (language: Language): typeof enWords =>
  language === 'fr' ? frWords : enWords;

export interface CheckText {
  title: string;
  why: string;
  remedy: string;
}

/** One case in the reader's language. A code without sentences (of a newer console's run) stands for itself. */
export function checkText(
  { code }: Pick<CheckResult, 'code'>,
  { params }: Pick<CheckHit, 'params'>,
  language: Language,
): CheckText {
  const table = CHECK_TEXTS[language];
  const text = Object.hasOwn(table, code) ? table[code] : undefined;
  const p = withUnknown(params);
  return text
    ? { title: text.title(p), why: text.why(p), remedy: text.remedy(p) }
    : { title: code, why: '', remedy: '' };
}

/** Why something is unknown, and the line that would let it be seen. */
export function reasonText({ code, params, more }: Reason, language: Language): string {
  const words = assessmentWords(language);
  const sentence = words.reason[code](withUnknown(params));
  return more === null ? sentence : `${sentence} ${words.more(more)}`;
}

/** What was counted for a stated fault, in one sentence or two. */
export function problemText(
  { measure, found, of, unknown }: Pick<ProblemScore, 'measure' | 'found' | 'of' | 'unknown'>,
  language: Language,
): string {
  const { counted, nobodyKnows } = assessmentWords(language);
  const name =
    measure !== null && Object.hasOwn(counted, measure) ? (measure as keyof typeof counted) : 'none';
  const sentences = [
    // 0 of 0 is no count
    ...(of > 0 || name === 'none' ? [counted[name](found, of)] : []),
    ...(unknown.length > 0 ? [nobodyKnows(unknown.join(', '))] : []),
  ];
  return sentences.join(' ');
}
