import type { NodeMistake } from './check-nodes';

/**
 * What a secret written out looks like. The raw text is searched, so that one in a comment is found too.
 * A word such as "password: ask Marie" is no secret; one with a digit or a sign in it most likely is.
 */
const LOOKS_LIKE = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----|PuTTY-User-Key-File-\d/g },
  {
    what: 'a password',
    pattern:
      /\b(?:[a-z0-9]{0,30}_)?(?:password|passwd|pwd|passphrase|mot de passe|mdp) {0,3}[:=] {0,3}["']?(?=[^\s"',;:]{0,40}[^\sa-zà-ÿ"',;:.…()/-])(?!(?:env|file):)[^\s"',;]{4}/gi,
  },
  {
    what: 'a password in an address',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{0,60}:[^\s:/@"']{1,60}@/gi,
  },
  { what: 'an access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/g },
] as const;

/** Keys that people give to secrets; a key of the schema is never among them. */
export const SECRET_KEY =
  /^(.*[_-])?(password|passwd|pwd|passphrase|secret|token|api_?key|private_?key|mdp)$/i;

/** The mistake of a secret written out. The message never repeats the text that was found. */
export const secretMistake = (what: string) =>
  ({
    code: 'E_ESTATE_SECRET',
    message: `this looks like ${what}, written out`,
    remedy:
      'Remove it from the file (and change it, if the file was shared). Name where it is instead: prompt, agent, env:NAME or file:PATH.',
    params: { what },
  }) as const;

/** Secrets written out anywhere in the text, comments included. */
export const checkSecrets = (text: string): NodeMistake[] =>
  LOOKS_LIKE.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map(({ index }) => ({ ...secretMistake(what), offset: index })),
  );
