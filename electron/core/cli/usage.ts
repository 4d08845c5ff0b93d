import type { Language } from '@shared/contract';
import { type AppError, err, ok, type Result } from '@shared/errors';

/** What every command reads alike. A mistake is one sentence that names the word it is about. */

export const bad = (message: string): Result<never> =>
  err({
    code: 'E_USAGE',
    stage: 'internal',
    message,
    remedy: 'patronus --help lists the commands.',
    retryable: false,
  });

/** Node's parser throws at a word it does not know: told as a mistake of the person. */
export function parsedBy<T>(parse: () => T): Result<T, AppError> {
  try {
    return ok(parse());
  } catch (thrown) {
    return bad(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** `--lang`, else what the desk speaks. */
export function languageOf(asked: string | undefined, locale: string): Result<Language, AppError> {
  const language = asked ?? (locale.toLowerCase().startsWith('fr') ? 'fr' : 'en');
  return language === 'en' || language === 'fr'
    ? ok(language)
    : bad(`--lang: "${language}" is neither en nor fr.`);
}

/** `--egress`: it can only tighten. */
export function egressOf(asked: string | undefined): Result<'offline' | 'loopback' | null, AppError> {
  const egress = asked ?? null;
  return egress === null || egress === 'offline' || egress === 'loopback'
    ? ok(egress)
    : bad(`--egress: "${egress}" is neither offline nor loopback; it can only tighten.`);
}

/** Options of whoever opens an estate. */
export const ESTATE_OPTIONS = {
  estate: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  'data-dir': { type: 'string' },
  egress: { type: 'string' },
  confirm: { type: 'string' },
} as const;
