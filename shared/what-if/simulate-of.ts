import type { Language, LedgerEntry } from '../contract';
import { type AppError, assertNever, ok, type Result } from '../errors';
import type { Estate } from '../estate/schema';
import { reshaped } from '../plan/ledger/derived';
import { planBasisOf } from '../plan/plan-of';
import type { Snapshot } from '../snapshot';
import { say, texts } from '../text';
import { formatNumber, unitIn, withUnit } from '../text/format';
import type { Statement, WhatIf, WhatIfFigure } from '../views/what-if';
import { applyChanges, entriesWith, LOAD_PATH } from './apply-changes';
import { allowances, availabilityEffects } from './availability-effects';
import { type Change, printChange } from './change';
import { clientEffects } from './client-effects';
import { dataEffects } from './data-effects';
import { type FigureWords, figureOf } from './figure';
import { inputsOf } from './inputs';
import { loadEffects } from './load-effects';
import { longestOutage, outageSplits } from './outage-split';
import { overlayOf } from './overlay';
import { sayClients, sayLoss, sayRouting, saySideEffect, sayTakeover } from './say-effects';
import { sayLoads } from './say-loads';
import { sayWorkflows, verdictSentence } from './say-workflows';
import { type Scene, struckServices } from './scene';
import { routingEffects, sideEffects } from './side-effects';
import { takeoverOf } from './takeover';
import { workflowEffects } from './workflow-effects';

/**
 * What if: an estate and its ledger with changes laid on them in order, and everything that follows, in the reader's language.
 * Pure, opens nothing and asks nobody; the same changes give the same answer, and without them it is the estate as it is.
 * @returns or every change that names what is not there, or sets what cannot be meant (see `applyChanges`).
 */
export function simulateOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  changes: readonly Change[],
  language: Language = 'en',
): Result<WhatIf, AppError[]> {
  const applied = applyChanges(estate, entries, snapshot, changes, language);
  if (!applied.ok) return applied;
  const scene = applied.value;
  const words = wordsOf(scene, entries, snapshot, language);
  const effects = workflowEffects(scene);
  const breaks = [
    ...clientEffects(scene).flatMap((effect) => sayClients(effect, scene, words)),
    ...routingEffects(scene).map((effect) => sayRouting(effect, scene, words)),
    ...sideEffects(scene).map((effect) => saySideEffect(effect, scene, words)),
  ];
  const takeovers = struckServices(scene).map((service) =>
    sayTakeover(service.id, takeoverOf(scene, service), words),
  );
  const losses = dataEffects(scene).map((effect) => sayLoss(effect, scene, words));
  const loads = changes.length === 0 ? [] : sayLoads(loadEffects(scene), words);
  const times = timesOf(scene, words);
  const text = texts(language).whatIf;
  const titles = changes.map((change) => ({
    entry: printChange(change),
    title: titleOf(change, scene, words),
  }));
  const whatIf: Omit<WhatIf, 'unanswered'> = {
    changes: titles,
    title: text.title(titles.map(({ title }) => title).join(', ')),
    verdict: verdictSentence(scene, effects, breaks, language),
    workflows: sayWorkflows(scene, effects, language),
    breaks,
    takeovers,
    losses,
    ...times,
    loads,
    plan: planWith(scene, entries, snapshot, words),
    overlay: overlayOf(scene, snapshot),
  };
  return ok({ ...whatIf, unanswered: unansweredIn(whatIf, text.pair) });
}

function wordsOf(
  { asIs, estate }: Scene,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): FigureWords {
  const { inputs } = inputsOf(asIs, estate, entries, snapshot, language);
  const titles = new Map(inputs.map(({ path, title }) => [path, title]));
  return { language, titles: titles.set(LOAD_PATH, texts(language).whatIf.inputs.load()) };
}

