import type { Language, LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import { inputAt } from '../plan/ledger/derived';
import type { Snapshot } from '../snapshot';
import { say, texts } from '../text';
import { formatNumber } from '../text/format';
import type {
  TargetComparison,
  TargetCost,
  TargetFigure,
  TargetSinglePoint,
  TargetVariant,
} from '../views/targets';
import { availabilityOf, figureId, mainPath, type TargetBasis, targetBasisOf } from './basis';
import { falseClaims, problemsOf, rollingUpdateOf } from './claims';
import { costsOf, HORIZONS } from './costs';
import { effortOf } from './effort';
import { figureOf, formatMoney } from './figure-text';
import { mistakesOf } from './mistakes';
import { capacityOf, demandViews, pathView } from './part-views';
import { machinesOf } from './servers';
import type { SinglePoint, Structure } from './structure-model';
import { AS_IS, partsIn, type Variant } from './variants';

/**
 * The estate as it is beside each of its targets (`to-be` and `placement`): single points of failure removed and
 * left, availability with and without shared causes, what is left after the loss of a server, what is paid over the
 * years, effort, and what each cannot do. Pure; what nobody has said is unknown and named.
 */
export function compareTargets(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
): TargetComparison {
  const basis = targetBasisOf(estate, entries, snapshot, language);
  const [asIs] = basis.variants;
  const today: Structure = asIs?.made.ok
    ? asIs.made.structure
    : { paths: [], singlePoints: [], singletons: [], clients: [], gaps: [] };
  return {
    variants: basis.variants.map((variant) => variantView(variant, today, estate, basis)),
    missing: [...basis.ledger.values()].filter(({ state }) => state !== 'known').map(({ path }) => path),
  };
}

function variantView(variant: Variant, today: Structure, estate: Estate, basis: TargetBasis): TargetVariant {
  const { language, ledger } = basis;
  const { id, scenario, made } = variant;
  const shown = (name: string) => {
    const key = figureId(id, name);
    const figure = basis.figures.get(key);
    return figureOf(key, figure?.derived ?? inputAt(ledger, key), figure?.unit ?? '', language);
  };
  const head = {
    id,
    title: scenario ? say(scenario.title, language) : texts(language).targets.asIs,
    form:
      scenario?.form === 'placement'
        ? ('placement' as const)
        : scenario
          ? ('to-be' as const)
          : ('as-is' as const),
    note: scenario?.note === undefined ? null : say(scenario.note, language),
    ...problemsOf(estate, scenario, language),
    cannot: (scenario?.cannot ?? []).map((text) => say(text, language)),
  };
  const mistakes = mistakesOf(variant, today, language);
  if (!made.ok) {
    return {
      ...head,
      mistakes,
      paths: [],
      singlePoints: { left: [], removed: [] },
      capacity: [],
      demands: [],
      cost: null,
      effort: null,
      rollingUpdate: [],
    };
  }
  const { structure } = made;
  const machines = machinesOf(made.estate, language);
  const rollingUpdate = rollingUpdateOf(structure, scenario, machines.of, language);
  const parts = partsIn(structure);
  return {
    ...head,
    mistakes: [...mistakes, ...falseClaims(estate, scenario, structure, rollingUpdate, ledger, language)],
    paths: structure.paths.map((path) => pathView(path, made.estate, ledger, shown, language)),
    singlePoints: singlePointsOf(structure, today, language),
    capacity: parts.map((part) => capacityOf(part, shown)),
    demands: demandViews(made.estate, parts, ledger, shown, language),
    cost: costView(id, structure, basis, shown),
    effort: id === AS_IS ? null : effortOf(estate, made.estate, shown('effort')),
    rollingUpdate,
  };
}

/** What is still alone, and what was in the estate as it is and is no longer. */
function singlePointsOf(
  here: Structure,
  today: Structure,
  language: Language,
): TargetVariant['singlePoints'] {
  const titles = new Map(
    [...today.paths, ...here.paths].map(({ workflow, title }) => [workflow, say(title, language)]),
  );
  const view = ({ server, title, because, workflows }: SinglePoint): TargetSinglePoint => ({
    server,
    title,
    because: texts(language).targets.because[because],
    stops: workflows.map((workflow) => titles.get(workflow) ?? workflow),
  });
  const alone = new Set(here.singlePoints.flatMap(({ services }) => services));
  return {
    left: here.singlePoints.map(view),
    // A machine may have another name in the target: what counts is whether its services are still alone.
    removed: today.singlePoints.filter(({ services }) => !services.some((id) => alone.has(id))).map(view),
  };
}

function costView(
  variant: string,
  { paths }: Structure,
  basis: TargetBasis,
  shown: (name: string) => TargetFigure,
): TargetCost {
  const { ledger, language } = basis;
  const isAsIs = variant === AS_IS;
  return {
    perMonth: shown('per-month'),
    once: isAsIs ? null : shown('once'),
    outagePerYear: shown('outage-per-year'),
    overYears: HORIZONS.map((years) => ({
      years,
      paid: shown(`paid/${years}`),
      withOutages: shown(`with-outages/${years}`),
    })),
    breakEven: isAsIs ? null : shown('break-even'),
    breakEvenText: breakEvenText(),
  };

  function breakEvenText(): string {
    const { breakEven: found } = costsOf(variant, availabilityOf(mainPath(paths), ledger), ledger);
    if (!found?.known) return '';
    const { breakEven } = texts(language).targets;
    const { value } = found;
    if (value.kind === 'after') return breakEven.after(formatNumber(value.months, language));
    if (value.moreEachMonth === 0) return breakEven.never0();
    return breakEven.never(
      formatMoney(value.moreEachMonth, basis.figures.get(figureId(variant, 'per-month'))?.unit ?? ''),
    );
  }
}
