import type { AppError } from '../errors';

/** Keys and indexes from the root of the file to a value, as the parser sees it. */
export type RawPath = readonly (string | number)[];

/** One thing that is wrong with an estate file, before it is known where in the text it stands. */
export interface Mistake {
  code: `E_ESTATE_${string}`;
  path: RawPath;
  /** Which end of `key: value` to point at. */
  at: 'key' | 'value';
  /** One sentence without place; the place is put before it. */
  message: string;
  remedy?: string;
  /** Values for the translated sentence; file, line, column and path are added. */
  params?: Readonly<Record<string, string>>;
}

/** A person mends from the top; a file with more is not an estate file, and each costs a walk to its place. */
export const MAX_MISTAKES = 200;

/** A place in the text; lines and columns count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** The key by which a person knows an element of a list: its id, a step's number, a member's service. */
function nameOf(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  for (const key of ['id', 'n', 'service'] as const) {
    const name: unknown = Reflect.get(element, key);
    if (typeof name === 'string' || typeof name === 'number') return String(name);
  }
  return undefined;
}

/** Index in `list` of the element that a person calls `name`; -1 when there is none. */
export const indexByName = (list: readonly unknown[], name: string): number =>
  list.findIndex((element) => nameOf(element) === name);

/** `services/web/port`: elements by name, never by position unless they have no name. */
export function namedPath(root: unknown, path: RawPath): string {
  let here = root;
  const parts: string[] = [];
  for (const part of path) {
    const next: unknown = typeof here === 'object' && here !== null ? Reflect.get(here, part) : undefined;
    parts.push(Array.isArray(here) ? (nameOf(next) ?? String(part)) : String(part));
    here = next;
  }
  return parts.map(printable).join('/');
}

/** Text of the file as it may stand in a message: one line, nothing invisible, not endless. */
export function printable(text: string): string {
  const visible = text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > 80 ? `${visible.slice(0, 79)}…` : visible;
}

/** The mistake as everybody outside gets it. Without a position (a value made by an overlay) only the path is named. */
export function mistakeToError(
  mistake: Mistake,
  root: unknown,
  file: string,
  position: Position | undefined,
): AppError {
  const path = namedPath(root, mistake.path);
  const shownFile = printable(file);
  const place = position ? `${shownFile}:${position.line}:${position.column}` : shownFile;
  return {
    code: mistake.code,
    stage: 'estate',
    message: `${place}: ${path ? `${path}: ` : ''}${mistake.message}`,
    ...(mistake.remedy === undefined ? {} : { remedy: mistake.remedy }),
    retryable: false,
    params: {
      ...mistake.params,
      file: shownFile,
      path,
      ...(position ? { line: String(position.line), column: String(position.column) } : {}),
    },
  };
}
