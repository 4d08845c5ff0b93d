import type { ErrorTexts } from '../error-params';

/** What keeps a run from beginning, and how its steps can end. */
export const runErrors = {
  E_RUN_NAME: (p) => ({
    sentence: `What was typed is not the name of the server that this is about: ${p.expected}.`,
    remedy: 'Look again which server it is, then type its name.',
  }),
  E_DRIFT: (p) => ({
    sentence: `The servers are no longer as the plan was made for: ${p.what}. Nothing was changed.`,
    remedy: 'Make a new plan.',
  }),
  E_PRECONDITION: (p) => ({
    sentence: `What the plan needs does not hold now: ${p.what}. Nothing was changed.`,
    remedy: 'Wait until it holds, or make a new plan.',
  }),
  E_RUN_OPEN: (p) => ({
    sentence: `A run of ${p.name} was begun and has not ended: ${p.id}.`,
    remedy:
      'Resume it, undo it, or hand it over first. One of another desk can be taken over: patronus run take-over.',
  }),
  E_PLAN_INVALID: (p) => ({
    sentence: `The plan contradicts itself: ${p.text}`,
    remedy: 'Copy the report; this is a fault of the console.',
  }),
  E_PLAN_CHANGED: (p) => ({
    sentence: `The plan of ${p.id} is not the one that was confirmed.`,
    remedy: 'Make a new plan. If the run has begun, put the file of its plan back, or undo by hand.',
  }),
  E_PAST_NO_RETURN: (p) => ({
    sentence: `${p.id} has passed its point of no return: it cannot be undone.`,
    remedy: 'Resume it, or hand it over.',
  }),
  E_NO_RUN: (p) => ({
    sentence: `There is no run ${p.id} of this estate.`,
    remedy: 'Look at the list of runs.',
  }),
  E_RUN_BUSY: (p) => ({
    sentence: `${p.id} is acting now.`,
    remedy: 'Wait until its step is over, or hold it.',
  }),
  E_RUN_CLOSED: (p) => ({
    sentence: `${p.id} has ended: nothing can be done with it any more.`,
    remedy: 'Make a new plan.',
  }),
  E_NOT_ASKED: (p) => ({
    sentence: `${p.id} does not wait for a decision at ${p.name}.`,
    remedy: 'Look where the run stands now.',
  }),
  E_THROTTLE: (p) => ({
    sentence: `The pace of ${p.name} in ${p.id} cannot be set to ${p.text}: its levels are ${p.what}.`,
    remedy: 'Name one of its levels, while the step is not over.',
  }),
  E_OTHER_PERSON: (p) => ({
    sentence: `Two people have to agree at ${p.name}; this person has already.`,
    remedy: 'Let somebody else decide too.',
  }),
  E_NOT_AS_PREDICTED: (p) => ({
    sentence: `Before ${p.name} the servers were not as they should be: ${p.what}. The step was not begun.`,
    remedy: 'Find out who changed it; then resume, or undo.',
  }),
  E_NOT_PROVED: (p) => ({
    sentence: `${p.name} was answered, and what it should have changed does not show: ${p.what}.`,
    remedy: 'Look at the servers; then resume, or undo.',
  }),
  E_WAIT_OVER: (p) => ({
    sentence: `${p.name} was not so within ${p.seconds} s: ${p.what}.`,
    remedy: 'Look what it waits for; then resume, or undo.',
  }),
  E_ROUNDS_OVER: (p) => ({
    sentence: `${p.name} was not so after ${p.limit} rounds: ${p.what}.`,
    remedy: 'Look what stands against it; then resume, or undo.',
  }),
  E_COMMAND_FAILED: (p) => ({
    sentence: `${p.host}: a command of ${p.name} ended with ${p.status}: ${p.text}`,
    remedy: 'Look at the output; then resume, or undo.',
  }),
  E_NO_OUTPUT: (p) => ({
    sentence: `${p.name} cannot go on: no server has told ⟨${p.what}⟩.`,
    remedy: 'Undo, and make a new plan.',
  }),
  E_NO_GO: (p) => ({
    sentence: `Somebody said no at ${p.name}.`,
    remedy: 'Resume to be asked again, or undo.',
  }),
  E_NOT_UNDONE: (p) => ({
    sentence: `${p.name} was taken back, and what it had changed is not as it was: ${p.what}.`,
    remedy: 'Put it right by hand, then undo again.',
  }),
} satisfies ErrorTexts;