/** Outages, availability and the month's allowance. */
function timesOf(
  scene: Scene,
  words: FigureWords,
): Pick<WhatIf, 'outages' | 'outage' | 'availability' | 'allowances'> {
  const { outage: text, availability: share } = texts(words.language).whatIf;
  const splits = outageSplits(scene);
  const longest = longestOutage(splits);
  return {
    outages: splits.map(({ service, parts, total }) => ({
      service,
      title: service,
      parts: parts.map(({ part, time }) => ({
        part,
        figure: figureOf(text[part](), time, 'duration', words),
      })),
      total: figureOf(text.total(), total, 'duration', words),
    })),
    outage: longest ? figureOf(text.longest(), longest, 'duration', words) : null,
    availability: availabilityEffects(scene).map(({ path, rows }) => ({
      workflow: path.workflow,
      title: say(path.title, words.language),
      rows: rows.map(({ of, availability, perMonth }) => ({
        of,
        title: share[of](),
        availability: figureOf(share.share(), availability, 'availability', words),
        perMonth: figureOf(share.perMonth(), perMonth, 'duration', words),
      })),
    })),
    allowances: allowances(scene, longest).map(({ requirement, allowed, left }) => ({
      requirement: requirement.id,
      title: say(requirement.title, words.language),
      allowed: figureOf(share.allowed(), allowed, 'duration', words),
      left: left && figureOf(share.left(), left, 'duration', words),
    })),
  };
}

/** The outage of the migration, before and after what was set; null where nothing was. */
function planWith(
  { asIs, changes }: Scene,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  words: FigureWords,
): WhatIf['plan'] {
  if (!changes.some(({ kind }) => kind === 'set')) return null;
  const { plan: text } = texts(words.language).whatIf;
  const outage = (given: readonly LedgerEntry[], title: string): WhatIfFigure => {
    const { figures } = planBasisOf(asIs, given, snapshot, words.language);
    const total = reshaped(figures.outage, ({ total: { optimistic, likely, pessimistic } }) => ({
      low: optimistic * 60,
      likely: likely * 60,
      high: pessimistic * 60,
    }));
    return figureOf(title, total, 'duration', words);
  };
  return {
    before: outage(entries, text.before()),
    after: outage(entriesWith(entries, changes), text.after()),
  };
}

function titleOf(change: Change, { asIs }: Scene, { language, titles }: FigureWords): string {
  const { changes: text } = texts(language).whatIf;
  switch (change.kind) {
    case 'fail':
    case 'drain':
      return text[change.kind](change.node);
    case 'cut':
      return text.cut(change.link);
    case 'remove':
      return text.remove(change.service);
    case 'set': {
      const value = withUnit(formatNumber(change.value, language), unitIn(change.unit, language));
      return text.set(titles.get(change.path) ?? change.path, value);
    }
    case 'load':
      return text.load(formatNumber(change.times, language));
    case 'scenario': {
      const scenario = asIs.scenarios.find(({ id }) => id === change.id);
      return text.scenario(scenario ? say(scenario.title, language) : change.id);
    }
    default:
      return assertNever(change);
  }
}

/** Every number of a what-if that nobody can tell yet, once for each question. */
function unansweredIn(
  whatIf: Omit<WhatIf, 'unanswered'>,
  pair: (of: string, title: string) => string,
): WhatIf['unanswered'] {
  const open = (figures: readonly (WhatIfFigure | null)[], of = '') =>
    figures.flatMap((figure) =>
      figure && figure.value === null
        ? [{ title: of === '' ? figure.title : pair(of, figure.title), missing: figure.missing }]
        : [],
    );
  const stated = (list: readonly Statement[]) => list.flatMap(({ figures }) => open(figures));
  const all = [
    ...whatIf.outages.flatMap(({ title, total }) => open([total], title)),
    ...stated(whatIf.breaks),
    ...stated(whatIf.losses),
    ...stated(whatIf.loads),
    ...whatIf.availability.flatMap(({ title, rows }) =>
      open(
        rows.map((row) => row.availability),
        title,
      ),
    ),
    ...whatIf.allowances.flatMap(({ title, allowed, left }) => open([allowed, left], title)),
    ...(whatIf.plan ? open([whatIf.plan.after]) : []),
  ];
  return [...new Map(all.map((each) => [each.title, each])).values()];
}
