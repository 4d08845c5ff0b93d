import type { findings as en } from '../en/findings';
import type { FindingSentences } from '../finding-params';

/** Un constat par code. Phrases courtes, sujet d’abord, aucune certitude que la preuve ne donne pas. */
export const findings: Record<keyof typeof en, FindingSentences> = {
  NOT_ANSWERING_ANY_HOST: {
    title: () => 'Aucun hôte ne répond. Sans doute ce poste ou son VPN.',
    what: (p) => `Aucun de ces hôtes n’est joignable depuis ce poste : ${p.hosts}.`,
    why: () =>
      'Des hôtes tombent rarement tous ensemble ; un poste perd souvent son réseau. On n’en conclut rien sur les serveurs.',
    todo: () => [
      'Vérifier le réseau et le VPN de ce poste.',
      'Demander à une deuxième personne, d’un autre endroit, si les hôtes répondent.',
    ],
    doNot: () => 'Ne pas lancer de bascule d’urgence depuis un poste qui ne voit rien.',
  },
  HOSTKEY_CHANGED: {
    title: (p) => `La clé d’hôte de ${p.host} a changé. Tout échange avec ${p.host} est arrêté.`,
    what: (p) => `Attendue ${p.expected}, reçue ${p.got}.`,
    why: () =>
      'Soit la machine a été réinstallée, soit quelque chose s’est mis entre ce poste et elle et lirait chaque mot de passe.',
    todo: (p) => [
      'Lire la clé sur la machine elle-même : ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      `Si c’est bien celle reçue : patronus trust ${p.host}`,
    ],
    doNot: () => 'Ne saisir aucun mot de passe pour cet hôte tant que la clé n’est pas expliquée.',
  },
  HOSTKEY_UNKNOWN: {
    title: (p) => `La clé d’hôte de ${p.host} n’est pas connue ici. Rien n’a été envoyé.`,
    what: (p) => p.message,
    why: () =>
      'Sans clé connue, personne ne distingue cette machine d’une autre qui se fait passer pour elle.',
    todo: (p) => [
      'Lire la clé sur la machine elle-même : ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      `Puis : patronus trust ${p.host}`,
    ],
    doNot: () => 'Ne pas accepter une clé parce qu’elle est présentée.',
  },
  HOST_UNREACHABLE: {
    title: (p) => `${p.host} ne répond pas. Vu de ce poste seulement.`,
    what: (p) => p.message,
    why: (p) => `Ce qui tourne sur ${p.host} (${p.services}) est inconnu, pas mort.`,
    todo: () => [
      'Vérifier d’un autre endroit s’il répond.',
      'Vérifier le réseau entre ce poste et l’hôte, puis sa console.',
    ],
    doNot: () => 'Ne pas conclure d’ici que ses services sont arrêtés.',
  },
  HOST_REFUSES: {
    title: (p) => `${p.host} refuse le compte de la console. Il ne peut pas être surveillé.`,
    what: (p) => p.message,
    why: (p) =>
      `${p.host} répond, mais ce qu’il fait tourner (${p.services}) reste inconnu tant que le compte n’entre pas.`,
    todo: () => ['Vérifier le compte et sa clé dans le fichier d’estate et sur l’hôte.'],
    doNot: () => 'Ne pas réessayer sans fin : sshd écarte un poste qui échoue trop souvent.',
  },
  ANSWER_NEEDED: {
    title: (p) => `${p.host} attend une réponse de votre part.`,
    what: (p) => p.message,
    why: () =>
      'La surveillance ne demande jamais d’elle-même. Sans réponse, cette partie du relevé reste inconnue.',
    todo: () => ['Répondre à la question, ou donner au fichier d’estate une référence vers le secret.'],
  },
  SERVICE_DOWN: {
    title: (p) => `${p.service} est arrêté sur ${p.host}.`,
    what: (p) =>
      p.form === 'notListening'
        ? `${p.host} répond et ${p.process} tourne, mais rien n’écoute sur le port ${p.port}.`
        : `${p.host} répond ; aucun processus ${p.process} n’y tourne et rien n’écoute sur le port ${p.port}.`,
    why: (p) =>
      p.services === ''
        ? 'Qui en a besoin n’a pas de réponse.'
        : `${p.services} en a besoin et n’a pas de réponse.`,
    todo: (p) => [
      p.form === 'notListening'
        ? 'Lire son journal d’erreurs : il démarre, se répare ou refuse sa configuration.'
        : 'Lire son journal d’erreurs avant de le démarrer : ce qui l’a arrêté peut l’arrêter encore.',
      `Le démarrer sur ${p.host}, puis l’observer ici.`,
    ],
  },
  SERVICE_FROZEN: {
    title: (p) => `${p.service} est figé sur ${p.host} : suspendu, pas mort.`,
    what: (p) =>
      `${p.halted} processus ${p.process} sur ${p.running} sont dans l’état T : suspendus par un signal ou un débogueur. Le port reste ouvert et personne ne répond.`,
    why: () =>
      'Les clients n’ont pas d’erreur, ils attendent. Celui qui attend se remplit, et paraît fautif sans l’être.',
    todo: (p) => [
      `Trouver qui l’a suspendu (ps -o pid,stat,wchan,comm sur ${p.host}).`,
      'Si c’est par erreur : kill -CONT PID.',
    ],
    doNot: () => 'Ne pas redémarrer d’abord ses clients : c’est lui qu’ils attendent.',
  },
  SERVICE_SILENT: {
    title: (p) => `${p.service} sur ${p.host} accepte les connexions et ne répond pas.`,
    what: (p) => p.message,
    why: () =>
      'Il tourne et il écoute : les clients attendent au lieu d’échouer. Surcharge, verrou, disque plein ou système de fichiers bloqué.',
    todo: (p) => [
      `Regarder ${p.host} : charge, disques, processus dans l’état D.`,
      'Pour une base : les sessions qui attendent et les verrous de métadonnées.',
    ],
    doNot: () => 'Ne pas le tuer avant de savoir ce qu’il attend.',
  },
  SERVICE_FAILING: {
    title: (p) => `${p.service} sur ${p.host} répond par une erreur.`,
    what: (p) => p.message,
    why: () =>
      'Ses utilisateurs voient aussi une erreur. La cause est souvent derrière lui : la base, le serveur de fichiers, un disque plein.',
    todo: (p) => [
      `Lire le journal d’erreurs de ${p.service}.`,
      'Regarder d’abord ce dont il a besoin : les liens qui en partent.',
    ],
  },
  SERVICE_REFUSES: {
    title: (p) => `${p.service} sur ${p.host} tourne, mais refuse la console.`,
    what: (p) => p.message,
    why: () =>
      'Ce que seul le serveur peut dire est inconnu : s’il est ouvert en écriture, ce qu’il réplique, sa charge.',
    todo: () => [
      'Vérifier le compte dans le fichier d’estate et ses droits sur le serveur.',
      'Trop de connexions : ses clients sont peut-être refusés aussi.',
    ],
  },
  PORT_WITHOUT_PROCESS: {
    title: (p) => `Quelque chose écoute sur le port ${p.port} de ${p.host}, mais ce n’est pas ${p.process}.`,
    what: (p) => `${p.service} y est déclaré. Aucun processus ${p.process} n’est visible.`,
    why: () => 'Un autre programme a peut-être pris le port, ou le service tourne sous un nom inconnu ici.',
    todo: (p) => [`En root sur ${p.host} : ss -ltnp`],
  },
  LOOPBACK_ONLY: {
    title: (p) => `${p.service} sur ${p.host} n’écoute que localement.`,
    what: (p) => `Le port ${p.port} n’est ouvert que sur 127.0.0.1 ou ::1.`,
    why: () => 'Aucun autre hôte ne peut l’y joindre.',
    todo: () => ['Vérifier son adresse d’écoute (bind-address, Listen).'],
  },
  ACCESS_MISSING: {
    title: (p) => `${p.service} : il manque ${p.privilege} au compte de surveillance.`,
    what: (p) => p.message,
    why: (p) => `Ce que ${p.probe} montrerait reste inconnu.`,
    todo: (p) => [`Le donner sur ${p.host} : GRANT ${p.privilege} ON *.* TO le compte de surveillance.`],
    doNot: () => 'Ne donner aucun droit d’écriture au compte de surveillance.',
  },
  SINGLE_POINT_OF_FAILURE: {
    title: (p) => `${p.service} est un point unique de défaillance (SPOF).`,
    what: (p) =>
      `Un seul serveur dans le rôle ${p.role} : ${p.service} sur ${p.host}. Aucun second n’est déclaré ni vu.`,
    why: (p) =>
      p.services === ''
        ? 'S’il s’arrête, son travail s’arrête.'
        : `S’il s’arrête, ce qui en a besoin s’arrête aussi : ${p.services}.`,
    todo: () => [
      'Prévoir un second serveur pour ce rôle, sur une autre machine.',
      'D’ici là, savoir combien de temps il faut pour remonter celui-ci, et le répéter.',
    ],
  },
  NO_REPLICA: {
    title: (p) => `${p.service} n’a pas de réplica.`,
    what: () => 'Le serveur dit qu’il ne réplique depuis personne, et aucun réplica n’y est connecté.',
    why: () =>
      'Si sa machine ou son disque est perdu, tout ce qui suit la dernière sauvegarde est perdu, et il n’y a pas de serveur vers lequel basculer.',
    todo: () => [
      'Monter un réplica sur une autre machine.',
      'D’ici là, prouver que la dernière sauvegarde se restaure.',
    ],
  },
  BINLOG_OFF: {
    title: (p) => `${p.service} n’écrit pas de binlog.`,
    what: () => 'log_bin vaut OFF.',
    why: () =>
      'Sans lui, aucun réplica ne peut être chargé pendant que les utilisateurs travaillent, et aucune sauvegarde ne peut être rejouée jusqu’au bout.',
    todo: () => ['Activer log_bin. Il faut un redémarrage : le planifier.'],
  },
  LINK_UNANSWERED: {
    title: (p) => `${p.from} appelle ${p.to} sur le port ${p.port} et n’a pas de réponse.`,
    what: (p) =>
      `Sur ${p.host}, ${p.attempts} connexions vers ${p.address}:${p.port} réémettent sans cesse et ne reçoivent aucun acquittement.`,
    why: () =>
      'Rien ne revient, pas même un refus : le chemin entre les deux est coupé, un pare-feu le bloque, ou l’hôte d’en face a disparu. Vu d’un second endroit, pas de ce poste.',
    todo: (p) => [
      `Depuis ${p.host} : joindre ${p.address} autrement (ping, autre port).`,
      'Vérifier le commutateur, la route et les pare-feux entre les deux.',
    ],
    doNot: (p) => `Ne pas redémarrer ${p.from} : la faute n’est pas chez lui.`,
  },
  UNDECLARED_LINK: {
    title: (p) => `${p.from} parle à ${p.to} sur le port ${p.port}. L’estate ne le déclare pas.`,
    what: (p) =>
      p.form === 'configured'
        ? 'Une configuration sur l’hôte le nomme ; aucune conversation n’a été vue.'
        : 'Les tables de connexions des hôtes le montrent.',
    why: () =>
      'Ce qui n’est pas déclaré s’oublie dans un déménagement : il casse quand une extrémité change d’adresse.',
    todo: () => ['Trouver ce que c’est, et le déclarer dans le fichier d’estate.'],
  },
  DECLARED_NOT_SEEN: {
    title: (p) => `${p.from} → ${p.to} est déclaré, mais n’a jamais été vu.`,
    what: (p) => `${p.samples} relevés des sockets n’ont montré aucune conversation sur le port ${p.port}.`,
    why: () => 'Soit il sert rarement, soit il n’est plus vrai.',
    todo: () => ['Demander qui en a besoin, ou observer plus longtemps.'],
  },
  MOUNT_MISSING: {
    title: (p) => `${p.host} n’a pas de montage de ${p.to}.`,
    what: (p) =>
      `${p.from} → ${p.to} (${p.protocol}) est déclaré, mais rien de ${p.address} n’est monté sur ${p.host}.`,
    why: () =>
      'Des fichiers destinés au serveur de fichiers s’écrivent peut-être sur le disque local, sans que cela se voie.',
    todo: (p) => [
      `Sur ${p.host} : findmnt, et le journal du montage.`,
      'Chercher des fichiers écrits sous le point de montage vide.',
    ],
    doNot: () => 'Ne pas monter par-dessus des fichiers qui ne sont pas sauvegardés.',
  },
  DISK_NEARLY_FULL: {
    title: (p) => `${p.mount} sur ${p.host} est plein à ${p.percent} %.`,
    what: (p) =>
      p.form === 'inodes'
        ? 'Les inodes manquent : plus de nouveau fichier, même s’il reste des octets.'
        : 'Compté comme df : les blocs réservés à root sont pleins.',
    why: () => 'Une base sur un disque plein cesse d’écrire et attend ; un serveur de fichiers refuse.',
    todo: () => ['Faire de la place, ou l’agrandir, avant la prochaine grosse écriture.'],
    doNot: () => 'Ne pas effacer des binlogs à la main : PURGE BINARY LOGS.',
  },
  CLOCK_SKEW: {
    title: (p) => `L’horloge de ${p.host} diffère de ${p.seconds} s de celle de ce poste.`,
    what: () => 'Lue par SSH ; l’aller et le retour sont pris en compte.',
    why: () =>
      'Les heures des journaux ne se comparent plus, et un retard de réplication lu sur les horloges est faux d’autant.',
    todo: (p) => [`Vérifier la synchronisation de l’heure sur ${p.host} et sur ce poste : timedatectl.`],
  },
  IDENTITY_CHANGED: {
    title: (p) => `Deux serveurs différents répondent tour à tour au nom ${p.host}.`,
    what: (p) =>
      p.form === 'key'
        ? `La clé d’hôte était d’abord ${p.expected}, puis ${p.got}\u00a0; les deux sont admises, et chacune va avec son propre démarrage.`
        : `Le démarrage était d’abord ${p.expected}, puis ${p.got}, commencé alors que le premier répondait encore\u00a0: ce n’est pas un redémarrage.`,
    why: (p) =>
      `Un nom qui se déplace (adresse flottante, répartiteur, rotation DNS) mène au serveur qui est derrière à cet instant. Ce qui est prévu pour ${p.host} pourrait être fait à l’autre.`,
    todo: (p) => [
      'Inscrire les deux serveurs comme des hôtes distincts, chacun avec une adresse qui ne bouge jamais.',
      `Comparer sur chacun\u00a0: cat /proc/sys/kernel/random/boot_id\u00a0; hostname\u00a0; la clé d’hôte de ${p.host}.`,
    ],
    doNot: () =>
      'Ne pas prévoir de bascule ni de copie pour ce nom tant qu’il ne désigne pas un seul serveur.',
  },
  SAME_SERVER_TWICE: {
    title: (p) =>
      p.form === 'database'
        ? `${p.hosts} sont un seul serveur de base de données, ou des copies d’un même répertoire de données.`
        : `${p.hosts} sont une seule et même machine.`,
    what: (p) =>
      p.form === 'database'
        ? 'Ils donnent le même server_uuid.'
        : 'Ils montrent la même clé d’hôte et le même identifiant de démarrage.',
    why: (p) =>
      p.form === 'database'
        ? 'Deux noms pour un serveur ressemblent à une redondance et n’en sont pas une. Un répertoire copié avec son auto.cnf casse la réplication.'
        : 'Deux noms pour une machine ressemblent à une redondance et n’en sont pas une, et une étape prévue pour l’un est faite à l’autre.',
    todo: (p) =>
      p.form === 'database'
        ? [
            'Corriger les adresses dans le fichier d’estate\u00a0; si le répertoire a été copié, supprimer auto.cnf sur la copie et la redémarrer.',
          ]
        : [
            'Corriger les adresses SSH dans le fichier d’estate, ou retirer un des hôtes et inscrire son nom dans aliases.',
          ],
    doNot: () => 'Ne pas les compter pour deux.',
  },
  DIFFERENT_ADDRESS: {
    title: (p) => `${p.host} ne porte pas son adresse déclarée ${p.address}.`,
    what: (p) => `Il a ${p.addresses}.`,
    why: () =>
      'Soit la console atteint une autre machine que celle voulue, soit le fichier d’estate n’est plus à jour.',
    todo: () => [
      'Vérifier l’adresse SSH et l’adresse de l’hôte dans le fichier d’estate. Derrière un NAT, ajouter les autres sous aliases.',
    ],
  },
  UPDATES_BY_HAND: {
    title: (p) => `${p.host} n’installe aucune mise à jour de sécurité de lui-même.`,
    what: () => 'Les mises à jour automatiques du gestionnaire de paquets ne sont pas configurées.',
    why: () => 'Des failles connues restent ouvertes jusqu’à ce que quelqu’un y pense.',
    todo: () => [
      'Choisir un créneau et qui regarde le résultat, puis activer les mises à jour de sécurité automatiques.',
    ],
  },
  NO_BACKUP_SEEN: {
    title: () => 'On ne sait pas s’il y a une sauvegarde.',
    what: () =>
      'L’estate n’en déclare pas, et rien de vu sur les hôtes n’en montre. Il y en a peut-être une ailleurs.',
    why: (p) => `${p.services} : ces données n’existent qu’une fois, pour autant qu’on voie.`,
    todo: () => [
      'Nommer la sauvegarde dans le fichier d’estate : où, à quelle fréquence, quand restaurée pour la dernière fois.',
    ],
  },
};
