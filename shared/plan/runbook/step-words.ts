import type { Language } from '../../contract';
import { say, type Texts } from '../../text';
import type { StepRole } from '../../views/plan';
import type { EstateFacts } from './estate-facts';
import type { Instance } from './instantiate';
import type { Role, RowId, When } from './row';

type Words = Texts['planSteps'];

export const roleOf = (role: Role, words: Words): StepRole => ({ role, title: words.roles[role] });

/** What a step is about, in the reader's language: its data set or clients, or the services that its row names. */
export function nameIn({ row, subject }: Instance, facts: EstateFacts, language: Language): string {
  if (subject) return say(subject.title, language);
  const services = SERVICES[row]?.(facts) ?? [];
  return services.map((service) => say(service.title ?? service.id, language)).join(', ');
}

/** Rows without a data set of their own that name services. */
const SERVICES: Partial<Record<RowId, (facts: EstateFacts) => EstateFacts['fronts']>> = {
  deploy: ({ fronts }) => fronts,
  freeze: ({ fronts }) => fronts,
  switch: ({ fronts }) => fronts,
  'back-switch': ({ fronts }) => fronts,
  'stop-jobs': ({ singles }) => singles,
  warm: ({ caches }) => caches,
};

/** "T−21 d", "T0 + 3 min", "promotion + 1 min": when the runbook begins a step. */
export function whenText(when: When, { when: words }: Words): string {
  if ('days' in when) return words.days(signed(when.days, ''));
  if ('afterPromotion' in when) {
    return when.afterPromotion === 0 ? words.promotion : words.afterPromotion(when.afterPromotion);
  }
  if (when.minutes === 0) return words.start;
  return Math.abs(when.minutes) >= 60 && when.minutes % 60 === 0
    ? words.hours(signed(when.minutes / 60, ' '))
    : words.minutes(signed(when.minutes, ' '));
}

const signed = (value: number, space: string): string => `${value < 0 ? '−' : '+'}${space}${Math.abs(value)}`;
