import type { SaidTable } from '../procedures';
import { replication } from './replication';

const refused = {
  ALREADY_PRIMARY: (p) => `${p.node} est déjà le primaire.`,
  GROUP: () => 'Les serveurs forment un groupe, qui ordonne lui-même ses écritures et choisit son primaire.',
  CIRCULAR: () => 'Les serveurs se suivent en cercle : aucun n’est le primaire.',
  ISLANDS: () => 'Le cluster compte plusieurs arbres que rien ne relie.',
  MULTI_SOURCE: () => 'Un serveur du cluster suit plusieurs sources.',
  SHAPE_UNKNOWN: () => 'Qui suit qui n’a pas pu être relevé en entier.',
  NOT_PRIMARY: (p) => `${p.node} n’est pas le primaire.`,
  TWO_PRIMARIES: (p) => `Plusieurs serveurs sont suivis et n’en suivent aucun : ${p.nodes}.`,
  PRIMARY_UNREACHABLE_FROM_HERE: (p) =>
    `${p.node} est injoignable depuis ce poste, et ses réplicas l’entendent encore. Il n’est pas mort.`,
  PRIMARY_DEAD: (p) => `${p.node} est mort : il n’y a plus rien d’où basculer.`,
  PRIMARY_ILL: (p) => `${p.node} va mal : ${p.verdict}.`,
  PRIMARY_UNKNOWN: (p) => `Personne ne peut dire comment va ${p.node}.`,
  NO_SUCH_CANDIDATE: (p) => `${p.node} n’est pas membre de ce cluster.`,
  NOT_READ: (p) => `Le compte d’action n’a pas pu interroger ${p.node}.`,
  UNREACHED: (p) => `Le compte d’action n’a pas pu interroger ${p.node} : ${p.text}`,
  CHANNELS_UNREAD: (p) => `Le compte d’action n’a pas pu lire qui ${p.node} suit.`,
  TOO_OLD: (p) => `${p.node} est en ${p.version} : ses instructions ont d’autres mots.`,
  WRITABLE: (p) => `${p.node} est ouvert en écriture, à côté de ${p.from}.`,
  NOT_WRITABLE: (p) => `${p.node} ne prend pas d’écritures : il n’y a rien à arrêter.`,
  PRIMARY_FOLLOWS: (p) => `${p.node} suit encore ${p.source}.`,
  FOLLOWS_NOBODY: (p) => `${p.node} ne suit personne.`,
  MULTI_SOURCE_MEMBER: (p) => `${p.node} suit plusieurs sources.`,
  NOT_BY_GTID: (p) => `${p.node} suit par fichier et position, pas par GTID.`,
  THREADS_STOPPED: (p) => `Un thread de réplication de ${p.node} est arrêté.`,
  PREPARED: (p) => `${p.node} a ${p.count} transactions XA préparées : ${p.list}.`,
  PREPARED_UNKNOWN: (p) => `Les transactions XA préparées de ${p.node} n’ont pas pu être lues.`,
  LONG_TRANSACTIONS: (p) => `Des transactions sont ouvertes sur ${p.node} depuis plus de 2 s : ${p.list}.`,
  TRANSACTIONS_UNKNOWN: (p) => `Les transactions ouvertes de ${p.node} n’ont pas pu être lues.`,
  TABLE_LOCKS: (p) => `Des sessions tiennent des tables de ${p.node} verrouillées : ${p.list}.`,
  PRIVILEGED_UNKNOWN: (p) => `Qui écrit sur ${p.node} malgré read_only n’a pas pu être lu.`,
  READER_WRITES: (p) => `Le compte de surveillance ${p.user} peut écrire sur ${p.node} malgré read_only.`,
  EVENTS_UNKNOWN: (p) => `Les événements planifiés de ${p.node} n’ont pas pu être lus.`,
  EVENT_MISSING: (p) => `L’événement ${p.event} tourne sur le primaire et n’existe pas sur ${p.node}.`,
  EVENT_CHARSET: (p) =>
    `L’événement ${p.event} ne peut être commuté sans le changer : ses noms ne tiennent pas dans son jeu de caractères.`,
  BOOT_UNKNOWN: (p) => `Ce qu’apporterait un redémarrage de ${p.node} n’a pas pu être lu.`,
  BOOT_NOT_INCLUDED: (p) =>
    `${p.node} ne lirait pas ${p.file} : aucun fichier d’options n’inclut son dossier.`,
  SEMI_SYNC_SHORT: (p) =>
    `${p.node} attend l’acquittement de ${p.needed} réplicas et en a ${p.count} : les commits restent en suspens, et le gel avec eux.`,
  SEMI_SYNC_FEW: (p) =>
    `${p.node} attendrait l’acquittement de ${p.needed} réplicas, et ${p.count} le suivront.`,
  SEMI_SYNC_MISSING: (p) => `Le primaire est semi-synchrone, et ${p.node} n’a pas ce plugin.`,
  PURGED: (p) => `${p.to} n’a plus dans son journal ce qui manque encore à ${p.node}.`,
  PURGED_UNKNOWN: (p) => `Impossible de dire si ${p.to} a encore dans son journal ce qui manque à ${p.node}.`,
  RIGHTS: (p) => `Il manque des droits à ${p.account} sur ${p.node} : ${p.list}.`,
  RIGHTS_UNKNOWN: (p) => `Les droits de ${p.account} sur ${p.node} n’ont pas pu être lus.`,
  SUDO: (p) => `Le compte d’action ne peut pas lancer ceci en root sur ${p.node} : ${p.list}.`,
  SUDO_UNKNOWN: (p) => `Ce que le compte d’action peut lancer en root sur ${p.node} n’a pas pu être lu.`,
  NO_REPLICATION_ACCOUNT: (p) =>
    `L’estate ne nomme aucun compte avec lequel les réplicas se connectent à ${p.node}.`,
  LOGIN: (p) =>
    `Le compte de réplication ne peut pas se connecter de ${p.node} à ${p.to} (${p.code}) : ${p.text}`,
  LOGIN_UNTESTED: (p) => `Aucune connexion du compte de réplication de ${p.node} à ${p.to} n’a été essayée.`,
  HOOK_INCOMPLETE: (p) => `La règle de trafic ${p.hook} ne dit pas comment elle mène à ${p.node}.`,
  HOOK_HOST: (p) => `La règle de trafic ${p.hook} s’exécute sur ${p.host}, qui est injoignable.`,
  BACKUP_NOT_STATED: () => 'L’estate ne nomme aucune sauvegarde vérifiée de ce cluster.',
  BACKUP_UNKNOWN: (p) => `Impossible de lire quand une sauvegarde a été vérifiée : ${p.file} sur ${p.host}.`,
  BACKUP_OLD: (p) =>
    `La dernière sauvegarde vérifiée a ${p.hours} h, et l’estate en permet ${p.limit} (${p.file} sur ${p.host}).`,
} satisfies SaidTable;

