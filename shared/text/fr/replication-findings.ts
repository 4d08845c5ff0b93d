import type { replicationFindings as en } from '../en/replication-findings';
import type { FindingSentences } from '../finding-params';

const SKIP_NOTHING =
  'Ne pas sauter la transaction ni réinitialiser le réplica avant de savoir ce qu’elle contient.';

export const replicationFindings: Record<keyof typeof en, FindingSentences> = {
  PRIMARY_DEAD: {
    title: (p) => `${p.service} est mort : personne ne l’atteint.`,
    what: (p) => `La console ne l’atteint pas, ses réplicas (${p.hosts}) non plus.`,
    why: () => 'L’application ne peut plus écrire. Chaque minute compte, et le choix du bon réplica aussi.',
    todo: () => [
      'Regarder la machine elle-même, si quelqu’un le peut.',
      'Comparer ce que chaque réplica a reçu avant d’en promouvoir un.',
    ],
    doNot: () =>
      'Ne pas redémarrer les réplicas ni arrêter leurs threads : des transactions reçues peuvent se perdre.',
  },
  PRIMARY_DEAD_AND_REPLICAS: {
    title: (p) => `${p.service} est mort, et une partie de ses réplicas est hors de vue.`,
    what: (p) =>
      `La console ne l’atteint pas, les réplicas qui répondent l’ont perdu, d’autres parmi ${p.hosts} ne sont pas vus.`,
    why: () => 'Un réplica qui n’est pas vu a peut-être reçu plus que ceux qui le sont.',
    todo: () => ['Atteindre d’abord les autres réplicas, depuis un autre endroit s’il le faut.'],
    doNot: () => 'Ne promouvoir aucun réplica avant d’avoir interrogé les autres.',
  },
  PRIMARY_UNREACHABLE: {
    title: (p) => `${p.service} n’est pas vu de ce poste, et il vit.`,
    what: () => 'La console ne l’atteint pas, mais au moins un réplica l’entend.',
    why: () => 'Le réseau entre ce poste et le serveur est en cause, pas le serveur.',
    todo: () => ['Vérifier le réseau et le VPN de ce poste.'],
    doNot: () => 'Ne pas basculer : deux serveurs prendraient des écritures.',
  },
  PRIMARY_HUNG: {
    title: (p) => `${p.service} est figé : il accepte les connexions et ne dit rien.`,
    what: () => 'Son processus est là et son port ouvert, mais aucune requête ne reçoit de réponse.',
    why: () => 'Il peut se réveiller et continuer à écrire : il n’est donc pas mort.',
    todo: () => [
      'Regarder la machine : processus arrêté, disque plein, mémoire épuisée.',
      'L’isoler par SSH avant toute promotion.',
    ],
    doNot: () => 'Ne promouvoir aucun réplica tant qu’il peut se réveiller.',
  },
  PRIMARY_DISK_STALLED: {
    title: (p) => `${p.service} attend son disque.`,
    what: () => 'Les requêtes restent sans réponse, et des processus de son hôte attendent un disque.',
    why: () => 'Les commits sont suspendus. Quand le disque répondra, ils reprendront.',
    todo: () => ['Regarder le stockage de l’hôte.', 'Isoler le serveur avant toute promotion.'],
  },
  PRIMARY_REFUSES_CLIENTS: {
    title: (p) => `${p.service} refuse les connexions : il n’en reste aucune.`,
    what: () => 'Le serveur répond qu’il a trop de connexions.',
    why: () => 'Il est vivant. Une application qui perd sa connexion n’en obtient pas d’autre.',
    todo: () => ['Fermer des sessions inactives, ou augmenter max_connections par la connexion réservée.'],
    doNot: () => 'Ne pas basculer pour cela : le serveur suivant se remplirait aussi.',
  },
  PRIMARY_LOCKED_SEMI_SYNC: {
    title: (p) => `Les commits de ${p.service} attendent un réplica absent.`,
    what: () =>
      'La réplication semi-synchrone attend un acquittement, et trop peu de réplicas sont connectés.',
    why: () =>
      'Les utilisateurs attendent jusqu’au délai. La couper maintenant acquitterait des lignes qu’aucun réplica n’a.',
    todo: () => [
      'Ramener un réplica semi-synchrone.',
      'Sinon couper d’abord les clients, puis le mode semi-synchrone.',
    ],
  },
  ALL_REPLICAS_STOPPED: {
    title: (p) => `Aucun réplica de ${p.service} ne reçoit.`,
    what: (p) => `${p.hosts} ont perdu le serveur, qui lui-même répond.`,
    why: () => 'Tout ce qui s’écrit désormais n’existe qu’une fois. La cause est plutôt du côté du primaire.',
    todo: () => ['Vérifier le compte de réplication, le réseau et le port du primaire.'],
    doNot: () => 'Ne pas basculer : le primaire va bien et les réplicas sont en retard.',
  },
  SEVERAL_WRITABLE: {
    title: (p) => `${p.hosts} sont ouverts en écriture et se répliquent l’un dans l’autre.`,
    what: () => 'read_only est OFF sur plus d’un serveur de la même histoire.',
    why: () =>
      'Deux auteurs d’une même histoire donnent des lignes différentes et des erreurs qui arrêtent la réplication.',
    todo: () => ['Savoir qui écrit où, puis passer tous les serveurs sauf un en lecture seule.'],
  },
  NO_PRIMARY_WRITABLE: {
    title: () => 'Aucun serveur de ce cluster ne prend d’écritures.',
    what: (p) => `read_only est ON sur ${p.hosts}.`,
    why: () => 'L’application reçoit l’erreur 1290 à chaque modification.',
    todo: () => ['Savoir qui l’a passé en lecture seule et pourquoi, avant de l’ouvrir.'],
  },
  PRIMARY_READ_ONLY: {
    title: (p) => `${p.service} est la source d’autres serveurs et il est en lecture seule.`,
    what: () => 'read_only est ON, alors que d’autres serveurs le suivent.',
    why: () => 'Soit les écritures vont ailleurs, soit quelqu’un l’a laissé fermé après une maintenance.',
    todo: () => ['Savoir qui l’a passé en lecture seule et pourquoi.'],
  },
  REPLICA_WRITABLE: {
    title: (p) => `${p.service} est un réplica et prend des écritures.`,
    what: () => 'Il suit un autre serveur, et read_only est OFF.',
    why: () =>
      'Une écriture qui l’atteint n’existe nulle part ailleurs, et peut arrêter la réplication au prochain changement de cette ligne.',
    todo: () => ['SET GLOBAL super_read_only = ON (MariaDB : read_only), et l’écrire dans la configuration.'],
  },
  REPLICA_WRITABLE_AFTER_RESTART: {
    title: (p) => `${p.service} prendra des écritures après un redémarrage.`,
    what: (p) =>
      `read_only est ON maintenant, mais aucun fichier de configuration ne le garde (dernière ligne dans : ${p.mount}).`,
    why: () => 'Un réplica qui revient ouvert en écriture prend des écritures que personne d’autre n’a.',
    todo: () => ['Écrire read_only=1 dans sa configuration, ou SET PERSIST super_read_only = 1.'],
  },
  PRIVILEGED_WRITERS: {
    title: (p) => `Sur ${p.service}, des comptes écrivent malgré read_only.`,
    what: (p) => `Ces comptes passent outre read_only : ${p.account}.`,
    why: () => 'Une seule de leurs écritures sur un réplica est une transaction que sa source n’a pas.',
    todo: () => [
      'Retirer ce droit aux comptes des applications.',
      'Sur MySQL, super_read_only les arrête aussi.',
    ],
  },
  BINLOG_PURGED: {
    title: (p) => `${p.service} a besoin d’un binlog que ${p.from} n’a plus. Il faut le reconstruire.`,
    what: (p) => `La source a refusé avec l’erreur 1236 : ${p.message}`,
    why: () => 'Ni l’attente ni un redémarrage ne rendront les transactions manquantes.',
    todo: () => [
      'Reconstruire le réplica depuis une sauvegarde ou un clone.',
      'Garder les binlogs plus longtemps qu’un réplica peut être absent.',
    ],
    doNot: () => 'Ne pas réinitialiser sa position : des lignes manqueraient sans un mot.',
  },
  HISTORIES_DIVERGED: {
    title: (p) => `${p.service} et ${p.from} se sont séparés : les deux ont écrit.`,
    what: (p) => p.message,
    why: () => 'Chacun détient des transactions que l’autre n’a pas. Ils ne se rejoindront pas d’eux-mêmes.',
    todo: () => ['Lister ce que seul le réplica détient, décider ce qu’on en garde, puis le reconstruire.'],
    doNot: () => SKIP_NOTHING,
  },
  RECEIVER_ERROR: {
    title: (p) => `${p.service} ne peut pas recevoir de ${p.from}.`,
    what: (p) => `Son thread de réception a échoué avec l’erreur ${p.got} : ${p.message}`,
    why: () => 'Plus rien n’arrive. Ce qui s’écrit sur la source n’existe que là.',
    todo: () => [
      'Lire l’erreur : réseau, compte, TLS ou binlog ?',
      'Essayer la même connexion depuis l’hôte du réplica.',
    ],
  },
  RECEIVER_CONNECTING: {
    title: (p) => `${p.service} essaie d’atteindre ${p.from}.`,
    what: () => 'Son thread de réception se connecte ; aucune erreur n’est encore annoncée.',
    why: () => 'Rien n’arrive pendant ce temps.',
    todo: () => ['Vérifier le chemin du réplica vers sa source.'],
  },
  BOTH_THREADS_STOPPED: {
    title: (p) => `La réplication est arrêtée sur ${p.service}, les deux threads.`,
    what: (p) => `Il suit ${p.from} ; réception et application sont arrêtées, sans erreur.`,
    why: (p) =>
      p.form === 'mariadb'
        ? 'Avec GTID, MariaDB efface le relay log au prochain START de l’un ou l’autre thread : ce qui est reçu et non appliqué serait perdu pour toujours si la source l’est.'
        : 'Quelqu’un l’a arrêtée, ou elle n’a pas démarré après un redémarrage. Le retard grandit.',
    todo: (p) =>
      p.form === 'mariadb'
        ? [
            'S’assurer que la source vit et a encore ses binlogs.',
            'Alors START SLAVE. Sinon copier d’abord les fichiers du relay log.',
          ]
        : ['Savoir qui l’a arrêtée et pourquoi, puis START REPLICA.'],
    doNot: () => 'Ne pas la démarrer tant que la source est absente.',
  },
  RECEIVER_STOPPED: {
    title: (p) => `${p.service} ne reçoit plus de ${p.from}.`,
    what: () => 'Son thread de réception est arrêté.',
    why: () => 'Plus rien n’arrive.',
    todo: () => ['Savoir qui l’a arrêté et pourquoi.'],
  },
  APPLIER_ERROR: {
    title: (p) => `${p.service} ne peut pas appliquer ce qu’il a reçu.`,
    what: (p) => `L’application s’est arrêtée avec l’erreur ${p.got} : ${p.message}`,
    why: () =>
      'Son retard grandit et il ne peut pas prendre le relais : ses lignes diffèrent déjà de celles de sa source.',
    todo: () => [
      'Comparer la ligne sur les deux serveurs.',
      'Savoir qui a écrit sur le réplica.',
      'Le reconstruire si la cause dépasse une ligne.',
    ],
    doNot: () => SKIP_NOTHING,
  },
  APPLIER_STOPPED: {
    title: (p) => `${p.service} n’applique plus ce qu’il reçoit.`,
    what: () => 'L’application est arrêtée ; la réception continue.',
    why: () => 'Il montre de vieilles données, et devrait rattraper avant de pouvoir prendre le relais.',
    todo: () => ['Savoir qui l’a arrêtée et pourquoi.'],
  },
  HALF_OPEN_LINK: {
    title: (p) => `${p.service} ne reçoit plus rien, et son propre statut dit que tout va bien.`,
    what: (p) =>
      `Rien n’est venu de ${p.from} depuis ${p.seconds} s. Les deux threads disent Yes. Transactions manquantes : ${p.got}.`,
    why: () =>
      'Le lien est à demi ouvert : le réplica attend sur une connexion qui ne livre rien. Une supervision qui lit Seconds_Behind ne le remarque pas.',
    todo: () => [
      'Regarder le chemin entre les deux.',
      'Puis reconnecter la réception. Rien ne se perd : le relay log est gardé tant que l’application tourne.',
    ],
  },
  ERRANT_TRANSACTIONS: {
    title: (p) => `${p.service} détient des transactions que ${p.from} n’a pas.`,
    what: (p) => `Écrites ailleurs que sur ses sources : ${p.got} (${p.attempts}).`,
    why: () =>
      'S’il prend le relais, les autres auront besoin de ces transactions sans pouvoir les obtenir, ou recevront des lignes que personne n’a voulues.',
    todo: () => [
      'Lire ces transactions dans son binlog.',
      'Décider : les garder partout, ou reconstruire le réplica.',
    ],
    doNot: () => 'Ne pas injecter de transactions vides avant d’avoir lu ce qu’elles cachent.',
  },
  REPLICA_AHEAD_OF_SOURCE: {
    title: (p) => `${p.from} a perdu des transactions que ${p.service} a encore.`,
    what: (p) => `Le réplica détient ${p.got} (${p.attempts}), écrites par sa source, qui ne les a plus.`,
    why: () =>
      'La source a perdu la fin de son binlog et donnera ces numéros à d’autres transactions. Le réplica les sauterait.',
    todo: () => [
      'Ne pas réutiliser le réplica, et comparer les lignes.',
      'En reprendre les lignes perdues, puis le reconstruire.',
    ],
    doNot: () => SKIP_NOTHING,
  },
  NEVER_CATCHES_UP: {
    title: (p) => `${p.service} a ${p.seconds} s de retard et ne se rapproche pas.`,
    what: (p) => `Il applique plus lentement que sa source n’écrit. En attente : ${p.got} transactions.`,
    why: () => 'À ce rythme, il ne rattrape jamais.',
    todo: () => [
      'Chercher une longue transaction, une table sans clé primaire, trop peu de workers, un disque lent.',
    ],
  },
  LAGGING: {
    title: (p) => `${p.service} a ${p.seconds} s de retard.`,
    what: (p) => `En attente d’application : ${p.got} transactions.`,
    why: () => 'Ce qu’il montre est vieux, et il lui faudrait ce temps avant de prendre le relais.',
    todo: () => ['Attendre, s’il se rapproche. Sinon chercher une longue transaction ou un disque lent.'],
  },
  LAG_UNKNOWN: {
    title: (p) => `L’ancienneté de ${p.service} ne peut pas encore être dite.`,
    what: () =>
      'Pas de ligne heartbeat, pas d’heure de commit, et trop peu de relevés pour comparer les positions.',
    why: () => 'Inconnu n’est pas 0 : il n’est pas candidat à ce titre.',
    todo: () => ['Attendre quelques relevés, ou nommer une table heartbeat dans le fichier d’estate.'],
  },
  DELAYED: {
    title: (p) => `${p.service} est tenu ${p.seconds} s en arrière, exprès.`,
    what: () => 'Son canal a un délai.',
    why: () => 'Il protège des erreurs, et il n’est jamais candidat.',
    todo: () => ['Rien, si c’est voulu.'],
  },
};
