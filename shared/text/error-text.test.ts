import { describe, expect, it } from 'vitest';
import type { AppError } from '../errors';
import { parseEstate } from '../estate/parse';
import { errors as en } from './en/errors';
import { withUnknowns } from './error-params';
import { type ErrorCode, errorText, errorWording } from './error-text';
import { errors as fr } from './fr/errors';

const CODES = Object.keys(en) as ErrorCode[];
const errorOf = (code: string, more: Partial<AppError> = {}): AppError => ({
  code,
  stage: 'tcp',
  message: 'The English message.',
  retryable: false,
  ...more,
});

describe('every code', () => {
  it.each(CODES)('%s has a sentence and a next move in both languages', (code) => {
    for (const table of [en, fr]) {
      const { sentence, remedy } = table[code](withUnknowns({}));
      for (const text of [sentence, remedy]) {
        expect(text.length).toBeGreaterThan(3);
        expect(text).not.toMatch(
          /undefined|\bnull\b|!|\b(oops|sorry|please|successfully|simply|invalid|veuillez)\b/i,
        );
      }
      expect(sentence).toMatch(/^(?:[^.]|\.(?! ))/);
    }
    expect(fr[code](withUnknowns({})).sentence).not.toBe(en[code](withUnknowns({})).sentence);
  });
  it('is translated with the same values', () => {
    const marked = withUnknowns(
      Object.fromEntries(Object.keys(withUnknowns({})).map((key) => [key, `<${key}>`])),
    );
    const used = (text: { sentence: string; remedy: string }) =>
      [...new Set(`${text.sentence} ${text.remedy}`.match(/<\w+>/g))].sort();
    for (const code of CODES) expect(used(fr[code](marked)), code).toEqual(used(en[code](marked)));
  });
});

describe('errorText', () => {
  it('names host and values', () => {
    const error = errorOf('E_SSH_NO_BANNER', {
      host: 'files-b',
      params: { address: '10.0.20.1', port: '22', seconds: '10' },
    });
    expect(errorText(error, 'en').sentence).toBe(
      'files-b does not answer on 10.0.20.1:22: TCP opens, no SSH banner after 10 s.',
    );
    expect(errorText(error, 'fr').sentence).toBe(
      'files-b ne répond pas sur 10.0.20.1:22\u00a0: TCP ouvert, pas de bannière SSH en 10 s.',
    );
  });
  it('shows a missing value as unknown', () => {
    expect(errorText(errorOf('E_TCP_REFUSED', { host: 'db' }), 'en').sentence).toContain('?:?');
  });
  it.each(['E_SOMETHING_NEW', 'constructor', '__proto__', 'E_INTERNAL'])(
    'falls back to the message for %s',
    (code) => {
      expect(errorText(errorOf(code, { remedy: 'Do this.' }), 'fr')).toEqual({
        sentence: 'The English message.',
        remedy: 'Do this.',
      });
    },
  );
  it('is the wording that the error itself carries in English', () => {
    const { sentence, remedy } = errorWording('E_TCP_REFUSED', {
      host: 'db',
      address: '10.0.0.1',
      port: '22',
    });
    const error = errorOf('E_TCP_REFUSED', {
      host: 'db',
      message: sentence,
      remedy,
      params: { address: '10.0.0.1', port: '22' },
    });
    expect(errorText(error, 'en')).toEqual({ sentence, remedy });
  });
  it('says mistakes of an estate file in French, with their place', () => {
    const parsed = parseEstate('version: 1\nestate: x\ntitel: y\nsites: []\n', 'mine.yaml');
    const said = parsed.ok ? [] : parsed.error.map((error) => errorText(error, 'fr'));
    expect(said.length).toBeGreaterThan(1);
    for (const { sentence, remedy } of said) {
      expect(sentence).toMatch(/^mine\.yaml:\d+:\d+ : /);
      expect(`${sentence} ${remedy}`).not.toMatch(/undefined|there is|is missing|expected/);
    }
    expect(said.map(({ sentence }) => sentence).join()).toContain('titel');
  });
});
