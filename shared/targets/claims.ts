import type { Language } from '../contract';
import { assertNever } from '../errors';
import type { Estate, Scenario } from '../estate/schema';
import { moneyAt } from '../plan/ledger/derived';
import type { Ledger } from '../plan/ledger/ledger';
import { say, texts } from '../text';
import type { TargetMistake, TargetProblem, TargetUpdateStep } from '../views/targets';
import { COSTS } from './inputs';
import { standAfter } from './loss';
import type { Structure } from './structure-model';
import { AS_IS } from './variants';

/** The problems of an estate that a target removes, and those that it leaves. */
export function problemsOf(
  { problems }: Estate,
  scenario: Scenario | null,
  language: Language,
): { removes: TargetProblem[]; keeps: TargetProblem[] } {
  const removed = new Set(scenario?.removes ?? []);
  const view = ({ id, title, removedBy, provedBy }: Estate['problems'][number]): TargetProblem => ({
    problem: id,
    title: say(title, language),
    by: removedBy === undefined ? null : say(removedBy, language),
    proof: provedBy === undefined ? null : say(provedBy, language),
  });
  return {
    removes: problems.filter(({ id }) => removed.has(id)).map(view),
    keeps: problems.filter(({ id }) => !removed.has(id)).map(view),
  };
}

/** Each step of the rolling update, and whom it cuts off by the structure, whatever its author hoped. */
export function rollingUpdateOf(
  { paths }: Structure,
  scenario: Scenario | null,
  machineOf: (host: string) => string,
  language: Language,
): TargetUpdateStep[] {
  return (scenario?.rollingUpdate ?? []).map(({ title, hosts }) => {
    const out = new Set(hosts.map(machineOf));
    // Work that starts inside has nobody who waits for it.
    const losses = standAfter({ paths: paths.filter(({ actor }) => actor !== null) }, out);
    return {
      title: say(title, language),
      servers: [...out],
      stops: losses.filter(({ state }) => state === 'down').map(({ path }) => say(path.title, language)),
      takeover: losses.some(({ state }) => state === 'failing-over'),
    };
  });
}

/** Claims of a target that its own picture, or a price that was entered, contradicts. */
export function falseClaims(
  estate: Estate,
  scenario: Scenario | null,
  structure: Structure,
  updates: readonly TargetUpdateStep[],
  ledger: Ledger,
  language: Language,
): TargetMistake[] {
  const { mistakes } = texts(language).targets;
  return (scenario?.removes ?? []).flatMap((name, index): TargetMistake[] => {
    const problem = estate.problems.find(({ id }) => id === name);
    const left = problem?.about && whatIsLeft(problem.about, scenario, structure, updates, ledger, language);
    if (!problem || !left) return [];
    return [
      {
        code: 'claims-too-much',
        at: `scenarios/${scenario?.id}/removes/${index}`,
        title: mistakes['claims-too-much'](say(problem.title, language), left),
      },
    ];
  });
}

/** What of a problem is still there; empty: nothing that the picture shows. */
function whatIsLeft(
  about: NonNullable<Estate['problems'][number]['about']>,
  scenario: Scenario | null,
  { paths, singlePoints }: Structure,
  updates: readonly TargetUpdateStep[],
  ledger: Ledger,
  language: Language,
): string {
  const { left } = texts(language).targets;
  switch (about) {
    case 'availability':
      return singlePoints.length === 0 ? '' : left.availability(singlePoints.map((p) => p.title).join(', '));
    case 'scaling': {
      const isWide = paths
        .flatMap(({ parts }) => parts)
        .some(({ roles, redundancy }) => redundancy.kind === 'parallel' && roles.some((r) => GROWS.has(r)));
      return isWide ? '' : left.scaling();
    }
    case 'cost': {
      const now = moneyAt(ledger, COSTS.perMonth(AS_IS));
      const then = moneyAt(ledger, COSTS.perMonth(scenario?.id ?? AS_IS));
      const isKnown = now.known && then.known && now.value.currency === then.value.currency;
      return isKnown && then.value.amount >= now.value.amount ? left.cost() : '';
    }
    case 'updates': {
      const cuts = updates.find(({ stops }) => stops.length > 0);
      return updates.length === 0 ? left.noUpdates() : cuts ? left.updates(cuts.title) : '';
    }
    default:
      return assertNever(about);
  }
}
const GROWS: ReadonlySet<string> = new Set(['web', 'application']);
