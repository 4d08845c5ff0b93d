import { z } from 'zod';
import { SECRET_KEY, secretMistake } from './check-secrets';
import { didYouMean } from './did-you-mean';
import { MAX_MISTAKES, type Mistake, printable, type RawPath } from './mistake';
import { SecretRef } from './schema';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/**
 * What the schema says about a value, in a person's words: every issue one mistake, unknown keys one each.
 * A missing key of which a mistyped one stands there is told once, as the slip that it is.
 */
export function schemaMistakes(schema: Schema, value: unknown, issues: readonly Issue[]): Mistake[] {
  const mistakes = issues.flatMap((issue) => fromIssue(schema, value, issue, issue.path.map(plainKey)));
  const slips = new Set(
    mistakes.flatMap(({ params, path }) =>
      params?.suggestion ? [spot(path.slice(0, -1), params.suggestion)] : [],
    ),
  );
  return mistakes.filter(
    ({ code, path, params }) => code !== 'E_ESTATE_MISSING_KEY' || !slips.has(spot(path, params?.name ?? '')),
  );
}

const spot = (parent: RawPath, key: string): string => JSON.stringify([...parent, key]);

const plainKey = (key: PropertyKey): string | number => (typeof key === 'symbol' ? String(key) : key);

function fromIssue(root: Schema, value: unknown, issue: Issue, path: RawPath): Mistake[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MAX_MISTAKES)
        .map((key) => unknownKey(value, [...path, key], keysAt(root, path)));
    case 'invalid_union':
      return fromUnion(root, value, issue, path);
    case 'invalid_key':
      return [wrongValue(path, 'key', issue.issues[0]?.message ?? 'another key')];
    default:
      break;
  }
  const found = valueAt(value, path);
  if (found === undefined) return [missing(path)];
  if (schemasAt(root, path).includes(SecretRef)) return [{ ...secretMistake('a secret'), path, at: 'value' }];
  if (issue.code === 'invalid_type') return [wrongType(path, [noun(issue.expected)], found)];
  if (issue.code === 'invalid_value') return [notOneOf(path, issue.values.map(String), found)];
  return [wrongValue(path, 'value', expectation(issue))];
}

/**
 * Of a union's branches the one that was meant is the one that got furthest: whose issues all lie deeper than
 * the union itself. When there is none, the value is of none of the forms, and all of them are named.
 */
function fromUnion(
  root: Schema,
  value: unknown,
  issue: z.core.$ZodIssueInvalidUnion,
  path: RawPath,
): Mistake[] {
  const found = valueAt(value, path);
  if (found === undefined) return [missing(path)];
  const meant = issue.errors.find((branch) => branch.length > 0 && !branch.some(isAboutWhole));
  if (meant) return meant.flatMap((i) => fromIssue(root, value, i, [...path, ...i.path.map(plainKey)]));
  const words: string[] = [];
  const nouns: string[] = [];
  for (const i of issue.errors.flat()) {
    if (i.code === 'invalid_value') words.push(...i.values.map(String));
    else if (i.code === 'invalid_type') nouns.push(noun(i.expected));
    else return [wrongValue(path, 'value', expectation(i))];
  }
  const forms = [...nouns, ...words.map((word) => `\`${word}\``)];
  const slip = typeof found === 'string' && didYouMean(found, words) !== undefined;
  return [slip ? notOneOf(path, words, found) : wrongType(path, forms, found)];
}

const isAboutWhole = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

function unknownKey(value: unknown, path: RawPath, known: readonly string[]): Mistake {
  const key = String(path.at(-1));
  const isReference = SecretRef.safeParse(valueAt(value, path)).success;
  if (SECRET_KEY.test(key) && !isReference) return { ...secretMistake('a secret'), path, at: 'key' };
  const suggestion = didYouMean(key, known);
  const cutText = key.includes(' ') && valueAt(value, path) === null;
  return {
    code: 'E_ESTATE_UNKNOWN_KEY',
    path,
    at: 'key',
    message: `there is no key \`${printable(key)}\` here`,
    remedy: cutText
      ? 'Between braces a comma ends a text: put the text in quotes.'
      : suggestion
        ? `Did you mean \`${suggestion}\`?`
        : `Known here: ${known.join(', ')}.`,
    params: { name: printable(key), known: known.join(', '), ...(suggestion ? { suggestion } : {}) },
  };
}

const missing = (path: RawPath): Mistake => {
  const name = String(path.at(-1) ?? '');
  return {
    code: 'E_ESTATE_MISSING_KEY',
    path: path.slice(0, -1),
    at: 'value',
    message: `\`${name}\` is missing`,
    remedy: `Add \`${name}\`.`,
    params: { name },
  };
};

function wrongType(path: RawPath, expected: readonly string[], found: unknown): Mistake {
  const wanted = expected.join(' or ');
  return {
    code: 'E_ESTATE_TYPE',
    path,
    at: 'value',
    message: `expected ${wanted}, found ${kindOfValue(found)}`,
    remedy: `Write ${wanted}${wanted.includes('number') ? ', without quotes and without a unit' : ''}.`,
    params: { expected: wanted, found: kindOfValue(found) },
  };
}

function notOneOf(path: RawPath, words: readonly string[], found: unknown): Mistake {
  const suggestion = didYouMean(String(found), words);
  const wanted = words.join(', ');
  return {
    code: 'E_ESTATE_VALUE',
    path,
    at: 'value',
    message: words.length > 1 ? `expected one of ${wanted}` : `expected ${wanted}`,
    remedy: suggestion ? `Did you mean \`${suggestion}\`?` : `Write ${wanted}.`,
    params: { expected: wanted, ...(suggestion ? { suggestion } : {}) },
  };
}

const wrongValue = (path: RawPath, at: Mistake['at'], expected: string): Mistake => ({
  code: 'E_ESTATE_VALUE',
  path,
  at,
  message: `expected ${expected}`,
  remedy: `Write ${expected}.`,
  params: { expected },
});

/** The schema's own words for a pattern; a bound for a number or a list. */
function expectation(issue: Issue): string {
  if (issue.code === 'too_small')
    return `at least ${issue.minimum}${issue.origin === 'array' ? ' element' : ''}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};
const noun = (expected: string): string => NOUNS[expected] ?? expected;

function kindOfValue(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a number with decimals';
  return noun(typeof value);
}

function valueAt(value: unknown, path: RawPath): unknown {
  let here = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}

/** All schemas that may stand at a path: several where it leads through a union. */
function schemasAt(root: Schema, path: RawPath): Schema[] {
  let here = unwrap(root);
  for (const part of path) here = here.flatMap((schema) => childrenOf(schema, part)).flatMap(unwrap);
  return here;
}

const keysAt = (root: Schema, path: RawPath): string[] => [
  ...new Set(schemasAt(root, path).flatMap((s) => (s instanceof z.ZodObject ? Object.keys(s.shape) : []))),
];

function unwrap(schema: Schema): Schema[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}

function childrenOf(schema: Schema, part: string | number): Schema[] {
  if (schema instanceof z.ZodObject) {
    const child: Schema | undefined = Object.hasOwn(schema.shape, part) ? schema.shape[part] : undefined;
    return child ? [child] : [];
  }
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return [];
}
