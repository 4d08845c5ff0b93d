import type { measureErrors as en } from '../en/measure-errors';

export const measureErrors: typeof en = {
  E_MEASURE_UNKNOWN: (p) => ({
    sentence: `Aucune mesure «\u00a0${p.what}\u00a0» n’existe pour ${p.name} dans cet estate.`,
    remedy: 'Regarder ce qui peut être mesuré\u00a0: patronus measure list.',
  }),
  E_MEASURE_TREES: (p) => ({
    sentence: `Personne n’a dit où se trouvent les fichiers de ${p.name}, et le dernier relevé n’a vu aucun partage.`,
    remedy: 'Regarder d’abord le serveur de fichiers, ou nommer le chemin\u00a0: --tree CHEMIN.',
  }),
  E_MEASURE_BUSY: (p) => ({
    sentence: `La mesure ${p.what} de ${p.name} est en cours\u00a0; deux à la fois se mesureraient l’une l’autre.`,
    remedy: 'Attendre qu’elle soit finie, ou l’annuler.',
  }),
};
