import type { Language } from '../contract';
import type { Candidate, Term } from '../replication/model';
import { formatNumber } from './format';
import { texts } from './index';

type Sentences = Readonly<Record<string, (params: Readonly<Record<string, string>>) => string>>;
const said = (sentences: Sentences, code: string, params: Readonly<Record<string, string>>): string =>
  sentences[code]?.(params) ?? code;

/** Why a server could take over, or not; a reason that this version does not know stands as its code. */
export function becauseText({ code, params }: Candidate['because'][number], language: Language): string {
  const seconds = Number(params.seconds ?? Number.NaN);
  const shown = Number.isFinite(seconds) ? { ...params, seconds: formatNumber(seconds, language) } : params;
  return said(texts(language).replication.because, code, shown);
}

/** What one term of a verdict says of the primary. */
export const termText = ({ code, params }: Pick<Term, 'code' | 'params'>, language: Language): string =>
  said(texts(language).replication.terms, code, params);

/** What a rule checks, said as what should be. */
export const ruleText = (code: string, language: Language): string => {
  const names: Readonly<Record<string, string>> = texts(language).replication.rules;
  return names[code] ?? code;
};
