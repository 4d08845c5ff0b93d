import type { measure as en } from '../en/measure';

export const measure: typeof en = {
  titles: {
    'write-rate': 'Débit d’écriture de la base',
    'changed-files': 'Fichiers modifiés en un jour',
    'tree-walk': 'Durée d’un parcours des fichiers',
    copy: 'Copie chronométrée vers ce poste',
    latency: 'Aller-retour sur la connexion SSH',
  },
  kinds: {
    'write-rate': 'demande à plusieurs reprises la taille des binlogs',
    'changed-files': 'parcourt les fichiers une fois\u00a0; lit noms, tailles et dates, n’en ouvre aucun',
    'tree-walk': 'parcourt les fichiers plusieurs fois de suite\u00a0; n’en ouvre aucun',
    copy: 'envoie des octets aléatoires de l’hôte à ce poste\u00a0; n’écrit rien nulle part',
    latency: 'pose une question à sshd et attend la réponse, à plusieurs reprises',
  },
  facts: {
    files: (count) => `${count} fichiers`,
    within: (time) => `en ${time}`,
    samples: (count) => (count > 1 ? `${count} lectures` : `${count} lecture`),
    walks: (times) => `parcours\u00a0: ${times}`,
    firstCold: 'le premier à froid',
    p90: (time) => `neuf sur dix en moins de ${time}`,
    streams: (count) => (count > 1 ? `${count} connexions` : `${count} connexion`),
    hour: (hour) => `à partir de ${`${hour}`.padStart(2, '0')}:00 UTC`,
    history: (time) => `d’après les dates des fichiers du binlog sur ${time}`,
    ahead: (count) => `${count} fichiers sont datés d’après l’heure de l’hôte lui-même`,
    hidden: (count, said) => `${count} endroits ne peuvent pas être lus\u00a0; le premier\u00a0: ${said}`,
  },
  notEnough: {
    'too-few-samples':
      'Trop peu de lectures pour donner un intervalle. Mesurer plus longtemps, ou plus souvent.',
    'too-short': 'C’était fini avant de pouvoir être chronométré. Demander plus d’octets.',
    'counter-back':
      'Le binlog a recommencé entre-temps\u00a0: ce qui a été écrit ne peut pas être dit. Mesurer de nouveau.',
    'log-purged':
      'Le binlog a été purgé au-delà de l’endroit où en était la mesure. Mesurer de nouveau, moins longtemps.',
    'clock-jumped':
      'Ce poste s’est mis en veille ou son horloge a été réglée entre-temps. Mesurer de nouveau.',
    'no-log':
      'Le serveur n’écrit pas de binlog\u00a0: son débit d’écriture ne peut pas y être lu. Activer log_bin, ou saisir une valeur.',
    'cut-by-limit':
      'La limite a coupé le parcours\u00a0: ce qui a été atteint est un minimum, et n’est pas inscrit. Demander plus de secondes.',
    unreadable:
      'Le compte ne voit pas tout\u00a0: ce qu’il a vu est un minimum, et n’est pas inscrit. Lui laisser lire le reste.',
    'no-answer':
      'L’hôte n’a pas donné de réponse entière\u00a0: il lui manque find, awk ou timeout. Regarder le journal.',
  },
  lacks: {
    host: 'l’estate ne nomme aucun hôte pour cela',
    'sql-account': 'l’estate ne nomme aucun compte SQL pour cela',
    trees: 'aucun chemin connu\u00a0: regarder d’abord, ou le nommer',
  },
  cost: (time, bytes) => (bytes === null ? `au plus ${time}, quelques Ko` : `au plus ${time} et ${bytes}`),
  nothing: 'Rien n’a été inscrit.',
  fresh: 'nouveau',
  replaced: (value) => `avant\u00a0: ${value}`,
  columns: {
    what: 'quoi',
    subject: 'sujet',
    account: 'compte',
    cost: 'coût',
    does: 'ce qui est fait',
    path: 'donnée',
    value: 'valeur (intervalle)',
    before: 'à sa place',
  },
};
