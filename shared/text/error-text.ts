import type { Language } from '../contract';
import type { AppError } from '../errors';
import { errors as en } from './en/errors';
import { type ErrorParams, type ErrorSentence, type ErrorTexts, withUnknowns } from './error-params';
import { errors as fr } from './fr/errors';
import { estateErrors } from './fr/estate-errors';

export type ErrorCode = keyof typeof en;

/** The English wording that an AppError carries in `message` and `remedy`. */
export const errorWording = (code: ErrorCode, params: Partial<ErrorParams>): ErrorSentence =>
  en[code](withUnknowns(params));

/**
 * An error in the reader's language: what was observed and the next move. A code without a translation
 * shows the English message that the error itself carries.
 */
export function errorText(error: AppError, language: Language): ErrorSentence {
  const inFile = language === 'fr' ? estateText(error) : null;
  if (inFile) return inFile;
  const table: ErrorTexts = language === 'fr' ? fr : en;
  const text = Object.hasOwn(table, error.code) ? table[error.code] : undefined;
  if (!text || (error.code === 'E_INTERNAL' && !error.params))
    return { sentence: error.message, remedy: error.remedy ?? '' };
  return text(withUnknowns({ ...error.params, ...(error.host ? { host: error.host } : {}) }));
}

/** A mistake in an estate file: place, then what. Null when it is none, or has no French wording. */
function estateText({ code, params = {} }: AppError): ErrorSentence | null {
  const text = Object.hasOwn(estateErrors, code) ? estateErrors[code] : undefined;
  if (!text || params.file === undefined) return null;
  const { sentence, remedy } = text(params);
  const place = [params.file, params.line, params.column].filter(Boolean).join(':');
  return { sentence: `${[place, params.path].filter(Boolean).join(' : ')} : ${sentence}`, remedy };
}