const AGAIN = 'puis refaire le plan.';
const mend = (p: Readonly<Record<string, string>>) =>
  `Corriger ce que la page Réplication dit de ${p.node}, ou choisir un autre réplica, ${AGAIN}`;
const rights = (p: Readonly<Record<string, string>>) =>
  `patronus grants ${p.node} donne la liste des droits nécessaires.`;
const reach = (p: Readonly<Record<string, string>>) =>
  `Rétablir l’accès du compte d’action à ${p.node}, ${AGAIN}`;

const remedy: Readonly<Record<keyof typeof refused, SaidTable[string]>> = {
  ALREADY_PRIMARY: () => 'Il n’y a rien à faire ; pour en retirer les écritures, choisir un de ses réplicas.',
  GROUP: () => 'Utiliser les outils du groupe.',
  CIRCULAR: () => `Rompre le cercle, pour qu’un serveur ne suive personne, ${AGAIN}`,
  ISLANDS: () => `Décrire chaque arbre comme un cluster à part dans l’estate, ${AGAIN}`,
  MULTI_SOURCE: () => `Sortir ce serveur du cluster, ou n’en garder qu’un canal, ${AGAIN}`,
  SHAPE_UNKNOWN: () => `Regarder les serveurs qui n’ont pas répondu, ${AGAIN}`,
  NOT_PRIMARY: () => 'Planifier depuis le serveur qui prend les écritures.',
  TWO_PRIMARIES: () => `Trouver lequel reçoit les écritures de l’application et fermer les autres, ${AGAIN}`,
  PRIMARY_UNREACHABLE_FROM_HERE: (p) => `Rétablir le chemin de ce poste à ${p.node}, ${AGAIN}`,
  PRIMARY_DEAD: () => 'C’est une urgence : passer par la bascule d’urgence, non par la bascule planifiée.',
  PRIMARY_ILL: (p) => `Remettre d’abord ${p.node} en état ; si c’est impossible, c’est une urgence.`,
  PRIMARY_UNKNOWN: () => `Regarder les termes de son verdict dans la page Réplication, ${AGAIN}`,
  NO_SUCH_CANDIDATE: () => 'Choisir un réplica de ce cluster.',
  NOT_READ: reach,
  UNREACHED: reach,
  CHANNELS_UNREAD: rights,
  TOO_OLD: () => 'La bascule se fait sur MySQL à partir de 8.0.23 et MariaDB à partir de 10.5.9.',
  WRITABLE: (p) => `Fermer ${p.node} (read_only), chercher ses propres transactions, ${AGAIN}`,
  NOT_WRITABLE: (p) => `Ouvrir ${p.node} s’il est bien le primaire, ${AGAIN}`,
  PRIMARY_FOLLOWS: (p) => `Si ${p.node} est le primaire, retirer son ancien canal (RESET), ${AGAIN}`,
  FOLLOWS_NOBODY: (p) => `Rattacher ${p.node}, ou le retirer du cluster dans l’estate, ${AGAIN}`,
  MULTI_SOURCE_MEMBER: () => `N’en garder qu’un canal, ${AGAIN}`,
  NOT_BY_GTID: (p) => `Passer le canal de ${p.node} aux GTID, ${AGAIN}`,
  THREADS_STOPPED: (p) => `Démarrer la réplication sur ${p.node} et la laisser rattraper, ${AGAIN}`,
  PREPARED: () => `Les faire valider ou annuler par qui les a préparées, ${AGAIN}`,
  PREPARED_UNKNOWN: rights,
  LONG_TRANSACTIONS: () => `Les attendre, ou y mettre fin avec l’accord de leur auteur, ${AGAIN}`,
  TRANSACTIONS_UNKNOWN: rights,
  TABLE_LOCKS: () => `Les attendre, ou y mettre fin avec l’accord de leur auteur, ${AGAIN}`,
  PRIVILEGED_UNKNOWN: rights,
  READER_WRITES: (p) => `Retirer READ ONLY ADMIN et SUPER à ${p.user} : il ne fait que regarder.`,
  EVENTS_UNKNOWN: rights,
  EVENT_MISSING: () =>
    `L’y créer sans le journaliser, en sommeil ; ou le supprimer sur le primaire, ${AGAIN}`,
  EVENT_CHARSET: () => `Le désactiver à la main le temps de la bascule, ${AGAIN}`,
  BOOT_UNKNOWN: (p) =>
    `Laisser le compte d’action lire les fichiers d’options de ${p.node}, ou écrire boot: as-was pour ce cluster, ${AGAIN}`,
  BOOT_NOT_INCLUDED: () =>
    `Inclure le dossier (!includedir) dans le fichier d’options du serveur, ou écrire boot: as-was, ${AGAIN}`,
  SEMI_SYNC_SHORT: () => `Rattacher les réplicas manquants, ou en attendre moins, ${AGAIN}`,
  SEMI_SYNC_FEW: (p) => `Baisser ce que ${p.node} attend, ou ajouter des réplicas, ${AGAIN}`,
  SEMI_SYNC_MISSING: (p) => `Charger les plugins semi-synchrones sur ${p.node}, ${AGAIN}`,
  PURGED: (p) => `Laisser ${p.node} rattraper ; s’il n’y parvient pas, le reconstruire, ${AGAIN}`,
  PURGED_UNKNOWN: () => `Regarder les serveurs encore une fois, ${AGAIN}`,
  RIGHTS: (p) => `patronus grants ${p.node} écrit les instructions qui les accordent.`,
  RIGHTS_UNKNOWN: (p) => `Regarder SHOW GRANTS de ce compte sur ${p.node}.`,
  SUDO: (p) => `patronus grants ${p.node} écrit les lignes pour sudoers.`,
  SUDO_UNKNOWN: reach,
  NO_REPLICATION_ACCOUNT: (p) =>
    `Écrire sql.credentials.replication de ${p.node} dans le fichier estate, ${AGAIN}`,
  LOGIN: (p) => `Corriger compte, mot de passe, TLS ou pare-feu entre ${p.node} et ${p.to}, ${AGAIN}`,
  LOGIN_UNTESTED: () => `Rendre l’hôte joignable pour le compte d’action, ${AGAIN}`,
  HOOK_INCOMPLETE: (p) => `Nommer ${p.node} dans cette règle du fichier estate, ${AGAIN}`,
  HOOK_HOST: (p) => `Rétablir l’accès du compte d’action à ${p.host}, ${AGAIN}`,
  BACKUP_NOT_STATED: () =>
    'Écrire acting.backup dans le fichier estate ; ou taper les mots pour continuer sans.',
  BACKUP_UNKNOWN: () => 'Rendre le fichier lisible ; ou taper les mots pour continuer sans.',
  BACKUP_OLD: () => 'Restaurer et vérifier une sauvegarde ; ou taper les mots pour continuer sans.',
};

