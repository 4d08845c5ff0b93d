import type { Language } from '../contract';
import { assertNever } from '../errors';
import type { Estate } from '../estate/schema';
import { availabilityPathOf } from '../plan/inputs';
import { inputAt } from '../plan/ledger/derived';
import type { Ledger } from '../plan/ledger/ledger';
import { say, texts } from '../text';
import type { TargetCapacity, TargetDemand, TargetFigure, TargetPart, TargetPath } from '../views/targets';
import { demandLoad, survivors } from './capacity';
import { demandsOf } from './demands';
import type { Chooser, PathPart, Redundancy, RequestPath } from './structure-model';

type Shown = (name: string) => TargetFigure;

/** A path with its parts and their numbers, held against the availability that the estate asks for. */
export function pathView(
  path: RequestPath,
  estate: Estate,
  ledger: Ledger,
  shown: Shown,
  language: Language,
): TargetPath {
  const shared = shown(`shared/${path.workflow}`);
  const asked = inputAt(ledger, availabilityPathOf(estate));
  const target = asked.known ? asked.value.likely : null;
  return {
    workflow: path.workflow,
    title: say(path.title, language),
    parts: path.parts.map((part) => partView(part, estate, shown, language)),
    independent: shown(`independent/${path.workflow}`),
    shared,
    downPerMonth: shown(`month/${path.workflow}`),
    downPerYear: shown(`year/${path.workflow}`),
    target,
    // 99.9 % in binary is a hair more than 999 of 1 000: whoever reaches it exactly must not fail by that hair.
    meetsTarget: target === null || shared.value === null ? null : shared.value >= target - 1e-12,
  };
}

function partView(part: PathPart, estate: Estate, shown: Shown, language: Language): TargetPart {
  return {
    id: part.id,
    title: part.title,
    servers: part.servers.map(({ id, title, services }) => ({
      id,
      title: title === '' ? part.title : title,
      services: [...services],
    })),
    redundancy: part.redundancy.kind,
    how: howText(part.redundancy, part.servers.length, estate, language),
    availability: shown(`part/${part.id}`),
  };
}

function howText(redundancy: Redundancy, servers: number, estate: Estate, language: Language): string {
  const { how, because } = texts(language).targets;
  switch (redundancy.kind) {
    case 'single':
      return how.single(because[redundancy.because]);
    case 'failover':
      return how.failover(servers);
    case 'parallel':
      return how.parallel(servers, redundancy.needed, chooserText(redundancy.chooser, estate, language));
    default:
      return assertNever(redundancy);
  }
}

function chooserText(chooser: Chooser, { services }: Estate, language: Language): string {
  const { how } = texts(language).targets;
  const name = (id: string) => say(services.find((service) => service.id === id)?.title ?? id, language);
  switch (chooser.kind) {
    case 'balancer':
      return how.byBalancer(name(chooser.service));
    case 'client':
      return how.byClient();
    case 'caller':
      return chooser.service === null ? how.byNobody() : how.byCaller(name(chooser.service));
    default:
      return assertNever(chooser);
  }
}

/** What a part carries, and what those that are left would. */
export function capacityOf(part: PathPart, shown: Shown): TargetCapacity {
  const survivor = survivors(part) === 0 ? null : shown(`survivor/${part.id}`);
  return {
    part: part.id,
    title: part.title,
    servers: part.servers.length,
    each: shown(`load/${part.id}`),
    survivor,
    holds: survivor === null ? false : survivor.high === null ? null : survivor.high <= 1,
  };
}

/** The demands of the estate in numbers, as the servers that are left after a loss carry them. */
export const demandViews = (
  estate: Estate,
  parts: readonly PathPart[],
  ledger: Ledger,
  shown: Shown,
  language: Language,
): TargetDemand[] =>
  demandsOf(estate, parts).map((demand) => {
    const { figures, holds } = demandLoad(demand, ledger);
    const { id, title } = demand.requirement;
    return {
      requirement: id,
      title: say(title, language),
      figures: figures.map(({ name }) => ({
        title: texts(language).targets.demands[name],
        figure: shown(`demand/${id}/${name}`),
      })),
      holds,
    };
  });
