import type { InputProblem } from '../../units/outcome';
import type { ErrorTexts } from '../error-params';
import { planFigures } from './plan-figures';

/** How each change is written. */
const form = (option: string): string =>
  ({
    fail: '--fail NODE',
    drain: '--drain NODE',
    cut: '--cut LINK',
    remove: '--remove SERVICE',
    set: '--set PATH=VALUE UNIT, for example --set dataSets/files/size=2TB',
    load: '--load TIMES, for example --load 2x',
    scenario: '--in SCENARIO',
  })[option] ?? option;

const thing = (type: string): string =>
  ({
    node: 'a service, a place of one (service@host), a host or a site',
    link: 'a link',
    service: 'a service',
    input: 'an input of the plan',
    scenario: 'a scenario',
  })[type] ?? type;

const problem = (type: string, got: string): string =>
  Object.hasOwn(planFigures.problems, type) ? planFigures.problems[type as InputProblem](got) : type;

const advice = (meant: string, listed: string, type: string): string => {
  if (meant !== '?') return `Did you mean ${meant}?`;
  return listed === '?' ? `Name ${thing(type)} of this estate.` : `There are: ${listed}.`;
};

/** What keeps a what-if from being asked; each names the change as it was entered. */
export const whatIfErrors = {
  E_WHATIF_FORM: (p) => ({
    sentence: `“${p.text}” cannot be read after --${p.type === 'scenario' ? 'in' : p.type}.`,
    remedy: `Write ${form(p.type)}.`,
  }),
  E_WHATIF_NAME: (p) => ({
    sentence: `“${p.what}”: ${p.name} is not ${thing(p.type)} of this estate.`,
    remedy: advice(p.expected, p.text, p.type),
  }),
  E_WHATIF_VALUE: (p) => ({
    sentence: `“${p.what}”: ${p.path} cannot be ${p.got}. ${problem(p.type, p.got)}`,
    remedy: `Enter a value such as 1 ${p.expected}.`,
  }),
  E_WHATIF_TWICE: (p) => ({
    sentence: `“${p.what}” is the second scenario, and a what-if starts from one.`,
    remedy: 'Name one scenario.',
  }),
} satisfies ErrorTexts;
