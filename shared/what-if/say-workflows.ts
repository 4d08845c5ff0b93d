import type { Language } from '../contract';
import { assertNever } from '../errors';
import { inputAt } from '../plan/ledger/derived';
import { say, texts } from '../text';
import type { WhatIf } from '../views/what-if';
import { valueText } from './figure';
import { PATHS } from './inputs';
import type { Scene } from './scene';
import type { SideEffect } from './side-effects';
import type { Cause, StepEffect, Verdict, WorkflowEffect } from './workflow-effects';

/** Workflows with their steps, in words. */
export const sayWorkflows = (
  scene: Scene,
  effects: readonly WorkflowEffect[],
  language: Language,
): WhatIf['workflows'] =>
  effects.map((effect) => ({
    id: effect.workflow.id,
    title: say(effect.workflow.title, language),
    actor: actorName(scene, effect, language),
    verdict: effect.verdict,
    text: verdictText(effect, language),
    steps: effect.steps.map(({ step, effect: what }) => ({
      n: step.n,
      title: say(step.title, language),
      conditional: step.conditional ?? false,
      state: what.kind,
      why: whyText(scene, what, language),
    })),
  }));

const actorName = ({ estate }: Scene, { actor }: WorkflowEffect, language: Language): string | null => {
  const found = estate.actors.find(({ id }) => id === actor);
  return found ? say(found.title, language) : null;
};

function verdictText(effect: WorkflowEffect, language: Language): string {
  const words = texts(language).whatIf.workflow;
  switch (effect.verdict) {
    case 'works':
      return words.works();
    case 'slower':
      return words.slower();
    case 'sometimes':
      return words.sometimes(failingSteps(effect, language));
    case 'broken':
      return words.broken(firstBroken(effect));
    default:
      return assertNever(effect.verdict);
  }
}

const failingSteps = ({ steps }: WorkflowEffect, language: Language): string =>
  texts(language).whatIf.workflow.steps(
    steps.filter(({ effect }) => effect.kind === 'fails').map(({ step }) => step.n),
  );

const firstBroken = ({ steps }: WorkflowEffect): number =>
  steps.find(({ step, effect }) => effect.kind === 'fails' && !step.conditional)?.step.n ?? 0;

function whyText(scene: Scene, effect: StepEffect, language: Language): string {
  const words = texts(language).whatIf.step;
  switch (effect.kind) {
    case 'works':
      return '';
    case 'waits': {
      const timeout = inputAt(scene.ledger, PATHS.timeout(effect.policy));
      return words.waits(
        timeout.known
          ? valueText(timeout.value.likely, 'duration', language)
          : texts(language).whatIf.unknown,
      );
    }
    case 'skipped':
      return words.skipped(effect.end);
    case 'not-reached':
      return words.after(effect.after);
    case 'fails':
    case 'postponed':
      return causeText(effect.cause, language);
    default:
      return assertNever(effect);
  }
}

function causeText(cause: Cause, language: Language): string {
  const words = texts(language).whatIf.step;
  return cause.kind === 'cut' ? words.cut(cause.link) : words[cause.how](cause.end);
}

const RANK: Record<Verdict, number> = { works: 0, slower: 1, sometimes: 2, broken: 3 };
/** Not news by itself: it says what this what-if cannot name. */
const REMARKS: ReadonlySet<SideEffect['kind']> = new Set(['all-instances']);

/** What it all comes to: the worst workflow, and how much stops beside it. `beside` counts routing and side effects. */
export function verdictSentence(
  scene: Scene,
  effects: readonly WorkflowEffect[],
  beside: readonly { code: string }[],
  language: Language,
): string {
  const { verdict: words, everybody } = texts(language).whatIf;
  if (scene.changes.length === 0) return words.none();
  const worst = [...effects].sort((a, b) => RANK[b.verdict] - RANK[a.verdict])[0];
  const count = beside.filter(({ code }) => !REMARKS.has(code as SideEffect['kind'])).length;
  const more = count === 0 ? [] : [words.beside(count)];
  if (!worst || worst.verdict === 'works') return count === 0 ? words.nothing() : words.besideOnly(count);
  const title = say(worst.workflow.title, language);
  switch (worst.verdict) {
    case 'slower':
      return [words.slower(title), ...more].join(' ');
    case 'sometimes':
      return [words.sometimes(title, everybody, failingSteps(worst, language)), ...more].join(' ');
    case 'broken':
      return [words.broken(title, everybody, firstBroken(worst)), ...more].join(' ');
    default:
      return assertNever(worst.verdict);
  }
}
