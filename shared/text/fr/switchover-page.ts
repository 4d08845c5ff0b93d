import type { switchoverPage as en } from '../en/switchover-page';

export const switchoverPage: typeof en = {
  open: 'Bascule…',
  title: 'Bascule planifiée',
  cluster: (name) => `cluster ${name}`,
  planWord: 'plan',
  wouldBe: (from, to) => `${from} cesserait de prendre les écritures. ${to} commencerait.`,
  made: (time) => `établi à ${time}`,
  choose: 'Qui commence à prendre les écritures ?',
  chooseMore: (from) =>
    `Aujourd’hui ${from} prend les écritures. Les comptes d’action sont interrogés dès que vous choisissez ; rien n’est changé.`,
  noPrimary:
    'Aucun serveur de ce cluster n’est connu comme prenant les écritures. Il n’y a rien d’où basculer.',
  noCandidate: 'Aucun autre serveur de ce cluster ne pourrait prendre les écritures.',
  notLive: 'Ceci est le passé. Une bascule se planifie sur ce qui est vrai maintenant.',
  disarmed: 'Cette console est désarmée.',
  disarmedMore:
    'Un plan s’établit sur ce que lisent les comptes d’action. Ils ne sont interrogés que console armée ; rien n’est changé.',
  planning: (from, to) =>
    `Interrogation de ${from}, de ${to} et de ceux qui suivent, par les comptes d’action…`,
  planningMore: 'Elle lit et ne change rien.',
  refused: (n) =>
    n === 1 ? 'Refusé, 1 raison. Rien n’a été envoyé.' : `Refusé, ${n} raisons. Rien n’a été envoyé.`,
  refusedMore: 'Toutes les raisons sont là. Chacune dit ce qui la lèverait.',
  override: (text) => `Pour passer outre, tapez « ${text} »`,
  overridden: 'il est passé outre',
  planAgain: 'Refaire le plan',
  planWith: (n) =>
    n === 1 ? 'Refaire le plan en passant outre 1 raison' : `Refaire le plan en passant outre ${n} raisons`,
  beforeAfter: 'Avant et après',
  before: 'Avant',
  after: 'Après',
  follows: (name, source) => `${name} suit ${source}`,
  blind: 'Ce que ceci ne voit pas',
  warnings: 'À savoir',
  overrides: 'Passé outre',
  statements: 'Ce qui sera envoyé, dans cet ordre',
  statementsCount: (n) => (n === 1 ? '1 instruction ou commande' : `${n} instructions et commandes`),
  notRehearsed: 'pas encore répété',
  measured: 'mesuré',
  rehearsed: 'répété',
  assumed: 'supposé',
  unbroken: 'pas de suspension dedans',
  undoable: 'Jusqu’ici, tout peut être annulé et rien n’est perdu.',
  noReturn: 'point de non-retour',
  until: (what) => `jusqu’à ce que : ${what}`,
  limit: (limit) => `${limit} au plus`,
  begins: 'Avant tout : lu et comparé',
  looksShow: (n) => `Montrer aussi les ${n} lectures`,
  looksHide: 'Cacher les lectures',
  secrets: 'Les mots de passe ne sont jamais montrés, ni mis dans une ligne de commande.',
  lossTitle: 'Écritures acquittées perdues : 0',
  loss: (to, from) =>
    `${to} ne prend les écritures qu’une fois en possession de toutes les transactions que ${from} a validées.`,
  lossLimit: (limit) => `Si les écritures devaient s’arrêter plus de ${limit}, tout est annulé.`,
  lossNoLimit: 'Si une étape échoue avant le point de non-retour, tout est annulé.',
  duration: 'Les écritures s’arrêtent pendant',
  durationValue: (p50, p90) => `${p50}, rarement ${p90}`,
  durationUnknown: 'Pas encore répété : la durée n’est pas connue.',
  durationMissing: (n) =>
    n === 1
      ? '1 étape n’a pas encore de durée et n’est pas comptée'
      : `${n} étapes n’ont pas encore de durée et ne sont pas comptées`,
  durationBasis: {
    measured: 'd’après des étapes mesurées sur ces serveurs',
    rehearsed: 'd’après des répétitions',
    assumed: 'supposé d’après des mesures faites ailleurs ; pas encore répété',
  },
  undoneIfLonger: 'annulé au-delà de',
  chart: (p50, p90, limit) =>
    `Les écritures s’arrêtent pendant ${p50}, rarement ${p90} ; tout est annulé après ${limit}.`,
  account: 'Comptes d’action',
  save: 'Enregistrer comme script…',
  saved: (file) => `Enregistré : ${file}`,
  print: 'Imprimer',
  leave: 'Quitter',
  journal:
    'Une ligne de journal est sur disque avant chaque étape. Si ce poste meurt à un moment quelconque, le prochain démarrage montre ce que disent les serveurs et propose ce qui peut être fait.',
  factsNote: 'Un fait qui change, ne peut être lu ou a plus de 2 s referme le bouton.',
};
