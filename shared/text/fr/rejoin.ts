import type { SaidTable } from '../procedures';
import { rebuild } from './rebuild';
import { rejoinWays } from './rejoin-ways';
import { switchover } from './switchover';

const said: SaidTable = {
  TITLE: (p) => `${p.node} ne prend pas d’écritures. Il suit ${p.to}.`,

  STEP_CLOSE: (p) => `${p.node} est fermé aux administrateurs aussi`,
  STEP_ATTACH: (p) => `${p.node} suit ${p.to}, comme réplica`,
  STEP_STOP: (p) => `Arrêter le service de base de données de ${p.node}`,
  STEP_START: (p) => `Le redémarrer\u00a0: ${p.node} revient en lecture seule`,
  STEP_FOLLOWS_AGAIN: (p) => `${p.node} suit de nouveau, de lui-même`,

  FACT_SERVICE: (p) => `Service de base de données de ${p.node}`,
  CHECK_HOLDS_ALL: (p) => `Transactions de ${p.node} qui manquent à ${p.to}`,
  CHECK_CLOSED: (p) => `${p.node} est toujours fermé`,
  CHECK_CAME_BACK: (p) => `Comment ${p.node} est revenu, d’après ce qu’il a lu en démarrant`,
  CHECK_APPLIES: (p) => `${p.node} applique ce qu’il reçoit`,

  WARN_REJOIN_EVENTS: (p) =>
    `Ces événements tournent encore sur ${p.node}\u00a0: ${p.list}. Tant qu’il est en lecture seule ils échouent, sauf si leur propriétaire peut écrire malgré cela. Les endormir ensuite.`,
  WARN_REJOIN_WRITERS: (p) =>
    `Ces comptes écrivent sur ${p.node} malgré read_only\u00a0: ${p.list}. Ce qu’ils y écrivent arrête la réplication.`,
  WARN_REJOIN_RESTART: (p) => `À la fin, ${p.node} est redémarré, pour voir qu’il revient en lecture seule.`,
  WARN_REJOIN_AS_WAS: (p) =>
    `Le fichier estate laisse tel quel ce qu’apporte un redémarrage\u00a0: rien ne prouve que ${p.node} revient en lecture seule.`,

  REFUSED_REJOIN_AHEAD: (p) =>
    `Pas rattaché\u00a0: ${p.node} détient ${p.count === '1' ? '1 transaction' : `${p.count} transactions`} que ${p.to} n’a pas\u00a0: ${p.gtids}.`,
  REMEDY_REJOIN_AHEAD: (p) =>
    `Regarder ce qu’elles ont écrit et choisir un autre retour\u00a0: les annuler, reconstruire ${p.node} ou le mettre à l’écart. Elles ne sont jamais sautées.`,
  REFUSED_REJOIN_HISTORY_UNKNOWN: (p) =>
    `On ne peut pas dire si ${p.node} détient quelque chose que ${p.to} n’a pas.`,
  REMEDY_REJOIN_HISTORY_UNKNOWN: () => 'Relire les serveurs, puis planifier de nouveau.',
  REFUSED_REJOIN_WRITABLE: (p) => `${p.node} est ouvert aux écritures.`,
  REMEDY_REJOIN_WRITABLE: (p) =>
    `Fermer d’abord ${p.node} (read_only)\u00a0; ce qui a été écrit entre-temps est comparé au plan suivant.`,
  REFUSED_REJOIN_NOT_OPEN: (p) =>
    `${p.to} ne prend pas d’écritures\u00a0: ce n’est pas un primaire à suivre.`,
  REMEDY_REJOIN_NOT_OPEN: () => 'Ouvrir d’abord le nouveau primaire, puis planifier de nouveau.',
  REFUSED_REJOIN_NO_PRIMARY: (p) =>
    `Aucun autre serveur de la grappe que ${p.node} n’est suivi par personne.`,
  REMEDY_REJOIN_NO_PRIMARY: () => 'Promouvoir d’abord un serveur\u00a0: c’est une bascule d’urgence.',
  REFUSED_REJOIN_PRIMARY_ILL: (p) => `${p.to} ne va pas bien\u00a0: ${p.verdict}.`,
  REMEDY_REJOIN_PRIMARY_ILL: (p) =>
    `Regarder le verdict sur ${p.to} dans Réplication, puis planifier de nouveau.`,
  REFUSED_REJOIN_IS_PRIMARY: (p) => `${p.node} est le primaire\u00a0: d’autres le suivent.`,
  REMEDY_REJOIN_IS_PRIMARY: () => 'Nommer le serveur qui était le primaire avant.',
  REFUSED_REJOIN_FOLLOWS: (p) => `${p.node} suit déjà ${p.source}.`,
  REMEDY_REJOIN_FOLLOWS: (p) =>
    `Si ce n’est pas le bon, l’arrêter et retirer son canal sur ${p.node}, puis planifier de nouveau.`,
  REFUSED_REJOIN_NO_PATTERN: (p) =>
    `Personne ne suit encore ${p.to}\u00a0: on ne sait pas avec quelles options (TLS) ${p.node} doit le suivre.`,
  REMEDY_REJOIN_NO_PATTERN: (p) =>
    `Rattacher d’abord un autre réplica à ${p.to}, ou rattacher ${p.node} à la main.`,
  REFUSED_REJOIN_DIALECT: (p) => `${p.node} et ${p.to} ne sont pas tous deux MySQL, ou tous deux MariaDB.`,
  REMEDY_REJOIN_DIALECT: () => 'Le reconstruire comme un serveur du même type.',
};

export const rejoin: SaidTable = { ...switchover, ...said, ...rejoinWays, ...rebuild };
