import { expect, test } from 'vitest';
import { assessmentHosts as en } from '../text/en/assessment-hosts';
import { assessmentHosts as fr } from '../text/fr/assessment-hosts';
import { HOSTS_CHECKS, HOSTS_PROBES } from './hosts-tables';
import type { CheckSentences } from './sentences';

const CODES = Object.keys(en) as (keyof typeof en)[];
/** Values by which sentences choose their words. */
const FORMS = [
  'database',
  'files',
  'never',
  'old',
  'not-installed',
  'off',
  'timer',
  'other',
  'kernel',
  'asked',
  'past',
  'soon',
];
/** A value for every name that a sentence asks for. */
const valued = (form: string) =>
  new Proxy({ form }, { get: (known, name) => (name === 'form' ? known.form : `${String(name)} 3`) });
const said = ({ title, why, remedy }: CheckSentences): string[] =>
  FORMS.flatMap((form) => [title, why, remedy].map((sentence) => sentence(valued(form))));

test('every check has sentences, and every sentence belongs to a check', () => {
  expect([...CODES].sort()).toEqual(HOSTS_CHECKS.map(({ code }) => code).sort());
});

test.each(CODES)('%s is said in both languages, in the tone of the console', (code) => {
  for (const sentence of [...said(en[code]), ...said(fr[code])]) {
    expect(sentence.length).toBeGreaterThan(8);
    expect(sentence).not.toMatch(/!|\b(oops|sorry|please|successfully|simply|invalid)\b|veuillez|undefined/i);
  }
  for (const sentence of said(fr[code])) {
    expect(sentence).not.toMatch(/[\p{L}\d)»?] [:;?!»](\s|$)|« |\b[cdjlmnst]'(?=[a-zéèêàâ])/u);
    expect(said(en[code])).not.toContain(sentence);
  }
});

test('every reading that a check needs is given by a probe, and no two probes bear one name', () => {
  const given = new Set(HOSTS_PROBES.map(({ gives }) => gives));
  for (const { code, needs, uses = [] } of HOSTS_CHECKS)
    for (const name of [...needs, ...uses]) expect([code, given.has(name)]).toEqual([code, true]);
  expect(new Set(HOSTS_PROBES.map(({ id }) => id)).size).toBe(HOSTS_PROBES.length);
});

test('sudo never asks, and every line for sudoers names one command whole, which a probe uses', () => {
  for (const probe of HOSTS_PROBES) {
    if (probe.via !== 'ssh') continue;
    const script = probe.argv({ host: { id: 'h', site: 's', address: '10.0.0.1' } }).join(' ');
    expect([probe.id, /sudo (?!-n )/.test(script.replaceAll('*sudo*', ''))]).toEqual([probe.id, false]);
    expect([probe.id, script.includes('sudo -n ')]).toEqual([probe.id, probe.more !== undefined]);
    if (probe.more === undefined) continue;
    const command = /^\{user\} ALL=\(root\) NOPASSWD: (\/\S+(?: [^*]+)?)$/.exec(probe.more)?.[1] ?? '?';
    expect(script).toContain(`sudo -n ${command}`);
  }
});
