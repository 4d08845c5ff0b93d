import { Failure } from '@shared/errors';
import type { Secret } from '../secrets/secret';

/** Shorter pieces of a secret are in every sentence. */
const PIECE = 4;
const HIDDEN = '•••';

/**
 * A server quotes what it did not understand, often cut off in the middle: wherever four characters of a secret stand
 * in a row in its error, they are hidden. For `.catch`; always throws.
 */
export function withoutSecrets(secrets: readonly Secret[]): (thrown: unknown) => never {
  return (thrown) => {
    if (!(thrown instanceof Failure) || secrets.length === 0) throw thrown;
    const { error } = thrown;
    const hide = (text: string) => secrets.reduce((left, secret) => hidePieces(left, secret.reveal()), text);
    const params = Object.entries(error.params ?? {}).map(([key, value]) => [key, hide(value)] as const);
    throw new Failure({
      ...error,
      message: hide(error.message),
      ...(error.params ? { params: Object.fromEntries(params) } : {}),
    });
  };
}

/** The text without any four characters in a row that the secret holds; of a shorter one, without all of it. */
export function hidePieces(text: string, secret: string): string {
  const length = Math.min(PIECE, secret.length);
  if (length === 0) return text;
  const pieces = new Set<string>();
  for (let at = 0; at + length <= secret.length; at += 1) pieces.add(secret.slice(at, at + length));
  let shown = '';
  /** Up to where the text is known to be part of the secret. */
  let hiddenTo = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (pieces.has(text.slice(at, at + length))) {
      if (hiddenTo <= at) shown += HIDDEN;
      hiddenTo = at + length;
    }
    if (at >= hiddenTo) shown += text[at];
  }
  return shown;
}
