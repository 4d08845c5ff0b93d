import type { lever as en } from '../en/lever';

const NBSP = '\u00a0';
const steps = (count: string | undefined, one: string, many: string) =>
  count === '1' ? `1 étape ${one}` : `${count ?? '?'} étapes ${many}`;

export const lever: typeof en = {
  said: {
    resume: ({ subject }) => `L’exécution sur ${subject} reprend là où elle s’est arrêtée.`,
    undo: ({ subject, steps: count }) =>
      `${steps(count, 'est annulée', 'sont annulées')} sur ${subject}, la plus récente d’abord.`,
    'hand-over': ({ subject }) => `Cette console passe la main sur ${subject}. D’autres s’en occupent.`,
    'take-over': ({ subject, holder }) => `Cette console prend l’exécution sur ${subject} à ${holder}.`,
    go: ({ subject, step }) => `Étape ${step}${NBSP}: go. L’exécution sur ${subject} continue.`,
    'no-go': ({ subject, step }) => `Étape ${step}${NBSP}: no go. L’exécution sur ${subject} s’arrête là.`,
    again: ({ step }) => `Étape ${step}${NBSP}: encore un tour.`,
    enough: ({ subject, step }) => `Étape ${step}${NBSP}: plus de tour. L’exécution sur ${subject} continue.`,
    disarmed: () => 'La console est désarmée.',
    busy: () => 'C’est en cours.',
    pulled: () => 'C’est commencé.',
    'no-way': () => 'L’exécution n’en est plus au point où cela peut être fait.',
    name: () => 'S’ouvre quand le nom est le bon.',
    'second-person': () => 'S’ouvre quand une seconde personne a approuvé.',
    'second-person-refused': () => 'L’approbation ne vaut pas.',
    readings: () => 'S’ouvre quand tous les faits tiennent et ont moins de 2\u00a0s.',
    settling: () => 'S’ouvre dans un instant.',
  },
  act: {
    resume: () => 'Reprendre l’exécution',
    undo: ({ steps: count }) => (count === '1' ? 'Annuler 1 étape' : `Annuler ${count} étapes`),
    'hand-over': () => 'Passer la main',
    'take-over': ({ holder }) => `Prendre l’exécution à ${holder}`,
    go: ({ step }) => `Go à l’étape ${step}`,
    'no-go': ({ step }) => `No go à l’étape ${step}`,
    again: () => 'Encore un tour',
    enough: () => 'Plus de tour, continuer',
  },
  start: {
    switchover: (name) => `Arrêter les écritures sur ${name} et basculer`,
    rejoin: (name) => `Réintégrer ${name}`,
  },
  startOther: (name) => `Lancer${NBSP}: ${name}`,
  actingAs: 'Compte d’action',
  actingNone: 'L’estate ne nomme aucun compte d’action.',
  typeName: {
    switchover: 'Tapez le nom du serveur qui cesse de prendre les écritures',
    failover: 'Tapez le nom du serveur abandonné',
    rejoin: 'Tapez le nom du serveur qui revient',
  },
  typeOther: 'Tapez le nom du serveur concerné',
  typeHolder: 'Tapez le nom de qui tient l’exécution',
  expected: (name) => `Attendu${NBSP}: ${name}`,
  matches: 'Le nom est le bon.',
  left: (count) => (count === 1 ? 'encore 1 caractère' : `encore ${count} caractères`),
  other: 'C’est un autre nom.',
  pasteRefused: 'Le collage est refusé\u00a0: le nom se tape.',
  enter: 'Entrée ne lance rien\u00a0; pressez le bouton.',
  readings: 'Faits, relevés chaque seconde',
  readingsNone: 'Relevé des faits…',
  allHold: (count, age) => `Les ${count} tiennent. Le plus ancien${NBSP}: ${age}.`,
  someNot: (count, all) => `${count} sur ${all} ${count === 1 ? 'ne tient pas' : 'ne tiennent pas'}.`,
  someUnknown: (count, all) => `${count} sur ${all} ${count === 1 ? 'reste inconnu' : 'restent inconnus'}.`,
  tooOld: (age) => `Le plus ancien a ${age}${NBSP}: trop ancien. Il faut moins de 2${NBSP}s.`,
  clockBack: 'L’horloge de ce poste a reculé\u00a0: ce qui a été relevé ne vaut plus rien.',
  mustBe: (value) => `doit être ${value}`,
  unknown: 'inconnu',
  secondPerson: 'Seconde personne',
  approvedBy: (name) => `Approuvé par ${name}.`,
  approvalMissing: (names) => `Attendue de l’un de${NBSP}: ${names}.`,
  approvalChoose: 'Ouvrir une approbation…',
  leave: 'Laisser tout en l’état',
  nothingSent: 'Rien n’a encore été envoyé.',
  written:
    'Le journal est écrit sur disque avant la première étape. Si ce poste meurt à un moment quelconque, le prochain démarrage montre ce que disent les serveurs et propose de reprendre ou d’annuler.',
  armedTitle: (estate) => `ARMÉE · ${estate} · Patronus Console`,
  disarmedTitle: 'Patronus Console',
  notQuit: {
    title: 'Une exécution est en cours',
    detail: (subjects) =>
      `Cette console agit sur ${subjects}. Quitter maintenant la laisserait à mi-chemin.\nLaissez-la finir, annulez-la ou passez la main\u00a0; quittez ensuite.`,
    stay: 'Rester',
  },
  notice: {
    gate: (subject, step, time) => `${subject}${NBSP}: l’étape ${step} attend une personne depuis ${time}.`,
    failed: (subject, step, time) =>
      `${subject}${NBSP}: l’étape ${step} a échoué à ${time}\u00a0; l’exécution est arrêtée.`,
    unknown: (subject, step, time) =>
      `${subject}${NBSP}: le sort de l’étape ${step} est inconnu depuis ${time}.`,
    done: (subject, time) => `${subject}${NBSP}: l’exécution est terminée, à ${time}.`,
    undone: (subject, time) => `${subject}${NBSP}: l’exécution a été annulée, à ${time}.`,
    left: (subject, time) => `${subject}${NBSP}: l’exécution est finie et laissée telle quelle, à ${time}.`,
  },
};
