import type { RowId } from '../../plan/runbook/row';
import type { RowWords } from '../en/plan-rows';

export const planRows: Record<RowId, RowWords> = {
  inventory: {
    title: () => 'Inventaire\u00a0: 14 jours de connexions, tâches planifiées, sessions, comptes de base',
    check: () =>
      'Aucune connexion sans explication\u00a0; traitements de nuit et de fin de mois demandés nommément',
  },
  assess: {
    title: () => 'Vérifier ce qui pourrait bloquer la migration',
    check: () => 'Plus aucun point bloquant, ou chacun levé nommément',
  },
  build: {
    title: () => 'Construire la cible, avec un second serveur de chaque sorte',
    check: () => 'Configurations comparées sans écart\u00a0; disponibilité et capacité suffisent',
    undo: () => 'Supprimer la cible',
  },
  measure: {
    title: () => 'Mesurer le lien, le débit d’écriture et deux parcours des fichiers',
    check: () => 'Confiance de 3 étoiles au moins',
  },
  dump: {
    title: (name) => `Dump\u00a0: ${name}`,
    check: () => 'Le dump finit par sa dernière ligne et contient sa position',
    undo: () => 'Supprimer le dump',
  },
  'send-dump': {
    title: (name) => `Envoi du dump\u00a0: ${name}`,
    check: () => 'La même empreinte aux deux bouts',
    undo: () => 'Supprimer le dump sur la cible',
  },
  load: {
    title: (name) => `Chargement sur la cible et début de la réplication\u00a0: ${name}`,
    check: () => 'Lignes et sommes de contrôle égales, table par table\u00a0; le retard tombe à 0',
    undo: () => 'Supprimer les bases sur la cible',
  },
  scan: {
    title: (name) => `Parcours complet\u00a0: ${name}`,
    check: () => 'Liste d’erreurs vide',
  },
  copy: {
    title: (name) => `Première passe de copie\u00a0: ${name}`,
    check: () => 'Liste d’erreurs vide',
    undo: () => 'Supprimer la copie sur la cible',
  },
  'per-file': {
    title: (name) => `Coût des fichiers un à un\u00a0: ${name}`,
    check: () => 'Autant de fichiers aux deux bouts',
  },
  passes: {
    title: (name) => `Passes suivantes, jusqu’à ce qu’elles ne raccourcissent plus\u00a0: ${name}`,
    check: () => 'Chaque passe est sur la courbe prévue',
  },
  deploy: {
    title: (name) =>
      `Installer sur la cible\u00a0: ${name}, avec code, certificats, montages et comptes\u00a0; des noms au lieu d’adresses`,
    check: () => 'Configuration acceptée\u00a0; la recette passe par l’adresse brute',
    undo: () => 'Le supprimer sur la cible',
  },
  rehearse: {
    title: () => 'Répéter toute la bascule sur des copies, retour arrière compris',
    check: () => 'P90 de la répétition dans la fenêtre\u00a0; chaque étape en échec corrigée',
    undo: () => 'Détruire les copies',
  },
  'rehearse-again': {
    title: () =>
      'Répéter encore, une personne extérieure au clavier\u00a0; bascule d’urgence de chaque étage\u00a0; restauration d’une sauvegarde',
    check: () => 'Durée de reprise et données perdues, mesurées, sous ce qui est exigé',
    undo: () => 'Détruire les copies',
  },
  announce: {
    title: () => 'Annoncer la fenêtre, les minutes sans service et la reconnexion',
    check: () => 'Toute la liste a répondu',
    undo: () => 'Annoncer le report',
  },
  'lower-ttl': {
    title: () =>
      'Baisser le TTL des noms à 60 s et laisser passer l’ancien\u00a0; plus aucune mise en production',
    check: () => 'Le serveur de noms et trois résolveurs affichent 60 s',
    undo: () => 'Remettre l’ancien TTL',
  },
  compare: {
    title: (name) => `Comparaison complète des deux côtés\u00a0: ${name}`,
    check: () => 'Aucun écart, ou chacun expliqué',
  },
  'compare-files': {
    title: (name) =>
      `Comparaison des deux côtés, un échantillon des octets anciens et tout ce qui a changé\u00a0: ${name}`,
    check: () => 'Aucun écart, ou chacun expliqué',
  },
  quiet: {
    title: () => 'Passes enchaînées, sauvegarde de la source, tâches planifiées et imports arrêtés',
    check: () =>
      'Gel prévu dans la limite visée\u00a0; retard sous 1 s\u00a0; ni verrou ni longue transaction',
    undo: () => 'Relancer tâches et imports',
  },
  'stop-jobs': {
    title: (name) => `Arrêter ici\u00a0: ${name}\u00a0; à deux, le travail serait fait deux fois`,
    check: () => 'Rien n’en tourne nulle part',
    undo: () => 'Le relancer ici',
  },
  warm: {
    title: (name) => `Préchauffer sur la cible\u00a0: ${name}`,
    check: () => 'Taux de succès comme ici',
  },
  'gate-1': {
    title: () => 'Porte 1\u00a0: on commence\u00a0?',
    check: () => 'Tous les relevés acquis, tout le monde présent',
    undo: () => 'Renoncer',
  },
  freeze: {
    title: (name) =>
      name ? `Page de maintenance sur ${name}, vidage des requêtes` : 'Arrêt et vidage des requêtes',
    check: () => 'Aucune session en écriture, aucune requête en cours',
    undo: () => 'Retirer la page',
  },
  'read-only': {
    title: (name) => `Source en lecture seule, position notée\u00a0: ${name}`,
    check: () => 'Lecture seule aux deux bouts',
    undo: () => 'Rouvrir la source en écriture',
  },
  'close-shares': {
    title: (name) => `Partages en lecture seule, fichiers ouverts fermés\u00a0: ${name}`,
    check: () => 'Aucun fichier ouvert en écriture',
    undo: () => 'Rouvrir les partages',
  },
  'final-pass': {
    title: (name) => `Dernière passe\u00a0: ${name}`,
    check: () => 'Liste d’erreurs vide',
  },
  verify: {
    title: (name) => `Comparaison par empreinte de la dernière passe\u00a0: ${name}`,
    check: () => 'Toutes les empreintes égales\u00a0; 0 sur 0 ne prouve rien',
  },
  drain: {
    title: (name) => `Le réplica a tout reçu, ensembles de GTID égaux\u00a0: ${name}`,
    check: () => 'L’attente finit par 0 et rien ne manque',
  },
  'gate-2': {
    title: () => 'Porte 2\u00a0: on promeut\u00a0?',
    check: () => 'Tous les relevés acquis, avant l’heure limite de retour\u00a0; deux personnes',
    undo: () => 'Carte d’abandon\u00a0: annuler 17, 16, 15',
  },
  promote: {
    title: (name) => `Promotion du réplica, point de non-retour\u00a0: ${name}`,
    check: () => 'Un seul serveur ouvert en écriture',
    undo: () => 'Par le canal inverse seulement\u00a0: retour arrière R',
  },
  reverse: {
    title: (name) => `Réplication inverse vers l’ancien serveur, vérifiée\u00a0: ${name}`,
    check: () => 'Les deux threads actifs, GTID convergents\u00a0; l’ancien serveur reste en lecture seule',
    undo: () => 'Arrêter\u00a0; sans elle, personne n’écrit',
  },
  'reverse-files': {
    title: (name) => `Recopie des changements vers l’ancien partage\u00a0: ${name}`,
    check: () => 'La première passe de retour finit sans erreur',
    undo: () => 'Arrêter la recopie',
  },
  switch: {
    title: (name) => `Brancher ${name}, sur la cible, sur la nouvelle base et le nouveau partage`,
    check: () => 'Empreinte de configuration égale à celle de la répétition',
    undo: () => 'Configuration précédente',
  },
  sessions: {
    title: (name) =>
      `${name}\u00a0: sessions sur la cible, ou reconnexion\u00a0; mêmes secret et domaine de cookie`,
    check: () => 'Une session d’avant est acceptée, ou la page de connexion s’affiche',
    undo: () => 'Stockage de sessions précédent',
  },
  check: {
    title: () => 'Recette rapide par script\u00a0: connexion, lecture, écriture, dépôt, téléchargement',
    check: () => 'Tous les essais de la liste passés, y compris le refus attendu',
    undo: () => 'Retour arrière R',
  },
  'gate-3': {
    title: () => 'Porte 3\u00a0: on ouvre\u00a0?',
    check: () => 'Retour vérifié, recette complète',
    undo: () => 'Retour arrière R',
  },
  open: {
    title: () => 'Ouvrir aux utilisateurs\u00a0: DNS vers la cible, ancienne façade en pont',
    check: () => 'Un utilisateur témoin passe par le nom public',
    undo: () => 'Noms rétablis, et seulement avec un canal inverse à jour',
  },
  'client-tail': {
    title: (name) => `Attendre le nouveau choix des clients, qui gardent leur serveur\u00a0: ${name}`,
    check: () => 'Plus aucune requête sur les anciens serveurs',
  },
  watch: {
    title: () => 'Surveiller erreurs, retards dans les deux sens et accès à l’ancienne adresse',
    check: () => 'Tous les seuils tenus 30 min',
    undo: () => 'Retour arrière R',
  },
  resume: {
    title: () => 'Démarrer sur la cible tâches planifiées, sauvegardes, réplica et supervision',
    check: () => 'Première sauvegarde restaurée et vérifiée',
  },
  keep: {
    title: () => 'Garder le retour une semaine, comparer chaque jour, puis y mettre fin et relever le TTL',
    check: () => 'Visa du propriétaire\u00a0; ensuite plus rien ne ramène en arrière',
  },
  retire: {
    title: () => 'Anciens serveurs hors réseau, dernière archive, fin des contrats, bilan de la bascule',
    check: () => 'Durées prévues et réelles comparées',
  },
  'back-fence': {
    title: (name) => `Cible en lecture seule\u00a0: ${name}`,
    check: () => 'Lecture seule aux deux bouts',
  },
  'back-drain': {
    title: (name) => `L’ancien serveur a tout reçu, ensembles de GTID égaux\u00a0: ${name}`,
    check: () => 'L’attente finit par 0 et rien ne manque',
  },
  'back-promote': {
    title: (name) => `Fin du canal inverse et promotion de l’ancien serveur\u00a0: ${name}`,
    check: () => 'Un seul serveur ouvert en écriture',
  },
  'back-files': {
    title: (name) => `Dernière passe de retour vers l’ancien partage\u00a0: ${name}`,
    check: () => 'Liste d’erreurs vide',
  },
  'back-switch': {
    title: (name) => `Rebrancher ${name} sur l’ancienne base et l’ancien partage`,
    check: () => 'Empreinte de configuration égale à celle d’avant',
  },
  'back-check': {
    title: () => 'La même recette sur les anciens serveurs',
    check: () => 'Tous les essais de la liste passés',
  },
  'back-open': {
    title: () => 'Noms vers les anciens serveurs, et attente de leur TTL',
    check: () => 'Un utilisateur témoin passe par le nom public',
  },
};
