import type { InputProblem } from '../../units/outcome';
import type { whatIfErrors as en } from '../en/what-if-errors';
import { planFigures } from './plan-figures';

/** Comment s’écrit chaque changement. */
const form = (option: string): string =>
  ({
    fail: '--fail NŒUD',
    drain: '--drain NŒUD',
    cut: '--cut LIEN',
    remove: '--remove SERVICE',
    set: '--set CHEMIN=VALEUR UNITÉ, par exemple --set dataSets/files/size=2To',
    load: '--load MULTIPLE, par exemple --load 2x',
    scenario: '--in SCÉNARIO',
  })[option] ?? option;

const thing = (type: string): string =>
  ({
    node: 'un service, un emplacement (service@hôte), un hôte ou un site',
    link: 'un lien',
    service: 'un service',
    input: 'une valeur du plan',
    scenario: 'un scénario',
  })[type] ?? type;

const problem = (type: string, got: string): string =>
  Object.hasOwn(planFigures.problems, type) ? planFigures.problems[type as InputProblem](got) : type;

const advice = (meant: string, listed: string, type: string): string => {
  if (meant !== '?') return `Vouliez-vous dire ${meant}\u00a0?`;
  return listed === '?' ? `Nommer ${thing(type)} de ce parc.` : `Il y a\u00a0: ${listed}.`;
};

/** Ce qui empêche un « et si… »\u00a0; chaque phrase nomme le changement tel qu’il a été saisi. */
export const whatIfErrors: typeof en = {
  E_WHATIF_FORM: (p) => ({
    sentence: `«\u00a0${p.text}\u00a0» ne peut pas être lu après --${p.type === 'scenario' ? 'in' : p.type}.`,
    remedy: `Écrire ${form(p.type)}.`,
  }),
  E_WHATIF_NAME: (p) => ({
    sentence: `«\u00a0${p.what}\u00a0»\u00a0: ${p.name} n’est pas ${thing(p.type)} de ce parc.`,
    remedy: advice(p.expected, p.text, p.type),
  }),
  E_WHATIF_VALUE: (p) => ({
    sentence: `«\u00a0${p.what}\u00a0»\u00a0: ${p.path} ne peut pas valoir ${p.got}. ${problem(p.type, p.got)}`,
    remedy: `Saisir une valeur comme 1 ${p.expected}.`,
  }),
  E_WHATIF_TWICE: (p) => ({
    sentence: `«\u00a0${p.what}\u00a0» est le second scénario, et un essai ne part que d’un seul.`,
    remedy: 'Nommer un seul scénario.',
  }),
};
