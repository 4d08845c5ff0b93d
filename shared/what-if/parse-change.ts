import { type AppError, assertNever, ok, type Result } from '../errors';
import type { Change } from './change';
import { misread } from './refuse-change';

/** The options of the command line that are changes, in the words in which a person asks. */
export const CHANGE_OPTIONS = {
  fail: 'fail',
  drain: 'drain',
  cut: 'cut',
  remove: 'remove',
  set: 'set',
  load: 'load',
  in: 'scenario',
  scenario: 'scenario',
} as const satisfies Record<string, Change['kind']>;
export type ChangeOption = keyof typeof CHANGE_OPTIONS;

/** A number as it is written in either language: `2`, `1.5`, `1,5`, `2e3`. */
const NUMBER = '[+-]?(?:\\d+(?:[.,]\\d+)?|[.,]\\d+)(?:[eE][+-]?\\d+)?';
const VALUE = new RegExp(`^\\s*(${NUMBER})\\s*(\\S.{0,19}?)?\\s*$`, 'u');
const TIMES = new RegExp(`^\\s*(${NUMBER})\\s*[x×]?\\s*$`, 'iu');
/** No name of an estate is longer, nor a path. */
const MOST = 200;

/**
 * One change from its text: `fail` and `web`, `set` and `dataSets/files/size=2TB`, `load` and `2x`. Only its form is
 * judged here; whether the estate has such a node is `applyChanges`' to say.
 * @returns E_WHATIF_FORM with the text as it was entered.
 */
export function parseChange(option: ChangeOption, text: string): Result<Change, AppError> {
  const kind = CHANGE_OPTIONS[option];
  const name = text.trim();
  if (name === '' || text.length > MOST) return misread(kind, text.slice(0, MOST));
  switch (kind) {
    case 'fail':
    case 'drain':
      return ok({ kind, node: name });
    case 'cut':
      return ok({ kind, link: name });
    case 'remove':
      return ok({ kind, service: name });
    case 'scenario':
      return ok({ kind, id: name });
    case 'load': {
      const times = numberOf(TIMES.exec(name)?.[1]);
      return times === undefined ? misread(kind, text) : ok({ kind, times });
    }
    case 'set': {
      const [, path = '', given = ''] = /^\s*([^=\s]+)\s*=(.*)$/su.exec(text) ?? [];
      const [, digits, unit] = VALUE.exec(given) ?? [];
      const value = numberOf(digits);
      if (path === '' || value === undefined || unit === undefined) return misread(kind, text);
      return ok({ kind, path, value, unit });
    }
    default:
      return assertNever(kind);
  }
}

/** undefined: no number, or one that no number can hold. */
function numberOf(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  const value = Number(digits.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
}
