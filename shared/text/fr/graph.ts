import type { graph as en } from '../en/graph';

export const graph: typeof en = {
  group: (tier, n) => (n === 1 ? `${tier}, 1 serveur` : `${tier}, ${n} serveurs`),
  open: 'Ouvrir',
  fold: 'Replier',
  foldAll: 'Replier tous les groupes',
  openAll: 'Ouvrir tous les groupes',
  links: (n) => (n < 2 ? `${n} lien` : `${n} liens`),
  linksOf: (n, all) => `${n} lien${n < 2 ? '' : 's'} sur ${all}`,
  strangers: (n) => (n === 1 ? '1 autre adresse' : `${n} autres adresses`),
  found: (at, all) => `${at} sur ${all}`,
  foundAll: (all) => (all === 1 ? '1 trouvé, Entrée y va' : `${all} trouvés, Entrée y va`),
  matching: (n) => (n === 1 ? '1 trouvé' : `${n} trouvés`),
  linked: (n) => (n === 1 ? '1 lié' : `${n} liés`),
};
