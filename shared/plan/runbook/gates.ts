import type { Language } from '../../contract';
import { say, type Texts, texts } from '../../text';
import type { GateReading, PlanGate } from '../../views/plan';
import type { EstateFacts } from './estate-facts';
import type { Instance } from './instantiate';
import type { Role } from './row';
import { rowOf } from './rows';
import { roleOf } from './step-words';

type Words = Texts['planSteps']['readings'];
type Told = Omit<GateReading, 'id' | 'step'>;
type Reading = [id: string, told: Told, step?: string];

/** The go/no-go sheets of a plan: what each gate reads, what it must be and where, who signs, and what a no means. */
export function gatesOf(steps: readonly Instance[], facts: EstateFacts, language: Language): PlanGate[] {
  const words = texts(language).planSteps;
  return steps.flatMap(({ id, row }): PlanGate[] => {
    const { gate } = rowOf(row);
    if (!gate) return [];
    const sheet = SHEETS[gate];
    return [
      {
        step: id,
        gate,
        question: words.gates[sheet.question],
        readings: sheet.readings(facts, words.readings, language).map(([reading, told, step]) => ({
          id: reading,
          ...told,
          step: step ?? null,
        })),
        signs: sheet.signs(facts).map((role) => roleOf(role, words)),
        otherwise: words.gates[sheet.otherwise(facts)],
      },
    ];
  });
}

interface Sheet {
  question: 'begin' | 'promote' | 'open';
  otherwise: (facts: EstateFacts) => keyof Texts['planSteps']['gates'];
  signs: (facts: EstateFacts) => Role[];
  readings: (facts: EstateFacts, words: Words, language: Language) => Reading[];
}

/** Who has data of their own at stake. */
const keepers = ({ databases, trees }: EstateFacts): Role[] => [
  ...(databases.length > 0 ? (['dba'] as const) : []),
  ...(trees.length > 0 ? (['files'] as const) : []),
];

const SHEETS: Record<'G1' | 'G2' | 'G3', Sheet> = {
  G1: {
    question: 'begin',
    otherwise: () => 'otherwiseCancel',
    signs: (facts) => ['lead', ...keepers(facts), 'web', 'business'],
    readings: (facts, words, language) => [
      ['people', words.people],
      ['abort', words.abort, 'rehearse'],
      ['turn-back', words.turnBackSet],
      ['blockers', words.blockers, 'assess'],
      ['backup', words.backup, 'quiet'],
      ['freeze', words.freeze],
      ...facts.databases.flatMap(({ id, title }): Reading[] => [
        [`lag-${id}`, words.lag(say(title, language)), `load-${id}`],
        [`locks-${id}`, words.locks(say(title, language)), 'quiet'],
      ]),
    ],
  },
  G2: {
    question: 'promote',
    otherwise: () => 'otherwiseAbort',
    // Two people, whatever the estate has.
    signs: (facts) => ['lead', ...(keepers(facts).length > 0 ? keepers(facts) : (['web'] as const))],
    readings: (facts, words, language) => [
      ['writers', words.writers, 'freeze'],
      ...facts.databases.flatMap(({ id, title }): Reading[] => [
        [`read-only-${id}`, words.readOnly(say(title, language)), `read-only-${id}`],
        [`equal-${id}`, words.equal(say(title, language)), `drain-${id}`],
      ]),
      ...facts.trees.flatMap(({ id, title }): Reading[] => [
        [`errors-${id}`, words.errors(say(title, language)), `final-pass-${id}`],
        [`hashes-${id}`, words.hashes(say(title, language)), `verify-${id}`],
      ]),
      ['time', words.time],
    ],
  },
  G3: {
    question: 'open',
    otherwise: ({ databases }) => (databases.length > 0 ? 'otherwiseBack' : 'otherwiseForward'),
    signs: (facts) => ['lead', ...keepers(facts), 'business'],
    readings: (facts, words, language) => [
      ...facts.databases.flatMap(({ id, title }): Reading[] => [
        [`one-writer-${id}`, words.oneWriter(say(title, language)), `promote-${id}`],
        [`reverse-${id}`, words.reverse(say(title, language)), `reverse-${id}`],
      ]),
      ...facts.trees.map(
        ({ id, title }): Reading => [
          `reverse-files-${id}`,
          words.reverseFiles(say(title, language)),
          `reverse-files-${id}`,
        ],
      ),
      ...(facts.fronts.length > 0 ? ([['configuration', words.configuration, 'switch']] as Reading[]) : []),
      ['trials', words.trials, 'check'],
    ],
  },
};
