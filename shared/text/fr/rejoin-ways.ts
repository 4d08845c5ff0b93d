import type { SaidTable } from '../procedures';

export const rejoinWays: SaidTable = {
  TITLE_FLASHBACK: (p) =>
    `${p.count} transactions propres à ${p.node} y sont annulées\u00a0: ${p.gtids}. Puis ${p.node} suit ${p.to}.`,
  TITLE_FLASHBACK_ONE: (p) =>
    `1 transaction propre à ${p.node} y est annulée\u00a0: ${p.gtids}. Puis ${p.node} suit ${p.to}.`,
  ACT_TITLE_FLASHBACK: (p) => `Annuler ${p.count} transactions sur ${p.node}`,
  ACT_TITLE_FLASHBACK_ONE: (p) => `Annuler 1 transaction sur ${p.node}`,
  ACT_TITLE_QUARANTINE: (p) => `Garder ${p.node} à l’écart`,
  TITLE_QUARANTINE: (p) =>
    `${p.node} est mis à l’écart\u00a0: fermé, son service arrêté, il ne suit personne. Rien ne change dans ses données.`,

  STEP_KEEP_LOGS: (p) =>
    `Copier les journaux binaires qui les contiennent, sur ${p.node} même\u00a0: ${p.folder}`,
  STEP_PREPARE_BACK: (p) =>
    `Le préparer sur ${p.node}\u00a0: leurs lignes, retournées, dans une transaction pas encore validée`,
  STEP_TAKE_BACK: (p) => `Les annuler sur ${p.node}\u00a0: valider cette transaction`,
  STEP_FORGET_LOGS: (p) => `Les journaux binaires de ${p.node} recommencent`,
  STEP_SET_HISTORY: (p) => `L’historique de ${p.node} finit à ${p.position}, la dernière que les deux ont`,
  STEP_SET_POSITION: (p) => `${p.node} continuera à partir de ${p.position}`,
  STEP_COMPARE: (p) => `${p.table} a les mêmes lignes sur ${p.node} et sur ${p.to}`,
  STEP_CLOSE_APART: (p) => `Fermer ${p.node} aux écritures`,
  STEP_DISABLE: (p) => `Empêcher le service de base de données de ${p.node} de démarrer avec son hôte`,
  STEP_STOP_APART: (p) => `Arrêter le service de base de données de ${p.node}`,

  FACT_KEPT_LOGS: (p) => `Copies de journaux binaires sur ${p.node}, dans ${p.folder}`,
  FACT_PREPARED: (p) => `Transaction préparée sur ${p.node}`,
  FACT_HISTORY: (p) => `Historique de ${p.node} (gtid_binlog_state)`,
  FACT_SERVICE_AT_BOOT: (p) => `Si le service de base de données de ${p.node} démarre avec son hôte`,

  CHECK_SLAVE_POSITION: (p) => `D’où ${p.node} continue`,
  CHECK_LOG_REACHES_BACK: (p) => `Ce que ${p.node} n’a plus dans aucun journal, et que l’autre n’a pas`,
  CHECK_SAME_ROWS: (p) => `Somme de contrôle de ${p.table} sur ${p.node}, à côté de celle de ${p.to}`,

  WARN_FLASHBACK_KEPT: (p) =>
    `Les transactions sont gardées à ce poste (${p.file}) et les journaux sur ${p.node} (${p.folder})\u00a0; personne n’efface ni les unes ni les autres.`,
  WARN_FLASHBACK_LOGS: (p) =>
    `Les journaux binaires de ${p.node} recommencent\u00a0: une restauration à un instant donné a désormais besoin de ceux d’un autre serveur.`,
  WARN_QUARANTINE_KEPT: (p) => `Ce que ${p.node} est seul à détenir est gardé à ce poste\u00a0: ${p.file}.`,
  WARN_QUARANTINE_OPEN: (p) =>
    `${p.node} est ouvert aux écritures. Ce qu’il prend jusqu’à sa fermeture n’est pas dans ce qui a été gardé\u00a0; annuler ne le rouvre pas.`,
  WARN_QUARANTINE_ISLAND: (p) =>
    `${p.node} prend désormais du retard sur ${p.to}. La console ne retient pas pourquoi il est à l’écart. Une fois cela fait, ${p.list} sur son hôte le ramène, fermé.`,

  REFUSED_REJOIN_FLASHBACK_MYSQL: (p) =>
    `MySQL n’a rien qui retourne un journal binaire\u00a0: ce que ${p.node} est seul à détenir ne peut pas être annulé.`,
  REMEDY_REJOIN_FLASHBACK_MYSQL: (p) => `Reconstruire ${p.node} depuis une copie, ou le mettre à l’écart.`,
  REFUSED_REJOIN_NOTHING_OWN: (p) =>
    `${p.node} ne détient rien que ${p.to} n’ait pas\u00a0: il n’y a rien à annuler.`,
  REMEDY_REJOIN_NOTHING_OWN: (p) => `Rattacher ${p.node} tel quel.`,
  REFUSED_REJOIN_DOMAINS: (p) =>
    `${p.node} et ${p.to} ont des transactions de plusieurs domaines, qui n’ont pas d’ordre commun.`,
  REMEDY_REJOIN_DOMAINS: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_NO_COMMON: (p) =>
    `${p.node} et ${p.to} n’ont aucune transaction en commun\u00a0: il n’y a pas d’instant où revenir.`,
  REMEDY_REJOIN_NO_COMMON: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_LOG_UNREAD: (p) =>
    `Les journaux binaires de ${p.node} n’ont pas pu être lus\u00a0: ${p.text}`,
  REMEDY_REJOIN_LOG_UNREAD: () =>
    'Laisser le compte qui agit les lire (patronus grants), puis regarder de nouveau.',
  REFUSED_REJOIN_LOG_PART: (p) =>
    `Les journaux binaires de ${p.node} ne montrent pas tout ce qu’il est seul à détenir\u00a0: de plus anciens ont disparu, ou l’un d’eux n’a pas pu être lu.`,
  REMEDY_REJOIN_LOG_PART: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_UNTOLD: (p) =>
    `${p.count === '1' ? '1 transaction propre' : `${p.count} transactions propres`} à ${p.node} ont changé plus que des lignes lisibles\u00a0: DDL, instructions ou événements compressés.`,
  REMEDY_REJOIN_UNTOLD: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_PARTIAL_ROWS: (p) =>
    `Les journaux binaires de ${p.node} ne contiennent pas de lignes entières (binlog_row_image)\u00a0: elles ne peuvent pas être retournées.`,
  REMEDY_REJOIN_PARTIAL_ROWS: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_MIXED: (p) =>
    `Derrière la première transaction propre à ${p.node}, son journal en contient d’autres, que le primaire a.`,
  REMEDY_REJOIN_MIXED: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_NOT_SAVED: (p) =>
    `Ce que ${p.node} est seul à détenir n’a pas pu être sauvegardé à ce poste\u00a0: ${p.text}`,
  REMEDY_REJOIN_NOT_SAVED: () =>
    'Faire de la place, ou corriger ce qui est dit là, puis regarder de nouveau.',
  REFUSED_REJOIN_TOUCHED_UNKNOWN: (p) =>
    `${p.node} n’a pas dit de quel genre sont les tables changées\u00a0: ${p.text}`,
  REMEDY_REJOIN_TOUCHED_UNKNOWN: () =>
    'Laisser le compte qui agit les voir (patronus grants), puis regarder de nouveau.',
  REFUSED_REJOIN_MANY_TABLES: (p) =>
    `${p.count} tables ont été changées\u00a0: plus que les ${p.most} qui sont comparées ensuite.`,
  REMEDY_REJOIN_MANY_TABLES: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_TABLES: (p) =>
    `Ce ne sont pas de simples tables InnoDB sur ${p.node}, ou elles n’y sont plus\u00a0: ${p.list}. Leurs lignes ne peuvent pas être annulées en une transaction.`,
  REMEDY_REJOIN_TABLES: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_CASCADES: (p) =>
    `Par ces clés étrangères, un changement d’une table en change une autre, ce qui n’est dans aucun journal\u00a0: ${p.list}.`,
  REMEDY_REJOIN_CASCADES: (p) => `Reconstruire ${p.node} depuis une copie.`,
  REFUSED_REJOIN_TRIGGERS: (p) =>
    `${p.node} exécute des déclencheurs pour les lignes qu’il applique (slave_run_triggers_for_rbr)\u00a0: ils s’exécuteraient de nouveau.`,
  REMEDY_REJOIN_TRIGGERS: () => 'Y mettre slave_run_triggers_for_rbr à NO, puis regarder de nouveau.',
  REFUSED_REJOIN_TOOLS: (p) => `Ces programmes manquent sur l’hôte de ${p.node}\u00a0: ${p.list}.`,
  REMEDY_REJOIN_TOOLS: () => 'Y installer les programmes clients de MariaDB, puis regarder de nouveau.',
  REFUSED_REJOIN_SERVICE_UNREAD: (p) =>
    `On n’a pas pu lire si le service de ${p.node} démarre avec son hôte.`,
  REMEDY_REJOIN_SERVICE_UNREAD: () =>
    'Le dire dans le fichier estate (acting.service), puis regarder de nouveau.',
};
