import type { FormulaId } from '../../plan/ledger/formulas';
import type { InputProblem } from '../../units/outcome';

/** What is wrong with an input, said at its place of entry; `value` is what stands there. */
const problems: Record<InputProblem, (value: string) => string> = {
  missing: () => 'Nobody has said yet.',
  'not-a-number': () => 'This is no number.',
  negative: (value) => `${value} is below zero.`,
  zero: () => 'With zero there, nothing would ever be done.',
  'over-one': (value) => `${value} is more than all of it.`,
  'not-whole': (value) => `${value} is not a whole number.`,
  absurd: (value) => `${value} is beyond anything that can be meant here.`,
  'unknown-unit': (value) => `The console does not know the unit ${value}.`,
  'wrong-unit': (value) => `${value} measures something else.`,
  'range-without-value': (value) => `The value lies outside its range ${value}.`,
  uncited: () => 'A reference needs a citation.',
  'price-by-reference': () => 'A price is entered by a person, never built in.',
  contradictory: (value) => `${value} contradicts another input.`,
  duplicate: () => 'This name is there twice.',
  'unknown-need': (value) => `There is no ${value} to wait for.`,
  cycle: () => 'These steps wait for each other.',
  'too-few': (value) => `${value} are too few to tell.`,
  'impossible-time': (value) => `No clock shows ${value}.`,
  'ambiguous-time': (value) => `The clock shows ${value} twice that night. Say which.`,
  'unknown-zone': (value) => `${value} is no time zone.`,
  overlapping: () => 'Two spans hold the same hour.',
  'never-open': () => 'There is no hour in which anything is carried.',
  'never-ends': () => 'With this value it never ends.',
};

/** What each formula is called, over its symbols. */
const formulas: Record<FormulaId, string> = {
  throughput: 'Effective throughput',
  'bytes-at-rate': 'Bytes at a rate',
  'files-one-by-one': 'Files one by one',
  'transfer-time': 'Time of a transfer',
  'delta-passes': 'File passes and their floor',
  'all-passes': 'All passes after the first',
  'final-pass': 'The last pass',
  'passes-until': 'Passes until one is short enough',
  'dump-and-load': 'Dump and load',
  'catch-up': 'Catching up of a replica',
  'longest-path': 'Longest path of the steps',
  simulation: 'Simulated runs',
  'turn-back': 'Turn-back time',
  'downtime-budget': 'Downtime allowance',
  availability: 'Availability',
  series: 'All are needed',
  parallel: 'One is enough',
  'some-of': 'Some are enough',
  'common-cause': 'Two that share causes',
  'pair-with-failover': 'A pair with failover',
  'client-choice': 'Random choice of the client',
  'erlang-b': 'Share turned away',
  'erlang-c': 'Share that waits',
  'little-law': 'How many at once',
  'dns-tail': 'Requests to the old address',
  'net-present-value': 'Net present value',
  'break-even': 'Break-even',
  'outage-cost': 'Cost of outages',
  'total-cost': 'Sum of the costs',
};

export const planFigures = { problems, formulas };