const candidateRemedy: SaidTable = {
  LAGGING: (p) => `Attendre que ${p.node} ait rattrapé, ${AGAIN}`,
  DELAYED: () => 'Un réplica retardé se garde pour les erreurs : en choisir un autre.',
  NOT_DIRECT: (p) => `Faire d’abord suivre le primaire à ${p.node}, ou en choisir un qui le suit, ${AGAIN}`,
  NOT_ANSWERING: (p) => `Rétablir l’accès à ${p.node}, ou choisir un autre réplica, ${AGAIN}`,
  GROUP_MEMBER: () => 'Utiliser les outils du groupe.',
  VERSION_ORDER: () => 'Choisir un réplica de la version du primaire, ou plus récent.',
  ERRANT_TRANSACTIONS: () =>
    'Lister ce que lui seul détient, décider ce qu’on en garde, et le reconstruire ; ou choisir un autre réplica.',
  BINLOG_PURGED: () => 'Le reconstruire ; ou choisir un autre réplica.',
};

const candidates: SaidTable = Object.fromEntries(
  Object.entries(replication.because).flatMap(([code, because]): [string, SaidTable[string]][] => [
    [`REFUSED_CANDIDATE_${code}`, (p) => `${p.node} : ${because(p)}.`],
    [`REMEDY_CANDIDATE_${code}`, candidateRemedy[code] ?? mend],
  ]),
);

export const refusals: SaidTable = {
  ...Object.fromEntries(Object.entries(refused).map(([code, text]) => [`REFUSED_${code}`, text])),
  ...Object.fromEntries(Object.entries(remedy).map(([code, text]) => [`REMEDY_${code}`, text])),
  ...candidates,
};
