import type { rejoinView as en } from '../en/rejoin-view';

export const rejoinView: typeof en = {
  title: 'Réintégration',
  open: 'Réintégrer…',
  openFor: (node) => `Réintégrer ${node}…`,
  palette: (node) => `${node} : réintégrer`,
  apart: 'À l’écart de la réplication',
  island: (node, primary) => `${node} ne suit personne, et personne ne le suit. ${primary} est suivi.`,
  notLive: 'C’est le passé. Le retour d’un serveur se décide sur ce qui est vrai maintenant.',
  notAsked: 'Il n’est pas dit quel serveur doit revenir.',
  disarmed: 'Cette console est désarmée.',
  disarmedMore:
    'Regarder interroge les comptes d’action des deux serveurs, et lit les binlogs de celui qui revient. Ils ne sont interrogés que si la console est armée ; rien n’est changé.',

  looking: (server) => `Relevé de ce que ${server} détient. Rien n’est changé sur aucun serveur.`,
  steps: (server) => [
    'L’historique est demandé aux deux serveurs.',
    `Ce que ${server} détient à lui seul est lu dans ses binlogs : des minutes, s’ils sont gros.`,
    'Une copie en est conservée sur ce poste. Puis chaque manière de revenir est pesée.',
  ],

  headline: {
    subset: (server, primary) => `${server} ne détient rien que ${primary} n’ait pas.`,
    ahead: (server, primary, count) => `${server} détient ${count} que ${primary} n’a pas.`,
    unknown: (server) => `On ne sait pas ce que ${server} détient à lui seul.`,
  },
  transactions: (count, one) => (one ? `${count} transaction` : `${count} transactions`),
  nobody: 'le primaire',
  history: 'Ce qu’il détient à lui seul',
  historyMore: {
    subset: 'Il peut suivre tel quel. Rien n’est perdu par son retour.',
    ahead:
      'Elles y ont été validées et ne sont parvenues à personne d’autre. Pour suivre, il doit y renoncer, ou rester à l’écart. Elles ne sont jamais sautées.',
    unknown:
      'Rien n’est recommandé tant qu’il en est ainsi. Il détient peut-être des transactions que personne d’autre n’a.',
  },
  notRead: 'Leurs lignes n’ont pas pu être lues.',

  ways: 'Comment il pourrait revenir',
  waysMore: 'Chaque manière est d’abord planifiée et montrée en entier. En choisir une n’envoie rien.',
  way: {
    attach: 'Le rebrancher tel quel',
    flashback: 'Annuler ses propres transactions, puis le rebrancher',
    rebuild: 'Le reconstruire d’une copie',
    quarantine: 'Le garder à l’écart, fermé',
  },
  says: {
    attach: (server, primary) =>
      `${server} suit ${primary}, et est redémarré pour prouver comment il revient.`,
    flashback: (server) =>
      `Ce que ${server} détient à lui seul y est défait ligne à ligne, après avoir été sauvegardé, puis comparé au primaire.`,
    rebuild: (server) => `Toutes les données de ${server} sont remplacées par une copie d’un autre serveur.`,
    quarantine: (server) => `${server} reste fermé à chaque démarrage et ne suit personne.`,
  },
  loss: {
    none: 'Rien n’est perdu : il ne détient rien à lui seul.',
    givenUp: (count, server) => `${count} de ${server} seul sont abandonnées. Une copie est conservée.`,
    kept: (count, server) => `${count} restent sur ${server} seul. Personne d’autre ne les a.`,
    unknown: (server) => `On ne sait pas combien de ${server} seul serait abandonné.`,
  },
  can: { can: 'possible', cannot: 'impossible', unknown: 'inconnu' },
  recommended: 'recommandé',
  nothingRecommended: 'Aucune manière n’est recommandée.',
  choose: (way) => `Planifier : ${way}`,
  planning: 'Nouveau relevé et plan en cours. Rien n’est changé sur aucun serveur.',
  otherWay: 'Une autre manière',
  stay: 'Le laisser tel quel',
};
