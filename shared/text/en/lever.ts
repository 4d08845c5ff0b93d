import type { SaidTable } from '../procedures';

const steps = (count = '?') => (count === '1' ? '1 step is' : `${count} steps are`);
/**
 * What will happen, in one sentence, and why the button is closed. `subject`: what the run is about; `holder`: who has
 * it elsewhere; `steps`: how many undoing takes back; `step`: number of the gate or the repeated step.
 */
const said = {
  resume: ({ subject }) => `The run on ${subject} goes on where it stopped.`,
  undo: ({ subject, steps: count }) => `${steps(count)} taken back on ${subject}, the newest first.`,
  'hand-over': ({ subject }) => `This console lets go of the run on ${subject}. Others see to it.`,
  'take-over': ({ subject, holder }) => `This console takes the run on ${subject} from ${holder}.`,
  go: ({ subject, step }) => `Step ${step}: go. The run on ${subject} goes on.`,
  'no-go': ({ subject, step }) => `Step ${step}: no go. The run on ${subject} stops here.`,
  again: ({ step }) => `Step ${step}: one more round.`,
  enough: ({ subject, step }) => `Step ${step}: no more rounds. The run on ${subject} goes on.`,
  disarmed: () => 'The console is disarmed.',
  busy: () => 'It is being done.',
  pulled: () => 'It has begun.',
  'no-way': () => 'The run no longer stands where this can be done.',
  name: () => 'Opens when the name matches.',
  'second-person': () => 'Opens when a second person has approved.',
  'second-person-refused': () => 'The approval does not hold.',
  readings: () => 'Opens when all facts hold and are under 2 s old.',
  settling: () => 'Opens in a moment.',
} satisfies SaidTable;
/** On the button: what it does. */
const act = {
  resume: () => 'Go on with the run',
  undo: ({ steps: count }) => (count === '1' ? 'Take 1 step back' : `Take ${count} steps back`),
  'hand-over': () => 'Let go of the run',
  'take-over': ({ holder }) => `Take the run from ${holder}`,
  go: ({ step }) => `Go at step ${step}`,
  'no-go': ({ step }) => `No go at step ${step}`,
  again: () => 'One more round',
  enough: () => 'No more rounds, go on',
} satisfies SaidTable;

/** Main's own surface, on which alone anything is begun, and what main itself says of acting. */
export const lever = {
  said,
  act,
  /** On the button that starts a plan: by procedure, then for any other. */
  start: {
    switchover: (name: string) => `Stop writes on ${name} and switch`,
    rejoin: (name: string) => `Bring ${name} back`,
  } as Readonly<Record<string, (name: string) => string>>,
  startOther: (name: string) => `Start: ${name}`,
  actingAs: 'Acting account',
  actingNone: 'The estate names no acting account.',
  /** By procedure, then for any other. */
  typeName: {
    switchover: 'Type the name of the server that stops taking writes',
    failover: 'Type the name of the server that is given up',
    rejoin: 'Type the name of the server that comes back',
  } as Readonly<Record<string, string>>,
  typeOther: 'Type the name of the server that it is about',
  typeHolder: 'Type the name of who holds the run',
  expected: (name: string) => `Expected: ${name}`,
  matches: 'The name matches.',
  left: (count: number) => (count === 1 ? '1 more character' : `${count} more characters`),
  other: 'That is another name.',
  pasteRefused: 'Pasting is refused: the name is typed.',
  enter: 'Enter does not start anything; press the button.',
  readings: 'Facts, read again each second',
  readingsNone: 'Reading the facts…',
  allHold: (count: number, age: string) => `All ${count} hold. Oldest: ${age}.`,
  someNot: (count: number, all: number) => `${count} of ${all} ${count === 1 ? 'does' : 'do'} not hold.`,
  someUnknown: (count: number, all: number) => `${count} of ${all} cannot be told.`,
  tooOld: (age: string) => `The oldest is ${age} old: too old. It must be under 2 s.`,
  clockBack: 'The clock of this desk went back: what was read is worth nothing.',
  mustBe: (value: string) => `must be ${value}`,
  unknown: 'unknown',
  secondPerson: 'Second person',
  approvedBy: (name: string) => `Approved by ${name}.`,
  approvalMissing: (names: string) => `Wanted from one of: ${names}.`,
  approvalChoose: 'Open an approval…',
  leave: 'Leave everything as it is',
  nothingSent: 'Nothing has been sent yet.',
  written:
    'The journal is written to disk before the first step. If this desk dies at any point, the next start shows what the servers say and offers resume or undo.',
  /** The window's title while acting is possible. */
  armedTitle: (estate: string) => `ARMED · ${estate} · Patronus Console`,
  disarmedTitle: 'Patronus Console',
  notQuit: {
    title: 'A run is under way',
    detail: (subjects: string) =>
      `This console acts on ${subjects}. Quitting now would leave it half-way.\nLet it end, undo it, or hand it over; then quit.`,
    stay: 'Stay',
  },
  /** One sentence on the desktop: who is needed, or how it ended. */
  notice: {
    gate: (subject: string, step: string, time: string) =>
      `${subject}: step ${step} waits for a person since ${time}.`,
    failed: (subject: string, step: string, time: string) =>
      `${subject}: step ${step} failed at ${time}; the run has stopped.`,
    unknown: (subject: string, step: string, time: string) =>
      `${subject}: what became of step ${step} is not known since ${time}.`,
    done: (subject: string, time: string) => `${subject}: the run is done, at ${time}.`,
    undone: (subject: string, time: string) => `${subject}: the run was undone, at ${time}.`,
    left: (subject: string, time: string) => `${subject}: the run ended and was left as it is, at ${time}.`,
  },
};
