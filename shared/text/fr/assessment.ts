import { type CheckSentences, counted } from '../../assessment/sentences';
import type { assessment as en, assessmentWords as enWords } from '../en/assessment';

/** Un texte par contrôle d’une base. Phrases courtes, sujet d’abord. Les instructions figurent à côté du remède. */
export const assessment: Record<keyof typeof en, CheckSentences> = {
  TABLES_NOT_INNODB: {
    title: (p) => `${counted(p, 'table n’est', 'tables ne sont')} pas en InnoDB (${p.engines}) : ${p.names}.`,
    why: () =>
      'Une telle table n’a pas de transactions : une copie faite pendant qu’on y écrit n’est pas cohérente, et après une panne elle diffère de ce que dit le binlog.',
    remedy: () =>
      'Les convertir avant la migration, à une heure calme : chacune est recopiée une fois, sans écriture possible pendant ce temps. Les tables MEMORY sont vides après tout redémarrage ; interroger l’application.',
  },
  TABLES_WITHOUT_KEY: {
    title: (p) =>
      `${counted(p, 'table n’a', 'tables n’ont')} ni clé primaire ni clé unique sans NULL : ${p.names}.`,
    why: () =>
      'En réplication par lignes, chaque ligne modifiée est cherchée dans toute la table sur le réplica : il prend des heures de retard. La réplication de groupe refuse d’y écrire.',
    remedy: () =>
      'Donner une clé à chacune. Consulter d’abord l’application : un INSERT sans noms de colonnes échoue dès qu’une colonne est ajoutée.',
  },
  AUTO_INCREMENT_NEAR_END: {
    title: (p) => `${p.name} a utilisé ${p.percent} % de son ${p.type} ; la prochaine valeur est ${p.next}.`,
    why: () => 'À la fin du type, chaque INSERT échoue pour clé en double, avant la migration ou après.',
    remedy: () =>
      'Élargir la colonne, et chaque clé étrangère qui la vise, avant de copier les données ; ensuite, cela coûte une seconde copie.',
  },
  CHARSET_UTF8MB3: {
    title: (p) => `${counted(p, 'table contient', 'tables contiennent')} du texte en utf8mb3 : ${p.names}.`,
    why: () =>
      'utf8mb3 n’a ni emoji ni caractères rares, il est déprécié, et « utf8 » désigne un autre jeu sur les serveurs récents : un dump peut être chargé autrement.',
    remedy: () =>
      'Décider : garder utf8mb3 sous son nom complet sur la cible, ou convertir. La conversion recopie chaque table et allonge les entrées d’index (191 caractères tiennent dans 767 octets).',
  },
  CHARSETS_MIXED: {
    title: (p) =>
      `Le texte est comparé de plusieurs façons dans ${counted(p, 'schéma', 'schémas')} : ${p.names}.`,
    why: () =>
      'Une comparaison entre deux collations échoue (erreur 1267), et une cible dont le défaut diffère en ajoute une. Les collations de MariaDB et de MySQL ne sont pas les mêmes.',
    remedy: () => 'Vérifier que la cible connaît chacune de ces collations avant le premier chargement.',
  },
  GENERATED_COLUMNS: {
    title: (p) => `${counted(p, 'colonne générée', 'colonnes générées')} : ${p.names}.`,
    why: () =>
      'Un chargement ne doit pas les écrire, et les fonctions qui y figurent peuvent différer selon la version et le dialecte.',
    remedy: () => 'Charger avec un outil qui les omet (mysqldump le fait), et en comparer une ensuite.',
  },
  FOREIGN_KEYS: {
    title: (p) => `${counted(p, 'table a', 'tables ont')} des clés étrangères : ${p.names}.`,
    why: () =>
      'Les tables doivent être chargées sans contrôle des clés, ou dans l’ordre ; une partie des tables ne peut pas migrer seule.',
    remedy: () => 'Migrer ensemble les tables liées, et vérifier les références après le chargement.',
  },
  TRIGGERS_THERE: {
    title: (p) => `${counted(p, 'déclencheur', 'déclencheurs')} : ${p.names}.`,
    why: () =>
      'En réplication par lignes, ils ne s’exécutent pas sur un réplica ; un chargement par INSERT les exécuterait à nouveau.',
    remedy: () => 'Charger les déclencheurs après les données.',
  },
  PLUGINS_LOADED: {
    title: (p) =>
      `${counted(p, 'greffon est chargé', 'greffons sont chargés')} depuis une bibliothèque : ${p.names}.`,
    why: () => 'Une table ou un compte qui en dépend est inutilisable sur un serveur qui ne l’a pas.',
    remedy: () => 'Vérifier pour chacun que la cible le possède, dans la version qu’elle exécute.',
  },
  BINLOG_OFF: {
    title: () => 'Le binlog est désactivé.',
    why: () =>
      'Sans lui, aucun réplica ne peut suivre : il faudrait tout arrêter du premier octet de la copie au dernier, et il n’y aurait pas de retour.',
    remedy: () => 'L’activer ; le serveur doit redémarrer. Prévoir ce redémarrage avant la migration.',
  },
  BINLOG_NOT_ROW: {
    title: (p) => `Le binlog est écrit au format ${p.value}.`,
    why: () =>
      'Une instruction peut avoir un autre effet sur le réplica (fonctions, LIMIT, déclencheurs), et les deux divergent sans erreur.',
    remedy: () =>
      'Passer à ROW, ici et dans la configuration ; cela vaut pour les nouvelles connexions : faire reconnecter l’application avant la copie.',
  },
  ROW_IMAGE_NOT_FULL: {
    title: (p) => `Les lignes ne sont journalisées qu’en partie : binlog_row_image vaut ${p.value}.`,
    why: () =>
      'L’état d’avant une modification ne peut pas être relu : le retour et la comparaison sont aveugles.',
    remedy: () => 'Le passer à FULL jusqu’à la fin de la migration ; le binlog grossit.',
  },
  GTID_OFF: {
    title: (p) => `Les transactions n’ont pas de nom durable : ${p.name} vaut ${p.value}.`,
    why: () =>
      'Sans GTID, personne ne peut prouver que la cible a tout reçu : une position dans un fichier ne vaut que pour un serveur.',
    remedy: () =>
      'L’activer par étapes, sur chaque serveur de la réplication, une étape seulement quand la précédente est faite partout et que plus rien sans GTID n’est en route.',
  },
  BINLOG_RETENTION_SHORT: {
    title: (p) => `Les binlogs sont gardés ${p.kept} h ; charger la cible prend ${p.seed} h.`,
    why: () =>
      'Si la copie et le rattrapage durent plus longtemps que la conservation, la cible trouve un trou et tout recommence.',
    remedy: (p) => `Les garder ${p.needed} h au moins, et vérifier que le disque les contient.`,
  },
  SQL_MODE_NOT_STRICT: {
    title: (p) => `sql_mode n’est pas strict : ${p.value}.`,
    why: () =>
      'Les serveurs récents sont stricts : ce qui est tronqué ou mis à zéro aujourd’hui y est refusé, et l’application reçoit des erreurs qu’elle n’a jamais vues.',
    remedy: () =>
      'Donner à la cible le même sql_mode pour la migration. Le rendre strict plus tard, comme un changement à part, avec des tests.',
  },
  SQL_MODE_GONE: {
    title: (p) => `sql_mode contient des modes retirés par MySQL 8.0 : ${p.names}.`,
    why: () => 'Un serveur 8.0 ne démarre pas avec eux, et un dump qui les définit est refusé.',
    remedy: () => 'Les retirer de la configuration de la cible et du dump.',
  },
  NAMES_CASE: {
    title: (p) => `Les noms de tables suivent lower_case_table_names = ${p.value}.`,
    why: () =>
      'La cible doit être créée avec la même valeur ; elle ne peut plus être changée ensuite (MySQL 8.0).',
    remedy: () => 'La définir avant d’initialiser le répertoire de données de la cible.',
  },
  SERVER_CHARSET: {
    title: (p) => `Le jeu de caractères du serveur est ${p.value} (${p.collation}).`,
    why: () =>
      'Les nouveaux schémas et les connexions sans choix propre le prennent ; les serveurs récents ont utf8mb4.',
    remedy: () =>
      'Le reprendre sur la cible, ou vérifier que chaque schéma et chaque connexion indique le sien.',
  },
  EVENTS_RUN: {
    title: (p) =>
      `${counted(p, 'événement est actif', 'événements sont actifs')}, le planificateur est ${p.scheduler} : ${p.names}.`,
    why: () =>
      'Après la copie, ils s’exécuteraient sur les deux serveurs, ou pour la première fois sur la cible : deux fois les factures, deux fois les courriels.',
    remedy: () =>
      'Laisser le planificateur arrêté sur la cible tant qu’elle ne reçoit pas les écritures ; puis l’arrêter d’abord ici.',
  },
  VIEW_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'vue s’exécute', 'vues s’exécutent')} au nom de comptes qui n’existent pas (${p.definers}) : ${p.names}.`,
    why: () => 'Chaque usage échoue avec l’erreur 1449, et mysqldump s’arrête à la première de ces vues.',
    remedy: () =>
      'Leur donner un définisseur qui existe. Ou créer le compte, verrouillé et avec les seuls droits dont la vue a besoin.',
  },
  ROUTINE_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'routine s’exécute', 'routines s’exécutent')} au nom de comptes qui n’existent pas (${p.definers}) : ${p.names}.`,
    why: () => 'Chaque appel échoue avec l’erreur 1449, ici et sur la cible.',
    remedy: () => 'Créer le compte, verrouillé et avec les seuls droits nécessaires, ou recréer la routine.',
  },
  TRIGGER_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'déclencheur s’exécute', 'déclencheurs s’exécutent')} au nom de comptes qui n’existent pas (${p.definers}) : ${p.names}.`,
    why: () =>
      'Chaque écriture dans leurs tables échoue avec l’erreur 1449, et le chargement de la cible aussi.',
    remedy: () =>
      'Créer le compte, verrouillé et avec les seuls droits nécessaires, ou recréer le déclencheur.',
  },
  EVENT_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'événement s’exécute', 'événements s’exécutent')} au nom de comptes qui n’existent pas (${p.definers}) : ${p.names}.`,
    why: () => 'Ils échouent à chaque tour, et seul le journal d’erreurs le dit.',
    remedy: () =>
      'Demander s’ils manquent à quelqu’un ; puis les supprimer, ou leur donner un définisseur qui existe.',
  },
  ACCOUNTS_NAME_ADDRESSES: {
    title: (p) =>
      `${counted(p, 'compte n’est admis', 'comptes ne sont admis')} que depuis des adresses d’aujourd’hui : ${p.names}.`,
    why: () =>
      'Depuis sa nouvelle adresse, l’application est refusée (erreur 1045), au moment même de la bascule.',
    remedy: () =>
      'Créer chaque compte aussi pour les nouvelles adresses, avec le même mot de passe et les mêmes droits, avant la bascule ; supprimer les anciens ensuite.',
  },
  LOGIN_PLUGIN_OLD: {
    title: (p) =>
      `${counted(p, 'compte s’authentifie', 'comptes s’authentifient')} par ${p.plugins} : ${p.names}.`,
    why: () =>
      'mysql_native_password est désactivé dans MySQL 8.4 et retiré en 9.0 : ces comptes ne peuvent pas s’y connecter.',
    remedy: () =>
      'Les passer à caching_sha2_password avec un nouveau mot de passe, après avoir vérifié les pilotes de l’application.',
  },
};

