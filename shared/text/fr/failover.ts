import type { failover as en } from '../en/failover';

export const failover: typeof en = {
  title: 'Bascule d’urgence',
  headline: (old, next) => `${old} serait abandonné, ${next} prendrait les écritures.`,
  headlineOpen: (old) => `${old} serait abandonné ; qui prendrait les écritures n’est pas clair.`,
  neverByItself: 'La console ne bascule jamais d’elle-même, et ne le conseille jamais sur sa seule vue.',
  ownViewOnly: (node) =>
    `Personne d’autre que cette console ne constate l’absence de ${node}, ou pas avec certitude. « Je ne le vois pas » n’est pas « il est mort ».`,
  seenByOthers: (node) => `D’autres ne voient plus ${node} non plus, et personne ne le voit.`,
  lives: (node) => `${node} répond. Ce qui est planifié ne perd rien : patronus switchover.`,
  notYet: 'Ce n’était qu’un regard. Rien n’a été changé sur aucun serveur.',

  who: 'Qui peut prendre la suite',
  columns: {
    server: 'Serveur',
    received: 'Reçu jusqu’à',
    toApply: 'À appliquer',
    missing: 'Manquent',
    against: 'Parce que',
  },
  nothingAgainst: 'rien ne l’interdit',
  unchecked: (what) => `non vérifié : ${what}`,
  because: {
    POSITION_UNKNOWN: () => 'ne dit pas ce qu’il détient',
    WRITABLE: () => 'accepte déjà des écritures',
    ERRANT_TRANSACTIONS: (p) => `détient des transactions à lui seul : ${p.gtids ?? '?'}`,
  },
  choice: {
    chosen: (node) => `${node} a tout ce que les autres ont.`,
    asked: (node) => `${node} a été demandé.`,
    askedBehind: (node, others) => `${node} a été demandé ; ${others} en a peut-être davantage.`,
    nobody: 'Aucun serveur ne dit ce qu’il détient : personne ne peut être choisi.',
    silent: (nodes) => `Pas clair : ${nodes} ne répond pas et en a peut-être davantage.`,
    parted: (nodes) => `Pas clair : parmi ${nodes}, aucun n’a tout ce que les autres ont.`,
    forbidden: (nodes) => `Aucun de ${nodes} ne peut être promu.`,
    behind: (nodes) => `Pas clair : ${nodes} en a plus que tout serveur qui peut être promu.`,
  },

  loss: {
    title: 'État des pertes',
    against: (node) => `si ${node} prend la suite`,
    nobody: 'Personne à qui comparer : rien ne peut être dit de ce qui serait perdu.',
    none: (old) => `Rien n’est perdu : toutes les transactions de ${old} ont été reçues.`,
    exact: (count, old) => `Ces ${count} transactions sont perdues si ${old} ne revient pas.`,
    exactOne: (old) => `Cette seule transaction est perdue si ${old} ne revient pas.`,
    atLeast: (count, old, at) =>
      `Au moins ${count}. ${old} n’est pas joignable, il a pu en valider d’autres ; vu pour la dernière fois à ${at}.`,
    atLeastByLog: (count, old) =>
      `Au moins ${count}. Le binlog de ${old} n’a pas été lu jusqu’à une fin certaine, il peut en contenir d’autres.`,
    unknown: (old, at) =>
      `Inconnu. Rien de ce qui a été vu sur ${old} ne manque, vu pour la dernière fois à ${at} ; il a pu en valider d’autres.`,
    neverSeen: (old) => `Inconnu : personne n’a jamais vu la position de ${old}.`,
    gtids: 'GTID :',
    lastSeen: 'Dernier relevé sur lui :',
    committed: 'Validées :',
    span: (from, to) => `${from} à ${to}, à sa propre horloge`,
    columns: { table: 'Table', inserts: 'Ajouts', updates: 'Modif.', deletes: 'Suppr.', span: 'De, à' },
    tablesCut: 'Plus de tables ont été touchées qu’il n’en est listé.',
    rows: (shown) => `Lignes, les ${shown} premières`,
    allRows: (shown) => `Lignes, toutes (${shown})`,
    change: { insert: 'ajout', update: 'modif.', delete: 'suppr.' },
    untold: (count) =>
      `Transactions dont des changements ne sont dans aucune ligne lisible (DDL, requêtes, compressées, binlogs plus anciens) : ${count}`,
    torn: 'Le binlog finit au milieu d’une transaction : elle n’a jamais été validée, et n’est pas comptée.',
    salvage: (file, size) => `Conservées comme binlog rejouable : ${file} (${size})`,
    notKept: (why) => `Non conservées : ${why}`,
  },

  old: {
    title: (node) => `Ce que l’on sait encore de ${node}`,
    ssh: 'Son hôte, par SSH :',
    reached: 'joint',
    process: 'Son processus :',
    processes: { runs: 'tourne', gone: 'n’existe plus', unknown: 'inconnu' },
    log: 'Ses binlogs :',
    logRead: (files, size) => `lus jusqu’au bout : ${files} (${size})`,
    logPart: (files, why) => `lus en partie : ${files}. ${why}`,
    logLeft: 'laissés de côté',
    older: 'Les binlogs plus anciens n’existent plus.',
  },

  waiting: {
    title: 'Attendre plutôt ?',
    'it-lives': (node) => `${node} répond : il n’y a rien à attendre.`,
    'start-it': (node) =>
      `L’hôte de ${node} répond. Dès que le serveur y tourne à nouveau, rien n’est perdu.`,
    'wake-it': (node) =>
      `Le processus de ${node} est encore là. S’il se réveille ou est relancé, rien n’est perdu.`,
    'reach-it': (node) => `Si ${node} revient avec son disque, rien n’est perdu.`,
    unknown: (node) => `Si ${node} revient avec son disque, rien n’est perdu.`,
    since: (at, ago) => `Plus vu depuis ${at}, ${ago}.`,
  },

  fences: {
    title: 'Moyens de l’empêcher d’accepter des écritures',
    columns: { way: 'Moyen', where: 'Où', now: 'Maintenant', because: 'Parce que' },
    way: {
      'read-only': 'lecture seule, par une requête',
      'stop-service': 'arrêter le service et le garder arrêté',
      command: 'commande du parc',
      traffic: 'trafic détourné',
      person: 'une personne l’isole : alimentation, port du commutateur',
    },
    can: { can: 'possible', cannot: 'impossible', done: 'inutile', unknown: 'inconnu' },
    because: {
      ANSWERS: () => 'il répond aux requêtes',
      PROCESS_GONE: () => 'aucun de ses processus ne tourne ; il peut être relancé',
      NO_ANSWER: () => 'il ne répond à aucune requête',
      HOST_REACHED: (p) => `${p.host} est joint par SSH`,
      HOST_UNREACHED: (p) => `${p.host} n’est pas joint par SSH`,
      NOT_ASKED: (p) => `${p.host} n’a pas été interrogé`,
      NO_RIGHT: (p) => `le compte d’action n’en a pas le droit sur ${p.host}`,
      RIGHTS_UNKNOWN: (p) => `les droits sur ${p.host} n’ont pas pu être lus`,
      KEEPS_IT_DOWN: () => 'il est arrêté ; ceci le garde arrêté',
      BY_HAND: () => 'toujours ; ce qui a été fait est saisi',
    },
  },
};
