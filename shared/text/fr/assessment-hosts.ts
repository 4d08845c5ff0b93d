import type { CheckSentences } from '../../assessment/sentences';
import type { assessmentHosts as en } from '../en/assessment-hosts';

/** Un texte par contrôle des hôtes, serveurs web, partages et sauvegardes. Phrases courtes, sujet d’abord. */
export const assessmentHosts: Record<keyof typeof en, CheckSentences> = {
  BACKUP_NONE_SEEN: {
    title: (p) =>
      p.form === 'database'
        ? `Aucune sauvegarde de la base ${p.service} n’a été vue nulle part.`
        : `Aucune sauvegarde des fichiers de ${p.service} n’a été vue nulle part.`,
    why: (p) =>
      `Ce qui a été regardé : tâches cron et timers, agents en marche, et ${p.looked}. Non regardé : ${p.notLooked}. Un serveur qui vient chercher lui-même ses copies ne laisse pas de trace ici. Sans copie, toute erreur de la migration est définitive.`,
    remedy: () =>
      'Demander qui garde les copies et où, puis l’énoncer dans le fichier d’estate par un lien d’usage backup. S’il n’y en a pas : en faire une, et la restaurer une fois, avant toute migration.',
  },
  BACKUP_OLD: {
    title: (p) =>
      p.form === 'database'
        ? `Le dump le plus récent qui ait été vu a ${p.days} jours : ${p.name}.`
        : `L’archive de fichiers la plus récente qui ait été vue a ${p.days} jours : ${p.name}.`,
    why: () => 'Tout ce qui a été écrit depuis serait perdu avec le serveur.',
    remedy: () =>
      'Chercher pourquoi la tâche ne tourne plus, ou si des copies plus récentes sont gardées ailleurs.',
  },
  BACKUP_EMPTY: {
    title: (p) => `Des dumps sont presque vides (${p.count}) : ${p.names}.`,
    why: () =>
      'Un dump qui a échoué laisse un fichier de quelques octets, qui ressemble à une sauvegarde jusqu’au jour où l’on en a besoin.',
    remedy: () => 'Lire la sortie de la tâche, la réparer, et restaurer une fois le dump suivant.',
  },
  BACKUP_SAME_HOST: {
    title: (p) =>
      `Toutes les copies de ${p.service} qui ont été vues sont sur son propre serveur : ${p.names}.`,
    why: () => 'Elles disparaissent avec ce qu’elles devraient remplacer.',
    remedy: () => 'Les copier chaque fois sur une autre machine, de préférence sur un autre site.',
  },
  BACKUP_RESTORE_UNTESTED: {
    title: (p) =>
      p.form === 'old'
        ? `La dernière restauration d’essai de ${p.service} date de ${p.days} jours.`
        : `Aucune restauration d’essai de ${p.service} n’est connue.`,
    why: () =>
      'Une copie que personne n’a remise en place est un espoir. Le retour arrière de la migration peut devoir s’y fier, et personne ne sait combien de temps cela prend.',
    remedy: () =>
      'La restaurer sur une machine libre, chronométrer, et l’énoncer dans le fichier d’estate : quantities.restoreTestAge du service.',
  },
  UPDATES_NOT_AUTOMATIC: {
    title: (p) =>
      p.form === 'not-installed'
        ? 'Les mises à jour de sécurité se font à la main : unattended-upgrades n’est pas installé.'
        : p.form === 'off'
          ? 'Les mises à jour de sécurité se font à la main : unattended-upgrades est désactivé.'
          : p.form === 'timer'
            ? 'Les mises à jour de sécurité se font à la main : le timer d’unattended-upgrades est désactivé.'
            : 'Les mises à jour de sécurité se font à la main.',
    why: (p) =>
      `Une faille connue reste ouverte jusqu’à ce que quelqu’un ait le temps. Mises à jour de sécurité en attente : ${p.security}.`,
    remedy: () =>
      'Sur la cible, laisser les mises à jour de sécurité s’installer seules, un serveur du tier à la fois, et surveiller un premier tour.',
  },
  UPDATES_NOT_RUN: {
    title: (p) => `Les mises à jour automatiques ont tourné pour la dernière fois il y a ${p.days} jours.`,
    why: () => 'Elles sont activées et ne tournent pas : personne ne le remarque avant qu’une faille serve.',
    remedy: () => 'Lire /var/log/unattended-upgrades et l’état de apt-daily-upgrade.timer.',
  },
  UPDATES_SECURITY_PENDING: {
    title: (p) =>
      `Des mises à jour de sécurité attendent (${p.count} sur ${p.all} mises à jour) : ${p.names}.`,
    why: (p) =>
      `D’après des listes de paquets qui ont ${p.days} jours ; rien n’a été rafraîchi. Dernière installation de paquets : ${p.applied}.`,
    remedy: () =>
      'Les installer maintenant, ou migrer vers des serveurs qui les ont ; pas dans les jours autour de la bascule. Comparer ensuite les versions des deux côtés.',
  },
  UPDATES_LISTS_OLD: {
    title: (p) => `Les listes de paquets ont ${p.days} jours.`,
    why: () => 'Ce qui manque est jugé d’après elles : il peut en attendre plus que ce qui est dit ici.',
    remedy: () => 'Vérifier que l’hôte atteint son miroir de paquets, puis rafraîchir les listes.',
  },
  UPDATES_RESTART_WAITS: {
    title: (p) =>
      p.form === 'kernel'
        ? `Un noyau plus récent que celui qui tourne est installé : ${p.newest}, or ${p.running} tourne.`
        : `Une mise à jour attend un redémarrage de l’hôte : ${p.packages}.`,
    why: () =>
      'Ce qui a été réparé n’est pas encore en service, et un redémarrage imprévu apporterait un changement.',
    remedy: () =>
      'Redémarrer à une heure calme bien avant la migration, et vérifier que chaque service revient.',
  },
  UPDATES_APPLIED_BY: {
    title: (p) => `Dernière installation de paquets : ${p.applied}.`,
    why: () => 'Cela nomme qui applique les mises à jour aujourd’hui, personne ou programme.',
    remedy: () => 'Convenir avec cette personne d’une période sans mises à jour autour de la bascule.',
  },
  HOST_SUPPORT_ENDS: {
    title: (p) =>
      p.form === 'past'
        ? `${p.release} n’est plus maintenu depuis le ${p.date}.`
        : `${p.release} n’est maintenu que jusqu’au ${p.date}.`,
    why: () => 'Après ce jour, plus aucune faille n’est fermée, et une cible de même version en hérite.',
    remedy: () =>
      'Choisir pour la cible une version maintenue pendant des années, et y tester l’application.',
  },
  HOST_CLOCK_OFF: {
    title: (p) => `L’horloge est décalée de ${p.seconds} s.`,
    why: () =>
      'Retards, certificats, dates de fichiers et journaux de plusieurs serveurs ne se comparent plus.',
    remedy: () => 'La confier à chrony ou systemd-timesyncd, avant de comparer des fichiers par leur date.',
  },
  HOST_CLOCK_FREE: {
    title: () => 'Rien ne tient l’horloge à l’heure : le système dit qu’elle n’est pas synchronisée.',
    why: () => 'Elle peut être juste aujourd’hui et fausse la nuit de la bascule.',
    remedy: () => 'Activer la synchronisation, et vérifier que l’hôte atteint un serveur de temps.',
  },
  HOST_DISK_NEARLY_FULL: {
    title: (p) => `Des systèmes de fichiers ont peu de place (${p.count}) : ${p.names}.`,
    why: () =>
      'Dumps, binlogs gardés plus longtemps et copies pour le retour arrière demandent de la place pendant la migration.',
    remedy: () => 'Faire de la place ou ajouter un volume avant la première passe.',
  },
  HOST_ADDRESSES_WRITTEN: {
    title: (p) => `Des adresses du parc sont écrites en chiffres à ${p.count} endroits : ${p.names}.`,
    why: (p) =>
      `Après la migration, elles mènent aux anciens serveurs : ${p.addresses}. ${p.files} fichiers regardés, dont ${p.hidden} fermés au compte de la console.`,
    remedy: () =>
      'Mettre des noms à leur place dès maintenant, tant qu’ils mènent aux mêmes serveurs ; la migration devient alors un changement de noms.',
  },
  HOST_MOUNT_NOT_KEPT: {
    title: (p) =>
      `Un système de fichiers distant est monté que rien ne remonterait (${p.count}) : ${p.names}.`,
    why: () =>
      'Il n’est ni dans /etc/fstab ni dans une unité de montage : après un redémarrage il manque, ou un script que personne n’a recensé le monte.',
    remedy: () => 'Trouver ce qui le monte, et le noter ; sur la cible, le monter par fstab ou une unité.',
  },
  HOST_MOUNT_MISSING: {
    title: (p) =>
      `/etc/fstab nomme des systèmes de fichiers distants qui ne sont pas montés (${p.count}) : ${p.names}.`,
    why: () => 'Soit on n’en a plus besoin, soit il manque à quelqu’un en ce moment.',
    remedy: () => 'Demander à qui il sert ; retirer ce qui est inutile avant de le recopier sur la cible.',
  },
  HOST_MOUNT_PASSWORD_OPEN: {
    title: (p) =>
      `Le mot de passe d’un partage est lisible par tous les comptes de l’hôte (${p.count}) : ${p.names}.`,
    why: () => 'Qui entre dans l’application web a tout le partage.',
    remedy: () =>
      'Le mettre dans un fichier credentials en mode 0600, et donner au partage un nouveau mot de passe lors de la migration.',
  },
  HOST_SENDS_MAIL: {
    title: (p) => `Cet hôte peut envoyer du courrier (programme ${p.program}, ports ${p.ports}).`,
    why: () =>
      'Depuis une nouvelle adresse, le courrier peut être refusé : SPF, noms inverses et liste des relais permis nomment l’ancienne.',
    remedy: () =>
      'Trouver qui envoie quoi ; préparer SPF, DKIM, noms inverses et relais pour la nouvelle adresse ; tester.',
  },
  HOST_MAIL_WAITING: {
    title: (p) => `Messages en attente dans la file de cet hôte : ${p.count}.`,
    why: () => 'Ce qui attend sur l’ancien serveur quand on l’éteint n’est jamais distribué.',
    remedy: () => 'Vider la file avant la bascule, et la regarder encore avant d’abandonner le serveur.',
  },
  HOST_JOBS: {
    title: (p) => `Tâches qui tournent seules (${p.count}) : ${p.names}.`,
    why: (p) =>
      `Elles écrivent pendant le gel, ou manquent sur la cible. Crontabs du système qui n’ont pas pu être lues : ${p.hidden}.`,
    remedy: () =>
      'Dire de chacune si elle migre, s’arrête avant le gel (étape 13) et reprend ensuite (étape 27).',
  },
  HOST_CRONTABS: {
    title: (p) => `Des personnes ont leur propre crontab (${p.count}) : ${p.names}.`,
    why: () => 'On les oublie facilement : aucun paquet ni dépôt ne les contient.',
    remedy: () => 'Demander à chacune ce qu’elle fait, et la migrer ou y mettre fin.',
  },
  APACHE_CONFIG_FAULTY: {
    title: (p) => `Apache ne démarrerait pas avec cette configuration : ${p.said}`,
    why: () =>
      'Il tourne avec ce qu’il a lu il y a longtemps ; le prochain redémarrage, ou la copie sur la cible, l’arrête.',
    remedy: () => 'La réparer jusqu’à ce que apachectl -t dise Syntax OK, avant de la copier.',
  },
  APACHE_CERTIFICATE_ENDS: {
    title: (p) =>
      p.form === 'past'
        ? `Le certificat ${p.file} a expiré le ${p.date}.`
        : `Le certificat ${p.file} expire le ${p.date}, dans ${p.days} jours.`,
    why: () =>
      'Les navigateurs refusent le site. Ce qui le renouvelle fait sa preuve sous l’ancienne adresse, et échoue pendant que le nom change.',
    remedy: () =>
      'Le renouveler bien avant la bascule, et rien pendant la fenêtre ; emporter la clé et le renouvellement.',
  },
  APACHE_SESSIONS_LOCAL: {
    title: (p) => `PHP garde les sessions dans des fichiers de cet hôte (${p.file}).`,
    why: () =>
      'Tout le monde est déconnecté à la bascule, et deux serveurs web ne connaîtraient pas les utilisateurs l’un de l’autre.',
    remedy: () =>
      'Utiliser un stockage partagé, ou annoncer la déconnexion et garder le nom et le domaine du cookie.',
  },
  APACHE_VHOSTS: {
    title: (p) => `Hôtes virtuels (${p.count}) : ${p.names}.`,
    why: () => 'Chaque nom doit être connu du DNS, des certificats et de la recette rapide de la cible.',
    remedy: () => 'Comparer la liste à celle de la cible avant la répétition.',
  },
  APACHE_MODULES: {
    title: (p) => `Modules au-delà de ceux d’une installation neuve (${p.count} sur ${p.all}) : ${p.names}.`,
    why: () => 'Une directive d’un module absent empêche Apache de démarrer sur la cible.',
    remedy: () => 'Les installer et les charger sur la cible ; laisser ce qu’aucune configuration n’utilise.',
  },
  SAMBA_ACLS: {
    title: (p) =>
      `Des listes d’accès sont en usage : ${p.count} fichiers et dossiers sur ${p.entries} en ont une.`,
    why: () => 'Une copie sans elles donne aux gens d’autres droits que ceux d’aujourd’hui.',
    remedy: () =>
      'Copier avec rsync -A, vérifier que le système de fichiers cible les garde, et tester un cas qui doit être refusé.',
  },
  SAMBA_ATTRIBUTES: {
    title: (p) => `Des fichiers portent des attributs (${p.entries} regardés) : ${p.names}.`,
    why: () =>
      'Samba y garde les droits Windows (security.NTACL) et des marques comme « caché » (user.DOSATTRIB). Une copie sans eux perd les deux ; seul root peut copier security.NTACL.',
    remedy: () => 'Copier avec rsync -X en root des deux côtés, et comparer un échantillon par getfattr.',
  },
  SAMBA_CASE_CLASH: {
    title: (p) => `Des noms ne diffèrent que par les majuscules (${p.count}), par exemple : ${p.names}.`,
    why: () =>
      'Les clients Windows voient l’un des deux, et une cible insensible à la casse n’en garde qu’un.',
    remedy: () => 'Les faire renommer par leurs propriétaires avant la première passe.',
  },
  SAMBA_LONG_NAMES: {
    title: (p) => `Noms ou chemins longs (${p.count}), par exemple : ${p.names}.`,
    why: () =>
      'Un nom de plus de 143 octets ne tient pas sur un système de fichiers chiffré, et un chemin de plus de 240 ne s’ouvre pas dans les programmes Windows ordinaires.',
    remedy: () => 'Les raccourcir, ou vérifier les plus longs sur la cible par une copie.',
  },
  SAMBA_ODD_NAMES: {
    title: (p) => `Noms que Windows ne peut montrer tels quels (${p.count}), par exemple : ${p.names}.`,
    why: () =>
      'Ils contiennent des caractères comme « : » ou « ? », ou finissent par un point ou un blanc. Samba les montre sous d’autres noms, et un autre serveur peut le faire autrement.',
    remedy: () =>
      'Les renommer, ou reporter sur la cible les réglages de substitution de noms (vfs_fruit, catia).',
  },
  SAMBA_SYMLINKS: {
    title: (p) => `Liens symboliques (${p.count}), par exemple : ${p.names}.`,
    why: () => 'Ils peuvent mener hors du partage, vers un chemin absent de la cible.',
    remedy: () => 'Regarder où chacun mène ; emporter ce qu’il désigne, ou retirer le lien.',
  },
  SAMBA_HARDLINKS: {
    title: (p) => `Fichiers à plusieurs noms (${p.count}), par exemple : ${p.names}.`,
    why: () =>
      'Une copie qui l’ignore en fait plusieurs fichiers : plus de place, et un changement n’atteint plus les deux noms.',
    remedy: () => 'Copier avec rsync -H ; il lui faut de la mémoire pour chacun.',
  },
  SAMBA_SPECIAL_FILES: {
    title: (p) => `Sockets, tubes ou périphériques dans le partage (${p.count}), par exemple : ${p.names}.`,
    why: () => 'Aucune copie n’emporte ce à quoi ils servent, et la lecture d’un tube attend sans fin.',
    remedy: () => 'Trouver le programme qui les a créés, et les exclure des passes.',
  },
  SAMBA_FOLDERS_CLOSED: {
    title: (p) =>
      `Dossiers où le compte de la console ne peut entrer (${p.count}), par exemple : ${p.names}.`,
    why: () => 'On ne sait rien de leur contenu : ni taille, ni noms.',
    remedy: () =>
      'Permettre au compte de les lire pendant l’évaluation, ou y faire les mêmes contrôles à la main.',
  },
  SAMBA_MODULES: {
    title: (p) => `Des modules de Samba agissent sur ce partage (${p.count}) : ${p.names}.`,
    why: () =>
      'Ils changent ce qui est stocké (flux, corbeilles, audits, versions précédentes). Sans eux sur la cible, il manque des données aux clients, ou ils voient des fichiers étranges.',
    remedy: () =>
      'Installer les mêmes modules sur la cible, et copier ce qu’ils gardent à côté des fichiers.',
  },
  SAMBA_SETTINGS: {
    title: (p) =>
      `Verrous, liens et droits de ce partage diffèrent des réglages par défaut de Samba : ${p.names}.`,
    why: () =>
      'Quelqu’un avait une raison : un programme sur plusieurs clients, ou sur le serveur même, s’y fie.',
    remedy: () => 'Reporter les réglages tels quels, et demander avant d’en changer un.',
  },
  SAMBA_FILES_OPEN: {
    title: (p) => `Des fichiers sont ouverts en écriture en ce moment (${p.count}) : ${p.names}.`,
    why: () => 'La passe finale les copierait à moitié écrits.',
    remedy: () =>
      'Trouver les programmes qui les tiennent ; au gel, le partage est fermé et la liste doit être vide.',
  },
};
