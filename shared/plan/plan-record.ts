import { canonical } from '../runbook/fingerprint';
import type { Plan, PlanStep } from '../views/plan';
import { sha256 } from './sha256';

/**
 * What a plan says, whatever the language: its steps, their times, the window, and every input with value and source. Slots for
 * what only the day knows are left empty, because they are words. When something was read is no part of it.
 */
function planContent(plan: Plan) {
  return {
    window: plan.window.state === 'unset' ? null : plan.window.entered,
    steps: plan.steps.map(stepContent),
    rollback: plan.rollback.map(stepContent),
    gates: plan.gates.map(({ step, gate, readings, signs }) => ({
      step,
      gate,
      readings: readings.map(({ id }) => id),
      signs: signs.map(({ role }) => role),
    })),
    inputs: plan.assumptions.map(({ path, value, unit, source }) => ({ path, value, unit, source })),
    blockers: plan.blockers.map(({ code, nodes }) => ({ code, nodes })),
  };
}

function stepContent({ id, number, needs, minutes, owner, backup, commands, undo, ...step }: PlanStep) {
  return {
    id,
    number,
    needs,
    minutes,
    owner: owner.role,
    backup: backup.role,
    commands: commands.map(({ text, dialect }) => [dialect, withoutSlots(text)]),
    undo: undo && { minutes: undo.minutes, commands: undo.commands.map(({ text }) => withoutSlots(text)) },
    nature: step.nature,
    runsBy: step.runsBy,
  };
}

const withoutSlots = (text: string): string => text.replace(/⟨[^⟩]*⟩/g, '⟨⟩');

/** Names a plan by what it says: SHA-256, hexadecimal, the same in both languages and on every machine. */
export const planHash = (plan: Plan): string => sha256(canonical(planContent(plan)));

/** "9f3c·41ae": enough to tell two plans apart by eye. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)}·${hash.slice(4, 8)}`;
