import type { SwitchoverCode } from '../en/switchover';
import type { SaidTable } from '../procedures';
import { refusals } from './switchover-refusals';

const events = (count: string | undefined) =>
  count === '1' ? 'l’événement planifié' : `les ${count} événements planifiés`;
const accounts = (count: string | undefined) =>
  count === '1' ? '1 compte qui écrit malgré read_only' : `${count} comptes qui écrivent malgré read_only`;

const said: Readonly<Record<SwitchoverCode, SaidTable[string]>> = {
  TITLE: (p) => `${p.from} cesse de prendre les écritures. ${p.to} commence.`,

  STEP_SNAPSHOT: (p) => `Où en est ${p.from}, qui prend encore les écritures`,
  STEP_WARM: (p) => `${p.to} y arrive`,
  STEP_BOOT: (p) => `Un redémarrage de ${p.node} le ramène en lecture seule`,
  STEP_EVENTS_OFF: (p) => `Désactiver ${events(p.count)} sur ${p.node}`,
  STEP_LOCK: (p) => `Verrouiller ${accounts(p.count)} sur ${p.node}`,
  STEP_DRAIN: (p) => `${p.host} ne mène plus de nouveau client à ${p.from}`,
  STEP_HISTORY: (p) => `Ce que détient ${p.to}`,
  STEP_NO_ERRANT: (p) => `${p.from} détient tout cela : ${p.to} n’a rien à lui seul`,
  STEP_WRITES_STOP: (p) => `Personne ne peut écrire, du gel de ${p.from} à l’ouverture de ${p.to}`,
  STEP_FREEZE: (p) => `${p.from} cesse de prendre les écritures`,
  STEP_NEWEST: (p) => `La session la plus récente de ${p.from}`,
  STEP_END_SESSIONS: (p) =>
    `Mettre fin à toutes les sessions jusqu’à celle-là sur ${p.from}, deux fois plus aucune`,
  STEP_FINAL: (p) => `La position finale de ${p.from}`,
  STEP_CATCH_UP: (p) => `${p.to} a toutes les transactions de ${p.from}`,
  STEP_DETACH: (p) => `${p.to} cesse de suivre ${p.from}`,
  STEP_ACKERS: (p) => `Réplicas semi-synchrones rattachés à ${p.to} : au moins ${p.needed}`,
  STEP_SEMI_SYNC_ON: (p) => `${p.to} attend ses réplicas avant d’acquitter`,
  STEP_OPEN: (p) => `${p.to} commence à prendre les écritures`,
  STEP_POINT: (p) => `${p.host} mène les clients à ${p.to}`,
  STEP_HEALTHY: (p) => `${p.host} trouve ${p.to} en état`,
  STEP_EVENTS_ON: (p) => `Activer ${events(p.count)} sur ${p.node}`,
  STEP_FOLLOW_OLD: (p) => `${p.node} suit ${p.to}, en réplica`,
  STEP_FOLLOW: (p) => `${p.node} suit ${p.to}`,
  STEP_FORGET: (p) => `${p.to} oublie qui il suivait`,
  STEP_NEW_POSITION: (p) => `Où en est ${p.to} maintenant`,
  STEP_CONFIRM: (p) => `${p.node} a reçu et appliqué cela`,
  STEP_LATE_SESSIONS: (p) => `Mettre fin aux sessions arrivées sur ${p.from} pendant sa fermeture`,
  STEP_UNLOCK: (p) => `Déverrouiller ce qui l’a été sur ${p.node}`,

  FACT_READ_ONLY: (p) => `read_only de ${p.node}`,
  FACT_SUPER_READ_ONLY: (p) => `super_read_only de ${p.node}`,
  FACT_SEMI_SOURCE: (p) => `Semi-synchrone de ${p.node}, en source`,
  FACT_SEMI_REPLICA: (p) => `Semi-synchrone de ${p.node}, en réplica`,
  FACT_SOURCE: (p) => `Source de ${p.node}`,
  FACT_SOURCE_PORT: (p) => `Port de la source de ${p.node}`,
  FACT_RECEIVER: (p) => `Réception de ${p.node}`,
  FACT_APPLIER: (p) => `Application de ${p.node}`,
  FACT_PERSISTED: (p) => `${p.variable} après un redémarrage de ${p.node}`,
  FACT_BOOT_FILE: (p) => `${p.file} sur ${p.node}`,
  FACT_EVENT: (p) => `Événement ${p.event} sur ${p.node}`,
  FACT_ACCOUNT: (p) => `Compte ${p.account} sur ${p.node}`,
  FACT_BALANCER: (p) => `${p.server} dans ${p.backend} de ${p.host}`,
  FACT_SETTING: (p) => `${p.key} dans ${p.file} sur ${p.host}`,
  FACT_COMMAND: (p) => `Où mène ${p.hook}, sur ${p.host}`,

  CHECK_REACHED: (p) => `${p.to} a tout de ${p.from}`,
  CHECK_UNMOVED: (p) => `Plus rien ne bouge sur ${p.from}`,
  CHECK_NO_ERRANT: (p) => `Transactions orphelines sur ${p.to}`,
  CHECK_WROTE_NOTHING: (p) => `Transactions que ${p.to} a écrites lui-même depuis`,
  CHECK_NO_SESSIONS: (p) => `Autres sessions sur ${p.from}`,
  CHECK_PREPARED: (p) => `Transactions XA préparées sur ${p.node}`,
  CHECK_EVENT: (p) => `Propriétaire et réglages de l’événement ${p.event} sur ${p.node}`,
  CHECK_RECEIVES: (p) => `${p.node} est connecté à sa source`,
  CHECK_LAG: (p) => `Retard de réplication de ${p.node}, au plus ${p.seconds} s`,
  CHECK_LONG: (p) => `Transactions ouvertes depuis plus de 2 s sur ${p.node}`,
  CHECK_TABLE_LOCKS: (p) => `Tables verrouillées sur ${p.node}`,
  CHECK_PURGED: (p) => `Rien ne manque à ${p.node} que ${p.to} n’aurait plus dans son journal`,
  CHECK_GENERAL_LOG: (p) => `Journal général de ${p.node}, où figurerait le mot de passe`,
  CHECK_ACKERS: (p) => `Réplicas semi-synchrones de ${p.to}`,
  CHECK_BALANCER: (p) => `État de ${p.server} sur ${p.host}`,

  WARN_OPEN_TRANSACTIONS: (p) =>
    p.count === '1'
      ? `1 transaction ouverte sur ${p.from} recevra l’erreur 1290 à son commit.`
      : `${p.count} transactions ouvertes sur ${p.from} recevront l’erreur 1290 à leur commit.`,
  WARN_ACCOUNT_LOCKED: (p) =>
    `${p.account} écrit malgré read_only (${p.because}) : il est verrouillé sur ${p.from}, ses sessions sont fermées, et il est déverrouillé à la fin.`,
  WARN_SCHEDULER_OFF: (p) =>
    `Le planificateur d’événements de ${p.to} est arrêté : les événements y sont activés et ne tourneront pas.`,
  WARN_BOOT_CLOSED: (p) =>
    `Après un redémarrage, ${p.to} revient en lecture seule et attend que quelqu’un l’ouvre.`,
  WARN_BOOT_OPEN: (p) =>
    `Un redémarrage peut ramener ${p.from} ouvert en écriture, à côté du nouveau primaire : l’estate dit boot: as-was.`,
  WARN_NO_TLS: (p) => `La réplication de ${p.to} vers ${p.from} sera sans TLS, comme aujourd’hui.`,
  WARN_TLS_FILES: (p) =>
    `${p.from} utilisera des certificats aux chemins du canal de ${p.to} : ils doivent y être.`,
  WARN_NO_TRAFFIC: (p) =>
    `L’estate ne nomme aucune règle de trafic : les clients doivent trouver ${p.to} d’eux-mêmes.`,
  WARN_NOT_SUPER: (p) =>
    `${p.node} est en read_only, mais pas en super_read_only : les administrateurs peuvent y écrire maintenant.`,
  WARN_UNKNOWN_REPLICA: (p) =>
    `Quelqu’un que l’estate ne nomme pas tire le journal de ${p.from}, et continuera.`,
  WARN_ONLY_TWO: (p) => `Personne d’autre que ${p.from} ne suivra ${p.to}.`,

  BLIND_CLIENTS: (p) =>
    `Les clients qui vont à ${p.from} par son nom ou son adresse. Leurs sessions prennent fin ; s’ils trouvent le nouveau primaire est inconnu.`,
  BLIND_POOLS: (p) => `Quand les pools de connexions remarqueront que c’est ${p.to}.`,
  BLIND_TABLE_LOCKS: (p) =>
    `Les tables verrouillées sur ${p.from} et ${p.to} : aucun plugin ne les dit. Le gel les attend 5 s, puis tout est annulé.`,
  BLIND_ROOT: (p) =>
    `root sur ${p.from} même : il n’est pas verrouillé, pour que quelqu’un puisse rouvrir le serveur, et il pourrait écrire.`,
  BLIND_PURGED: (p) => `Par quelle transaction commence le plus ancien journal de ${p.to}.`,
};

export const switchover: SaidTable = { ...said, ...refusals };
