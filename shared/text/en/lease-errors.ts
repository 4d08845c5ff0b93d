import type { ErrorTexts } from '../error-params';

/** Why an approval does not let a plan be run. */
const refusal = (code: string): string =>
  ({
    unreadable: 'it is not an approval as patronus approve writes it',
    'other-plan': 'it is for another plan, or the plan was changed afterwards',
    'other-subject': 'it is for another cluster',
    'unknown-key': 'the estate names no such approver',
    'bad-signature': 'its signature is not by a key that the estate names for this approver',
    self: 'who approves and who runs it are the same person',
    expired: 'it has expired',
    'not-yet': 'by the clock of this desk it was signed in the future, or before the plan was made',
    'too-long': 'it would hold for more than a day',
    used: 'the plan has been run already',
  })[code] ?? code;

/** What is wrong with what the servers keep of a run. */
const keptTrouble = (code: string): string =>
  ({
    'no-plan': 'none of them has the plan',
    'no-events': 'it does not say how it began',
    'other-plan': 'the plan is not the one that was begun',
    broken: 'it was altered',
    differs: 'the servers contradict each other',
  })[code] ?? code;

/** One console at a time, what the servers keep of a run, and a second person's word. */
export const leaseErrors = {
  E_LEASE_HELD: (p) => ({
    sentence: `${p.by} is acting on this already, since ${p.since} (${p.name}).`,
    remedy:
      'Ask them. If their console is gone, the servers let go of it after a minute; then the run can be taken over.',
  }),
  E_LEASE_STALE: (p) => ({
    sentence: `${p.host}: ${p.by} began ${p.name} at ${p.since}, and their console is gone.`,
    remedy: 'Ask them, then take the run over: patronus run take-over, with their name or the run.',
  }),
  E_LEASE_LOST: (p) => ({
    sentence: `${p.host}: this console no longer holds the lease; ${p.by} has it.`,
    remedy: 'Find out who acts. This run can be resumed when nobody else holds the lease.',
  }),
  E_RUN_TAKEN: (p) => ({
    sentence: `${p.name} was taken over by ${p.by} at ${p.since}: this desk no longer knows all that was done.`,
    remedy: 'Go on at their desk, or take the run over again here.',
  }),
  E_REMOTE_RECORD: (p) => ({
    sentence: `${p.host}: what a run is to leave there could not be written or read: ${p.text}`,
    remedy:
      'Check the acting account’s home, ~/.patronus, its rights and the free space; flock has to be there.',
  }),
  E_KEPT_RUN: (p) => ({
    sentence: `What the servers keep of ${p.name} cannot be used: ${keptTrouble(p.what)}.`,
    remedy: 'Go on at the desk where it was begun, or read ~/.patronus/runs on the servers and undo by hand.',
  }),
  E_STREAM_DIFFERS: (p) => ({
    sentence: `${p.host}: what ${p.name} streamed is not the same at both ends.`,
    remedy: 'Nothing of it is used. Try again: it begins anew.',
  }),
  E_COMMAND_GONE: (p) => ({
    sentence: `${p.host}: ${p.name} was begun and was ended from outside, or the host restarted: nothing tells how far it came.`,
    remedy: 'Look at what it changes; then resume, or undo.',
  }),
  E_APPROVAL: (p) => ({
    sentence: `The approval does not let this plan be run: ${p.what.split(' ').map(refusal).join('; ')}.`,
    remedy: 'Let one of the estate’s approvers sign this very plan: patronus approve FILE --key KEY.',
  }),
  E_APPROVAL_KEY: (p) => ({
    sentence: `The key or file ${p.file} cannot be used: ${p.text}.`,
    remedy:
      'Name an Ed25519 key in OpenSSH’s form (ssh-keygen -t ed25519), or start the SSH agent that holds it.',
  }),
  E_APPROVAL_MISSING: (p) => ({
    sentence: `${p.name}: the estate wants a second person’s approval, and there is none.`,
    remedy: 'Save the plan with --save FILE, have it signed with patronus approve FILE, then add --approval.',
  }),
} satisfies ErrorTexts;
