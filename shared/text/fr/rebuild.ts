import type { SaidTable } from '../procedures';

export const rebuild: SaidTable = {
  TITLE_REBUILD: (p) =>
    `Les données de ${p.node} sont remplacées par une copie de celles de ${p.donor}. Puis ${p.node} suit ${p.to}.`,
  TITLE_REBUILD_OWN: (p) =>
    `Les données de ${p.node} sont remplacées par une copie de celles de ${p.donor}\u00a0: ce que ${p.node} est seul à détenir n’y est plus (${p.gtids}). Puis ${p.node} suit ${p.to}.`,

  STEP_KEEP_DATA: (p) => `Garder une copie des anciennes données de ${p.node} à côté\u00a0: ${p.folder}`,
  STEP_CLONE: (p) =>
    `CLONE\u00a0: les données de ${p.node} deviennent celles de ${p.donor}, et ${p.node} redémarre`,
  STEP_CLONE_UNKEPT: (p) =>
    `CLONE, sans copie des anciennes données\u00a0: celles de ${p.node} deviennent celles de ${p.donor}, et ${p.node} redémarre`,
  STEP_FORGET_DONOR: (p) => `${p.node} oublie le canal venu avec les données de ${p.donor}`,
  STEP_COPY: (p) => `Copier les données de ${p.donor} vers ${p.node}, par ce poste, dans un nouveau dossier`,
  STEP_PREPARE_COPY: (p) => `Faire de la copie sur ${p.node} des données dont un serveur peut démarrer`,
  STEP_SWAP: (p) =>
    `Arrêter ${p.node}, mettre ses anciennes données de côté (${p.folder}), mettre la copie de ${p.donor} à leur place, le démarrer`,
  STEP_COPIED_HISTORY: (p) => `${p.node} continue d’où finit la copie de ${p.donor}`,
  STEP_READ_HISTORY: (p) => `Lire ce que ${p.node} détient maintenant`,
  STEP_ALONE: (p) => `${p.node} ne détient rien que ${p.to} n’ait pas`,

  FACT_DATA: (p) =>
    `De qui sont les données de ${p.node}\u00a0: les siennes, ou une copie de celles de ${p.donor}`,
  FACT_PLACES: (p) => `Ce qui se trouve dans ${p.folder} sur ${p.node}`,
  CHECK_UNMOVED: (p) => `${p.node} n’a rien écrit depuis qu’il a été lu`,
  CHECK_CLONED: (p) => `Comment CLONE a fini sur ${p.node}`,
  CHECK_FOLLOWS_NOBODY: (p) => `${p.node} ne suit personne`,
  CHECK_GOES_ON: (p) => `D’où ${p.node} continue`,

  WARN_DONOR_REPLICA: (p) =>
    `Les données viennent de ${p.donor}, un réplica\u00a0: son disque et son réseau sont occupés pendant ce temps, pas ceux du primaire.`,
  WARN_DONOR_PRIMARY: (p) =>
    `Les données viennent de ${p.donor}, le primaire, car aucun réplica ne s’y prête\u00a0: son disque et son réseau sont occupés pendant ce temps. Les événements qui y tournent sont aussi dans la copie\u00a0; les endormir ensuite sur ${p.node}.`,
  WARN_CLONE_OPEN: (p) =>
    `CLONE ne fonctionne pas sous super_read_only. Jusqu’au redémarrage de ${p.node}, seul read_only le tient fermé\u00a0; ses journaux binaires partent avec ses anciennes données.`,
  WARN_KEPT: (p) => `Les anciennes données de ${p.node} restent dans ${p.folder}. Personne ne les efface.`,
  WARN_UNKEPT: (p) =>
    `Aucune copie des anciennes données de ${p.node} n’est gardée\u00a0: une fois CLONE commencé, elles n’existent plus.`,

  REFUSED_REBUILD_AS_WAS: (p) =>
    `Le parc laisse tel quel ce qu’un redémarrage apporte\u00a0: rien ne tient ${p.node} fermé quand il démarre avec d’autres données.`,
  REMEDY_REBUILD_AS_WAS: () => 'Retirer `boot: as-was` du fichier du parc.',
  REFUSED_REBUILD_NOT_SAVED: (p) =>
    `Ce que ${p.node} est seul à détenir (${p.gtids}) n’a pas pu être gardé à ce poste\u00a0: ${p.text}`,
  REMEDY_REBUILD_NOT_SAVED: () =>
    'Laisser le compte qui agit lire les journaux binaires (patronus grants), puis regarder de nouveau. Pour abandonner ces transactions sans les avoir lues, taper\u00a0: not saved.',
  REFUSED_REBUILD_NEEDLESS: (p) =>
    `${p.node} n’a rien en propre et rien ne lui manque\u00a0: il n’y a rien à reconstruire.`,
  REMEDY_REBUILD_NEEDLESS: (p) => `Rattacher ${p.node} tel quel.`,
  REFUSED_REBUILD_UNKNOWN: (p) =>
    `${p.node} n’a pas dit ce qu’une reconstruction doit savoir\u00a0: ${p.what}.`,
  REMEDY_REBUILD_UNKNOWN: () =>
    'Voir les droits du compte qui agit (patronus grants), puis planifier de nouveau.',
  REFUSED_REBUILD_VERSION: (p) =>
    `${p.node} est en ${p.own}, ${p.donor} en ${p.version}\u00a0: les fichiers de l’un ne conviennent pas à l’autre.`,
  REMEDY_REBUILD_VERSION: () => 'Amener d’abord les deux à la même série de versions.',
  REFUSED_REBUILD_ACCOUNT: (p) =>
    `La copie apporte les comptes de ${p.donor}, où ${p.account} ne se connecte pas avec le mot de passe qu’il a sur ${p.node}\u00a0: ${p.text}`,
  REMEDY_REBUILD_ACCOUNT: () => 'Donner au compte qui agit le même mot de passe sur les deux serveurs.',
  REFUSED_REBUILD_PLUGIN: (p) => `${p.node} n’a pas le greffon CLONE.`,
  REMEDY_REBUILD_PLUGIN: (p) =>
    `Sur ${p.node}\u00a0: plugin-load-add=mysql_clone.so dans le fichier d’options et un redémarrage\u00a0; sur un serveur ouvert aux écritures, INSTALL PLUGIN clone SONAME 'mysql_clone.so'.`,
  REFUSED_REBUILD_ALIKE: (p) =>
    `${p.node} et ${p.donor} diffèrent dans ce que CLONE veut identique\u00a0: ${p.list}.`,
  REMEDY_REBUILD_ALIKE: () => 'Les régler d’abord à l’identique.',
  REFUSED_REBUILD_ENGINES: (p) =>
    `${p.donor} a des tables que CLONE laisse vides, car elles ne sont pas d’InnoDB\u00a0: ${p.list}.`,
  REMEDY_REBUILD_ENGINES: () => 'Les passer en InnoDB sur le primaire, ou reconstruire à la main.',
  REFUSED_REBUILD_DONOR_RIGHTS: (p) =>
    `Le compte de réplication n’a pas le droit de donner les données de ${p.donor}\u00a0: il manque ${p.list}.`,
  REMEDY_REBUILD_DONOR_RIGHTS: () => 'L’accorder sur le primaire (patronus grants).',
  REFUSED_REBUILD_LOGS_NOT: (p) =>
    `${p.donor} ne journalise pas ce qu’il applique (log_slave_updates)\u00a0: sa copie n’aurait pas de position.`,
  REMEDY_REBUILD_LOGS_NOT: (p) => `L’activer sur ${p.donor}.`,
  REFUSED_REBUILD_TOOL_VERSION: (p) =>
    `Sur ${p.donor}, mariadb-backup est en ${p.own} et le serveur en ${p.version}.`,
  REMEDY_REBUILD_TOOL_VERSION: () => 'Installer celui de la version du serveur.',
  REFUSED_REBUILD_TOOLS: (p) => `Programmes absents de ${p.node}\u00a0: ${p.list}.`,
  REMEDY_REBUILD_TOOLS: (p) => `Les installer sur ${p.node}.`,
  REFUSED_REBUILD_KEPT_BEFORE: (p) =>
    `${p.node} garde encore quelque chose d’une reconstruction précédente dans ${p.folder}.`,
  REMEDY_REBUILD_KEPT_BEFORE: () => 'Le déplacer, ou l’effacer si plus personne n’en a besoin.',
  REFUSED_REBUILD_ELSEWHERE: (p) => `${p.node} a des données hors de ${p.folder}\u00a0: ${p.list}.`,
  REMEDY_REBUILD_ELSEWHERE: () =>
    'Les anciennes données sont mises de côté en renommant un seul dossier. Reconstruire un tel serveur à la main.',
  REFUSED_REBUILD_MOUNT: (p) =>
    `${p.folder} sur ${p.node} est un point de montage\u00a0: il ne peut pas être renommé.`,
  REMEDY_REBUILD_MOUNT: () => 'Monter le dossier au-dessus, ou reconstruire à la main.',
  REFUSED_REBUILD_SPACE: (p) => `${p.node} a ${p.free} libres, il en faut ${p.needed}.`,
  REMEDY_REBUILD_SPACE: (p) => `Faire de la place sur ${p.node}.`,
  REFUSED_REBUILD_NO_ROOM_TO_KEEP: (p) =>
    `Pour garder aussi une copie des anciennes données, il faut ${p.needed} sur ${p.node}\u00a0; ${p.free} sont libres.`,
  REMEDY_REBUILD_NO_ROOM_TO_KEEP: (p) =>
    `Faire de la place sur ${p.node}. Pour abandonner les anciennes données sans copie, taper\u00a0: no copy.`,
};
