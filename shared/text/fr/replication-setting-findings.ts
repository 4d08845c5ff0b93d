import type { replicationSettingFindings as en } from '../en/replication-setting-findings';
import type { FindingSentences } from '../finding-params';

export const replicationSettingFindings: Record<keyof typeof en, FindingSentences> = {
  CIRCULAR: {
    title: (p) => `${p.hosts} se répliquent en cercle.`,
    what: () => 'Chacun suit un autre d’entre eux.',
    why: () =>
      'Des écritures en conflit arrêtent ou corrompent le cercle, et aucun ordre de promotion n’y est sûr.',
    todo: () => ['Faire de l’un d’eux le seul à écrire, puis ouvrir le cercle.'],
  },
  MULTI_SOURCE: {
    title: (p) => `${p.service} suit plusieurs sources : ${p.hosts}.`,
    what: () => 'Il a plus d’un canal.',
    why: () => 'Il n’est pas candidat : il détient ce que ses sources n’ont pas l’une de l’autre.',
    todo: () => ['Rien, si c’est voulu.'],
  },
  ISLANDS: {
    title: (p) => `${p.hosts} sont déclarés comme un cluster, et rien ne les joint.`,
    what: () => 'Chacun dit qui il suit, et il y a plus d’une histoire.',
    why: () => 'Qui compte sur un réplica n’en a pas.',
    todo: () => ['Les joindre, ou corriger le fichier d’estate.'],
  },
  UNKNOWN_MEMBER: {
    title: (p) =>
      p.form === 'source'
        ? `${p.service} suit ${p.address}, que l’estate ne nomme pas.`
        : `${p.address} lit le binlog de ${p.service}, et l’estate ne le nomme pas.`,
    what: () => 'Le serveur lui-même le dit.',
    why: () => 'Il n’est pas surveillé. Une bascule l’oublierait, et qui le lit voit toutes les données.',
    todo: () => ['Savoir ce que c’est, puis le nommer dans le fichier d’estate ou le couper.'],
  },
  DECLARED_ROLE_DIFFERS: {
    title: (p) => `${p.service} est déclaré ${p.expected} et il est ${p.got}.`,
    what: () => 'Les serveurs disent autre chose que le fichier d’estate.',
    why: () => 'Un plan fondé sur le fichier agirait sur le mauvais serveur.',
    todo: () => ['Corriger le fichier d’estate, ou les serveurs.'],
  },
  DUPLICATE_SERVER_ID: {
    title: (p) => `${p.hosts} ont le même identifiant de serveur, ${p.got}.`,
    what: () => 'server_id doit différer sur chaque serveur qui réplique.',
    why: () =>
      'Un réplica prend les événements portant son identifiant pour les siens et les laisse de côté, sans un mot.',
    todo: () => ['Donner à chacun son propre server_id.'],
  },
  DUPLICATE_UUID: {
    title: (p) => `${p.hosts} ont le même UUID de serveur.`,
    what: (p) => `${p.got}. Un répertoire de données copié a gardé son auto.cnf.`,
    why: () => 'Leurs transactions ne se distinguent pas, et l’un chasse l’autre de la source.',
    todo: () => ['Arrêter la copie, retirer auto.cnf de son répertoire de données, la redémarrer.'],
  },
  GROUP_NOT_ASYNC: {
    title: (p) => `${p.hosts} forment un groupe (${p.got}).`,
    what: () => 'Les membres ordonnent leurs écritures entre eux.',
    why: () => 'Les règles de la réplication asynchrone ne valent pas ici ; on n’en conclut rien.',
    todo: () => ['Changer de primaire avec les outils du groupe.'],
  },
  GROUP_MEMBER_APART: {
    title: (p) => `${p.service} ne participe pas à son groupe.`,
    what: (p) => `Il dit de lui-même : ${p.got}.`,
    why: () =>
      'Il a perdu la majorité, ou n’a pas encore rattrapé son retard. Il répond à cette console et refuse les applications.',
    todo: () => [
      'Voir quels membres forment encore le groupe, et si celui-ci les atteint.',
      'Ne pas lancer un nouveau groupe à partir de lui avant de le savoir : les deux se sépareraient pour de bon.',
    ],
  },
  NOT_UNDERSTOOD: {
    title: (p) => `Une réponse de ${p.service} n’a pas pu être comprise.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Ce qui ne peut être lu est inconnu, et on n’en conclut rien.',
    todo: () => [
      'Regarder la sortie brute. Un serveur plus récent peut dire ce que cette console ne connaît pas.',
    ],
  },
  SEMI_SYNC_FALLEN_BACK: {
    title: (p) => `${p.service} est revenu sans bruit à la réplication asynchrone.`,
    what: (p) => `Le mode semi-synchrone est demandé et inactif. Commits sans acquittement : ${p.got}.`,
    why: () => 'Ce qu’on annonce enregistré aux utilisateurs peut se perdre avec ce serveur.',
    todo: () => ['Ramener un réplica semi-synchrone. Le mode redevient actif de lui-même.'],
  },
  SEMI_SYNC_TOO_FEW: {
    title: (p) => `${p.service} a ${p.got} réplicas semi-synchrones et en demande ${p.expected}.`,
    what: () => 'Le prochain commit attendra jusqu’au bout de son délai.',
    why: () => 'Ensuite le serveur revient à la réplication asynchrone sans un mot.',
    todo: () => ['Ramener un réplica semi-synchrone.'],
  },
  SEMI_SYNC_AFTER_COMMIT: {
    title: (p) => `${p.service} montre des lignes avant qu’un réplica les ait.`,
    what: () => 'Le point d’attente est AFTER_COMMIT.',
    why: () => 'D’autres peuvent lire, et utiliser, une ligne qu’une bascule reprendra.',
    todo: () => ['Utiliser AFTER_SYNC.'],
  },
  LONG_TRANSACTIONS: {
    title: (p) => `${p.attempts} transactions sont ouvertes depuis longtemps sur ${p.service}.`,
    what: (p) => `La plus ancienne : ${p.got}.`,
    why: () => 'Un gel des écritures les attend, ou elles finissent en erreur.',
    todo: () => ['Savoir qui elles sont avant une bascule.'],
  },
  PREPARED_TRANSACTIONS: {
    title: (p) => `Des transactions préparées attendent sur ${p.service}.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Elles tiennent des verrous, et sur MySQL leur commit passe read_only et super_read_only.',
    todo: () => ['Les faire valider ou annuler par leur coordinateur avant une bascule.'],
  },
  CONNECTIONS_FULL: {
    title: (p) => `${p.service} utilise ${p.got} connexions sur ${p.expected}.`,
    what: () => 'Neuf dixièmes ou plus sont pris.',
    why: () => 'Quand la dernière sera prise, applications, réplicas et cette console seront refusés.',
    todo: () => ['Chercher des sessions inactives.'],
  },
  WILL_GIVE_UP: {
    title: (p) => `${p.service} renonce à ${p.from} après ${p.seconds} s.`,
    what: (p) => `Il ne fait que ${p.attempts} essais.`,
    why: () =>
      'Ensuite la réception reste arrêtée jusqu’à ce que quelqu’un la démarre, et tout paraît calme.',
    todo: () => ['CHANGE REPLICATION SOURCE TO SOURCE_RETRY_COUNT = 86400, SOURCE_CONNECT_RETRY = 1.'],
  },
  FILTERED: {
    title: (p) => `${p.service} ne réplique pas tout.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Il lui manque des lignes : il ne pourra jamais prendre le relais.',
    todo: () => ['Rien, si c’est voulu.'],
  },
  FILE_POSITIONING: {
    title: (p) => `${p.service} suit ${p.from} par fichier et position.`,
    what: () => 'Son canal n’utilise pas les GTID.',
    why: () => 'Après une bascule, personne ne peut dire avec certitude où il doit reprendre.',
    todo: () => ['Passer le canal au positionnement automatique.'],
  },
  GTID_OFF: {
    title: (p) => `${p.service} n’utilise pas les GTID.`,
    what: (p) => `gtid_mode est ${p.got}, ou la cohérence n’est pas imposée.`,
    why: () => 'Sans eux, une bascule sûre ne peut pas être prouvée.',
    todo: () => ['Activer les GTID, étape par étape, comme le dit le manuel.'],
  },
  GTID_MODES_DIFFER: {
    title: (p) => `Les modes GTID diffèrent : ${p.got}.`,
    what: (p) => `Sur ${p.hosts}.`,
    why: () => 'Certaines transactions ont un GTID, d’autres non ; les positions ne se comparent pas.',
    todo: () => ['Finir le changement de gtid_mode sur tous les serveurs.'],
  },
  GTID_STRICT_OFF: {
    title: (p) => `${p.service} n’impose pas l’ordre des GTID.`,
    what: () => 'gtid_strict_mode est OFF.',
    why: () =>
      'Une écriture sur le mauvais serveur peut se cacher sous un numéro plus grand ; « aucune différence » veut alors dire « aucune vue ».',
    todo: () => ['SET GLOBAL gtid_strict_mode = 1 sur chaque serveur, et dans la configuration.'],
  },
  NOT_LOGGING: {
    title: (p) => `${p.service} n’écrit pas de binlog.`,
    what: () => 'log_bin est OFF sur un réplica.',
    why: () => 'Aucun serveur ne pourrait le suivre : il ne peut pas prendre le relais.',
    todo: () => ['Activer log_bin. Il faut un redémarrage.'],
  },
  NOT_LOGGING_REPLICATED: {
    title: (p) => `${p.service} n’écrit pas dans son binlog ce qu’il applique.`,
    what: () => 'log_replica_updates (log_slave_updates) est OFF.',
    why: () => 'Les serveurs sous lui, ou après sa promotion, n’auraient pas ce qu’il a reçu.',
    todo: () => ['L’activer. Il faut un redémarrage.'],
  },
  BINLOG_FORMAT: {
    title: (p) => `${p.service} écrit son binlog au format ${p.got}.`,
    what: () => 'binlog_format n’est pas ROW.',
    why: () =>
      'Une requête peut donner d’autres lignes sur un réplica, et des lignes perdues ne se relisent pas dans le binlog.',
    todo: () => ['SET GLOBAL binlog_format = ROW, et dans la configuration.'],
  },
  BINLOG_RETENTION_SHORT: {
    title: (p) => `${p.service} ne garde ses binlogs que ${p.seconds} s.`,
    what: () => 'Moins d’un jour.',
    why: () => 'Un réplica absent plus longtemps doit être reconstruit.',
    todo: () => ['Les garder plusieurs jours.'],
  },
  NOT_DURABLE: {
    title: (p) => `${p.service} peut perdre des commits acquittés en cas de coupure de courant.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Après un arrêt brutal, ses réplicas peuvent en avoir plus que lui.',
    todo: () => ['Mettre les deux à 1.'],
  },
  RELAY_RECOVERY_DANGER: {
    title: (p) => `Un redémarrage de ${p.service} jette ce qu’il a reçu.`,
    what: () => 'relay_log_recovery est ON, et ce réplica acquitte des commits.',
    why: () => 'Si la source se perd en même temps, des transactions acquittées disparaissent.',
    todo: () => [
      'Ne pas le redémarrer pendant un incident.',
      'relay_log_recovery = 0 avec sync_relay_log = 1.',
    ],
  },
  RELAY_PURGE_DANGER: {
    title: (p) => `${p.service} garde ses relay logs pour toujours.`,
    what: () => 'relay_log_purge est OFF.',
    why: () =>
      'Ils remplissent le disque, et une réception qui atteint relay_log_space_limit attend indéfiniment.',
    todo: () => ['Activer relay_log_purge, sauf si quelqu’un les collecte exprès.'],
  },
  OVERLOOKS_ERRORS: {
    title: (p) => `${p.service} passe sur des erreurs de réplication.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Ses lignes peuvent différer de celles de sa source, et personne n’en est averti.',
    todo: () => ['Désactiver ce réglage et comparer les lignes.'],
  },
  VERSION_ORDER: {
    title: (p) => `${p.service} est plus ancien que sa source ${p.from}.`,
    what: (p) => `${p.version} suit ${p.expected}.`,
    why: () =>
      'Un réplica ne doit pas être plus ancien que sa source : il peut ne pas comprendre ce qu’il reçoit.',
    todo: () => ['Mettre le réplica à jour.'],
  },
  MIXED_VERSIONS: {
    title: () => 'Les serveurs de ce cluster ont des versions différentes.',
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () =>
      'Une bascule vers le plus ancien n’est pas possible, et le retour depuis le plus récent peut ne pas l’être.',
    todo: () => ['Les amener à une même version.'],
  },
  PARITY: {
    title: (p) => `${p.service} est réglé autrement que ${p.from}.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Après une bascule, la même requête pourrait donner un autre résultat.',
    todo: () => ['Les aligner avant une bascule.'],
  },
  REPLICATION_TLS_OFF: {
    title: (p) => `${p.service} reçoit de ${p.from} sans TLS.`,
    what: () => 'Le canal n’est pas chiffré.',
    why: () => 'Quiconque est sur le chemin lit toutes les données.',
    todo: () => ['Activer TLS sur le canal, si le chemin n’est pas à vous.'],
  },
  PUBLIC_KEY_MISSING: {
    title: (p) => `${p.service} risque de ne pas pouvoir se connecter à sa prochaine source.`,
    what: () => 'Le canal n’utilise ni TLS ni GET_SOURCE_PUBLIC_KEY.',
    why: () =>
      'caching_sha2_password ne marche alors que tant que le mot de passe est en cache : le défaut apparaît après une bascule.',
    todo: () => ['CHANGE REPLICATION SOURCE TO GET_SOURCE_PUBLIC_KEY = 1, ou utiliser TLS.'],
  },
  REPLICATION_LOGIN: {
    title: (p) => `${p.hosts} ne pourraient pas suivre ${p.service} après une bascule.`,
    what: (p) => `Sur ${p.service}, aucun compte ${p.account} ne les laisse entrer.`,
    why: () => 'Le défaut n’apparaît qu’après la bascule, quand les autres restent en arrière.',
    todo: () => ['Créer le compte de réplication pour les adresses de tous les membres.'],
  },
  EVENTS_ENABLED_ON_REPLICA: {
    title: (p) => `Des événements s’exécutent sur ${p.service}, qui est un réplica.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'Ce qu’ils écrivent n’existe que sur ce serveur.',
    todo: () => ['ALTER EVENT … DISABLE ON REPLICA (ON SLAVE), en gardant le definer.'],
  },
  EVENTS_OFF_ON_PRIMARY: {
    title: (p) => `Des événements dorment sur ${p.service}.`,
    what: (p) => `Le serveur dit : ${p.got}`,
    why: () => 'On les a endormis pour un réplica et personne ne les a réveillés après une bascule.',
    todo: () => ['Activer ceux qui doivent tourner, en gardant le definer.'],
  },
};
