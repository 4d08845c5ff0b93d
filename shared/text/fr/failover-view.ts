import type { failoverView as en } from '../en/failover-view';

export const failoverView: typeof en = {
  open: 'Bascule d’urgence…',
  openFor: (node) => `${node} ne répond pas…`,
  palette: (cluster) => `${cluster} : bascule d’urgence`,
  key: 'page de bascule d’urgence',
  lives: (old) => `${old} répond. Il n’y a rien à basculer d’urgence.`,
  nobodyOld: 'On ne sait pas quel serveur était le primaire.',
  downSince: (node, at, age) => `${node} plus vu depuis ${at}, soit ${age}`,
  notLive: 'C’est le passé. Une bascule d’urgence se décide sur ce qui est vrai maintenant.',
  disarmed: 'Cette console est désarmée.',
  disarmedMore:
    'Regarder interroge les comptes d’action : chaque serveur, l’hôte de l’ancien primaire par SSH, ses binlogs. Ils ne sont interrogés que si la console est armée ; rien n’est changé.',

  looking: 'Relevé en cours. Rien n’est changé sur aucun serveur.',
  lookingAgain: 'Nouveau relevé en cours.',
  lookingFor: (age) => `depuis ${age}`,
  steps: (old) => [
    'Chaque serveur de la grappe est interrogé une fois de plus.',
    'Personne n’est comparé avant que tous les réplicas soient restés immobiles une seconde.',
    `L’hôte de ${old} est essayé par SSH. S’il répond, son processus est cherché et ses binlogs sont lus jusqu’au bout : des minutes, s’ils sont gros.`,
    'Puis les pertes sont comptées, et le plan est fait de ce relevé même.',
  ],
  oldPicture: (at, age) => `Ci-dessous, ce qui était vrai à ${at}, il y a ${age}.`,
  lookFailed: 'Le nouveau relevé a échoué. Ci-dessous, le précédent.',
  lookAgain: 'Relever à nouveau',
  asOf: (at, age) => `Relevé de ${at}, il y a ${age}.`,
  isOld: (age) => `Ce relevé a ${age}. Relevez à nouveau avant de décider.`,
  lookWith: (node) => `Et si ${node} prend la suite`,
  lookChosen: 'Celui qui a le plus reçu',

  views: (node) => `Points de vue sur ${node}`,
  noVerdict: (node) => `Personne d’autre que cette console n’a rien pu dire de ${node}.`,
  verdict: (says) => `Verdict : ${says}.`,
  inFull: 'Positions complètes',
  mostAdvanced: 'le plus avancé',

  figure: {
    lost: (one) => (one ? 'transaction serait perdue' : 'transactions seraient perdues'),
    unknown: 'On ne sait pas combien serait perdu.',
    nobody: 'On ne sait pas ce qui serait perdu.',
  },
  seenOn: (node, at) => `${node}, dernier relevé ${at}`,
  lost: 'perdu',
  untoldRow: 'dans aucune ligne lisible',
  transactions: (count, one) => (one ? `${count} transaction` : `${count} transactions`),
  kept: 'Conservées sur ce poste',
  read: 'Pour les lire :',
  replay: (node) =>
    `Pour les rejouer sur ${node}, une fois lues par quelqu’un ; ce qui rencontre une ligne changée depuis est refusé ou l’écrase :`,
  nothingToKeep: 'Aucune n’a pu être lue, aucune n’est donc conservée.',
  copy: 'Copier',
  waitingMore: 'Chaque minute d’attente est une minute sans écritures. Relever à nouveau ne coûte rien.',

  show: { label: 'Au milieu', loss: 'Ce qui serait perdu', statements: 'Ce qui sera envoyé' },
  isolation: {
    title: {
      lives: (node) => `${node} n’est pas isolé : il répond.`,
      can: (node) => `${node} peut être isolé d’ici.`,
      'may-return': (node) => `${node} peut revenir : rien ne le garde arrêté.`,
      unproved: (node) => `Rien ne prouve que ${node} est isolé.`,
    },
    more: {
      lives: () => 'Tant qu’il accepte des écritures, un second primaire en accepterait d’autres.',
      can: () =>
        'Chaque moyen est essayé, et ce qu’il en est advenu est dit. Si aucun n’est prouvé, une personne est interrogée avant toute promotion.',
      'may-return': (node) =>
        `Son processus n’existe plus, et aucun moyen d’ici n’empêche de le relancer. Faites-le éteindre, ou faites garder ${node} arrêté à la main ; une personne est interrogée avant toute promotion.`,
      unproved: (node) =>
        `Aucun moyen de l’arrêter ne fonctionne d’ici. S’il vit encore, deux primaires accepteraient des écritures. Faites couper ${node} (alimentation, port du commutateur) ; une personne est interrogée avant toute promotion.`,
    },
  },
  blind: 'Ce que cette console ne voit pas',
  blindLines: (node) => [
    `Ce que ${node} a validé après son dernier relevé, là où son binlog n’a pas pu être lu jusqu’au bout.`,
    `Les clients qui joignent encore ${node} par un chemin que cette console ne connaît pas.`,
    `Si ${node} est mort ou coupé du monde, là où ni son hôte ni personne à côté de lui ne peut le dire.`,
  ],
  foot: (node) =>
    `« Je ne le vois pas » n’est pas « il est mort ». Si ce poste était seul à ne plus voir ${node}, cette page refuserait.`,

  brief: 'Ce qui serait fait, en bref',
  toLever: 'Vers la commande',
  toLeverMore: 'L’ouvrir n’envoie rien. Chaque ordre est sous « Ce qui sera envoyé ».',
  stay: 'Ne rien faire et continuer d’observer',
};
