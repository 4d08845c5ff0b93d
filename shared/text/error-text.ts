import type { Language } from '../contract';
import type { AppError } from '../errors';
import { errors as en } from './en/errors';
import { type ErrorParams, type ErrorSentence, type ErrorTexts, withUnknowns } from './error-params';
import { errors as fr } from './fr/errors';

export type ErrorCode = keyof typeof en;

/** The English wording that an AppError carries in `message` and `remedy`. */
export const errorWording = (code: ErrorCode, params: Partial<ErrorParams>): ErrorSentence =>
  en[code](withUnknowns(params));

/**
 * An error in the reader's language: what was observed and the next move. A code without a translation
 * shows the English message that the error itself carries.
 */
export function errorText(error: AppError, language: Language): ErrorSentence {
  const table: ErrorTexts = language === 'fr' ? fr : en;
  const text = Object.hasOwn(table, error.code) ? table[error.code] : undefined;
  if (!text || (error.code === 'E_INTERNAL' && !error.params))
    return { sentence: error.message, remedy: error.remedy ?? '' };
  return text(withUnknowns({ ...error.params, ...(error.host ? { host: error.host } : {}) }));
}