/** Les mots de l’évaluation elle-même. */
export const assessmentWords: typeof enWords = {
  verdict: {
    ready: 'prêt',
    'conditionally-ready': 'prêt sous conditions',
    'not-ready': 'pas prêt',
    unknown: 'inconnu',
  },
  severity: { blocker: 'point bloquant', warning: 'avertissement', note: 'remarque' },
  subject: { host: 'hôte', database: 'base', share: 'partage', site: 'site' },
  reason: {
    'not-asked': () => 'Personne ne l’a encore demandé.',
    unreachable: (p) => `${p.host} n’a pas répondu : ${p.message}`,
    'no-account': () => 'Le parc ne nomme aucun compte pour cela, ou personne n’a donné son mot de passe.',
    grant: () => 'Le compte de surveillance n’a pas le droit de le voir.',
    root: () => 'Seul root peut le voir.',
    timeout: () => 'Pas de réponse dans le délai.',
    cut: () => 'Il y en a plus qu’on n’en lit ; ce qui manque ne prouve rien.',
    'not-understood': () => 'La réponse n’a pas pu être comprise.',
    'not-installed': (p) => `${p.program} n’y est pas installé.`,
    'not-told': (p) => (p.name === '?' ? 'Le serveur ne le dit pas.' : `Le serveur ne donne pas ${p.name}.`),
    'nothing-counted': () => 'Rien à compter : 0 sur 0.',
    'not-stated': (p) =>
      p.name === 'seed'
        ? 'Le plan ne peut pas encore dire combien dure le chargement ; saisir ce qu’il attend.'
        : 'Personne n’a indiqué à quoi le comparer.',
    failed: (p) => `Échec : ${p.message}`,
  },
  more: (line: string) => `Pour le voir : ${line}`,
  counted: {
    'single-points': (found: number, of: number) =>
      `${found} services sur ${of} ne reposent que sur un seul serveur.`,
    'not-spread': (found: number, of: number) =>
      `${found} services sur ${of} n’existent qu’une fois et ne peuvent pas partager leur charge.`,
    'updates-by-hand': (found: number, of: number) =>
      `${found} hôtes sur ${of} ne reçoivent leurs mises à jour de sécurité que si quelqu’un les installe.`,
    'costs-compared': (found: number, of: number) => `${found} cibles sur ${of} coûtent moins par mois.`,
    none: () => 'Aucune règle ne connaît ce défaut ; il est à juger par des personnes.',
  },
  nobodyKnows: (names: string) => `Inconnu : ${names}.`,
  problems: 'Défauts actuels',
  score: (score: number) => `${score} sur 100`,
  removedBy: 'Supprimé par',
  provedBy: 'Prouvé par',
  confidence: (measured: number, of: number) => `${measured} contrôles mesurés sur ${of}`,
  noRun: 'Aucune évaluation n’a encore été faite : tout est inconnu.',
  cancelled: 'L’évaluation a été annulée : ce qui a été lu est affiché, le reste est inconnu.',
  clear: (count: number) => `${count} contrôles n’ont rien trouvé.`,
};
