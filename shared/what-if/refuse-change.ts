import { type AppError, err } from '../errors';
import { didYouMean } from '../estate/did-you-mean';
import { printable } from '../estate/mistake';
import type { ErrorParams } from '../text/error-params';
import { errorWording } from '../text/error-text';
import type { InputProblem } from '../units/outcome';
import type { Change } from './change';

/** Every code by which a what-if is refused. */
export type RefusalCode = 'E_WHATIF_FORM' | 'E_WHATIF_NAME' | 'E_WHATIF_VALUE' | 'E_WHATIF_TWICE';

/** What a change names. */
export type Named = 'node' | 'link' | 'service' | 'input' | 'scenario';

const refusal = (code: RefusalCode, params: Partial<ErrorParams>): AppError => {
  const { sentence, remedy } = errorWording(code, params);
  return { code, stage: 'estate', message: sentence, remedy, retryable: false, params: { ...params } };
};

/** The text cannot be read as a change. `option` is the word before it, `text` what stands there. */
export const misread = (option: Change['kind'], text: string) =>
  err(refusal('E_WHATIF_FORM', { type: option, text: printable(text) }));

/** A change names what the estate does not have, or no longer has after those before it; with what was likely meant. */
export function unknownName(what: Named, name: string, known: Iterable<string>, entry: string): AppError {
  const names = [...new Set(known)].filter((each) => each !== name);
  const meant = didYouMean(name, names);
  // A short list says more than the advice to look for one.
  const listed = names.length > 0 && names.length <= 12 ? names.join(', ') : undefined;
  return refusal('E_WHATIF_NAME', {
    type: what,
    name: printable(name),
    what: printable(entry),
    ...(meant === undefined ? {} : { expected: printable(meant) }),
    ...(meant !== undefined || listed === undefined ? {} : { text: printable(listed) }),
  });
}

/** A value cannot be meant: `problem` by its name, `got` as it was entered, `expected` a unit that would do. */
export const badValue = (entry: string, path: string, problem: InputProblem, got: string, expected: string) =>
  refusal('E_WHATIF_VALUE', {
    what: printable(entry),
    path: printable(path),
    type: problem,
    got: printable(got),
    expected,
  });

/** Two changes of which only one can be. */
export const twice = (entry: string) => refusal('E_WHATIF_TWICE', { what: printable(entry) });
