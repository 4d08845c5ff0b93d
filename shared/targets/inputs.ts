import type { Language } from '../contract';
import type { Estate } from '../estate/schema';
import { availabilityPathOf, type Input } from '../plan/inputs';
import { say, texts } from '../text';
import { demandsOf } from './demands';
import type { PathPart } from './structure-model';
import { AS_IS, partsIn, variantsOf } from './variants';

/** Where the inputs of a part stand in the ledger: named by its first service, so that today and target share them. */
export const AVAILABILITY = {
  betweenFailures: (part: string) => `availability/${part}/betweenFailures`,
  repair: (part: string) => `availability/${part}/repair`,
  commonCause: (part: string) => `availability/${part}/commonCause`,
  detect: (part: string) => `availability/${part}/detect`,
  decide: (part: string) => `availability/${part}/decide`,
  act: (part: string) => `availability/${part}/act`,
  client: (part: string) => `availability/${part}/client`,
  success: (part: string) => `availability/${part}/success`,
} as const;

export const CAPACITY = {
  load: (part: string) => `capacity/${part}/load`,
  workers: (part: string) => `capacity/${part}/workers`,
  serviceTime: (part: string) => `capacity/${part}/serviceTime`,
  link: (part: string) => `capacity/${part}/link`,
  streamRate: (part: string) => `capacity/${part}/streamRate`,
  requestsPerUser: 'capacity/requestsPerUser',
  peakShare: 'capacity/peakShare',
} as const;

export const COSTS = {
  perMonth: (variant: string) => `costs/${variant}/perMonth`,
  once: (variant: string) => `costs/${variant}/once`,
  overlap: (variant: string) => `costs/${variant}/overlap`,
  effort: (variant: string) => `costs/${variant}/effort`,
  outageHour: 'costs/outageHour',
  discountRate: 'costs/discountRate',
} as const;

/** What prices are offered in until one was entered. */
const CURRENCY = 'EUR';

/**
 * The numbers that comparing the targets of an estate asks for, in the order in which a person would look for them:
 * what fails, what is carried, what is paid. Each once, however many targets share it.
 */
export function targetInputsOf(estate: Estate, language: Language): Input[] {
  const inputs = new Map<string, Input>();
  const add = (...more: Input[]) => {
    for (const input of more) if (!inputs.has(input.path)) inputs.set(input.path, input);
  };
  const variants = variantsOf(estate, language);
  const structures = variants.flatMap(({ made }) => (made.ok ? [made.structure] : []));
  const parts = structures.flatMap(partsIn);
  for (const part of parts) add(...availabilityInputs(part, language));
  add({
    path: availabilityPathOf(estate),
    dimension: 'fraction',
    unit: '%',
    title: texts(language).plan.inputs.availabilityTarget(),
  });
  for (const part of parts) add(loadInput(part, language));
  for (const structure of structures) add(...demandInputs(estate, partsIn(structure), language));
  for (const { id, scenario } of variants)
    add(...costInputs(id, scenario ? say(scenario.title, language) : null, language));
  const { inputs: words } = texts(language).targets;
  add(
    { path: COSTS.outageHour, dimension: 'money', unit: CURRENCY, title: words.outageHour() },
    { path: COSTS.discountRate, dimension: 'fraction', unit: '%', title: words.discountRate() },
  );
  return [...inputs.values()];
}

function availabilityInputs({ id, title, servers, redundancy }: PathPart, language: Language): Input[] {
  const { inputs: words } = texts(language).targets;
  const time = (path: string, unit: string, of: (name: string) => string): Input => ({
    path,
    dimension: 'seconds',
    unit,
    title: of(title),
  });
  const list = [
    time(AVAILABILITY.betweenFailures(id), 'h', words.betweenFailures),
    time(AVAILABILITY.repair(id), 'h', words.repair),
  ];
  if (redundancy.kind === 'failover')
    list.push(
      time(AVAILABILITY.detect(id), 'min', words.detect),
      time(AVAILABILITY.decide(id), 'min', words.decide),
      time(AVAILABILITY.act(id), 'min', words.act),
      time(AVAILABILITY.client(id), 'min', words.client),
      { path: AVAILABILITY.success(id), dimension: 'fraction', unit: '%', title: words.success(title) },
    );
  if (servers.length > 1 && redundancy.kind !== 'single')
    list.push({
      path: AVAILABILITY.commonCause(id),
      dimension: 'fraction',
      unit: '%',
      title: words.commonCause(title),
    });
  return list;
}

const loadInput = ({ id, title }: PathPart, language: Language): Input => ({
  path: CAPACITY.load(id),
  dimension: 'fraction',
  unit: '%',
  title: texts(language).targets.inputs.load(title),
});

function demandInputs(estate: Estate, parts: readonly PathPart[], language: Language): Input[] {
  const { inputs: words } = texts(language).targets;
  return demandsOf(estate, parts).flatMap(({ metric, requirement, part }): Input[] => {
    const path = `requirements/${requirement.id}/target`;
    const title = say(requirement.title, language);
    switch (metric) {
      case 'users-per-day':
        return [
          { path, dimension: 'countRate', unit: 'users/day', title },
          { path: CAPACITY.requestsPerUser, dimension: 'count', unit: '1', title: words.requestsPerUser() },
          { path: CAPACITY.peakShare, dimension: 'fraction', unit: '%', title: words.peakShare() },
          {
            path: CAPACITY.serviceTime(part.id),
            dimension: 'seconds',
            unit: 'ms',
            title: words.serviceTime(part.title),
          },
          {
            path: CAPACITY.workers(part.id),
            dimension: 'count',
            unit: '1',
            title: words.workers(part.title),
          },
        ];
      default:
        return [
          { path, dimension: 'count', unit: 'streams', title },
          {
            path: CAPACITY.streamRate(part.id),
            dimension: 'rate',
            unit: 'Mbit/s',
            title: words.streamRate(part.title),
          },
          { path: CAPACITY.link(part.id), dimension: 'rate', unit: 'Gbit/s', title: words.link(part.title) },
          {
            path: 'reference/linkEfficiency',
            dimension: 'fraction',
            unit: '%',
            title: texts(language).plan.inputs.linkEfficiency(),
          },
        ];
    }
  });
}

function costInputs(variant: string, name: string | null, language: Language): Input[] {
  const { inputs: words, asIs } = texts(language).targets;
  const perMonth: Input = {
    path: COSTS.perMonth(variant),
    dimension: 'money',
    unit: CURRENCY,
    title: words.perMonth(name ?? asIs),
  };
  if (variant === AS_IS || name === null) return [perMonth];
  return [
    perMonth,
    { path: COSTS.once(variant), dimension: 'money', unit: CURRENCY, title: words.once(name) },
    { path: COSTS.overlap(variant), dimension: 'count', unit: '1', title: words.overlap(name) },
    { path: COSTS.effort(variant), dimension: 'seconds', unit: 'd', title: words.effort(name) },
  ];
}
