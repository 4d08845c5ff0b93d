import type { SaidTable } from '../procedures';
import { failover as look } from './failover';
import { switchover } from './switchover';

const transactions = (count: string | undefined) =>
  count === '1' ? '1 transaction' : `${count} transactions`;
const lost = (count: string | undefined) => (count === '1' ? 'est perdue' : 'sont perdues');
const wayOf = (p: Readonly<Record<string, string>>) => {
  const ways: Readonly<Record<string, string>> = look.fences.way;
  return [ways[p.way ?? ''] ?? p.way, p.id].filter(Boolean).join(' ');
};
const becauseOf = (p: Readonly<Record<string, string>>) => {
  const because: SaidTable = look.fences.because;
  return because[p.because ?? '']?.(p) ?? p.because;
};
const AGAIN = 'puis planifier de nouveau.';

const said: SaidTable = {
  TITLE_EXACT: (p) =>
    `${p.to} prend la suite. ${p.from} est abandonné, et ${transactions(p.count)} ${lost(p.count)}.`,
  TITLE_AT_LEAST: (p) =>
    `${p.to} prend la suite. ${p.from} est abandonné, et au moins ${transactions(p.count)} ${lost(p.count)}.`,
  TITLE_NOTHING: (p) => `${p.to} prend la suite. ${p.from} est abandonné, et rien n’est perdu.`,
  TITLE_UNKNOWN: (p) => `${p.to} prend la suite. ${p.from} est abandonné, et nul ne sait combien est perdu.`,
  ACT_TITLE_EXACT: (p) => `Promouvoir ${p.to} et perdre ${transactions(p.count)}`,
  ACT_TITLE_AT_LEAST: (p) => `Promouvoir ${p.to} et perdre au moins ${transactions(p.count)}`,
  ACT_TITLE_NOTHING: (p) => `Promouvoir ${p.to}, rien n’est perdu`,
  ACT_TITLE_UNKNOWN: (p) => `Promouvoir ${p.to} et perdre nul ne sait combien`,

  STEP_FENCE_STOP: (p) => `Arrêter le service de base de données de ${p.from}`,
  STEP_FENCE_DISABLE: (p) => `Un démarrage de son hôte ne démarre plus ${p.from}`,
  CHECK_BOOT: (p) => `Un démarrage de son hôte démarre-t-il ${p.from}`,
  STEP_FENCE_COMMAND: (p) => `Isoler ${p.from}\u00a0: ${p.fence} sur ${p.host}`,
  STEP_TAKE_OUT: (p) => `${p.host} ne mène plus personne à ${p.from}`,
  STEP_ISOLATED: (p) => `Plus personne ne peut écrire sur ${p.from}`,
  ASK_ISOLATED: (p) =>
    `Aucun relevé ne prouve que ${p.from} est isolé. S’il accepte encore des écritures en même temps que ${p.to}, chacun part de son côté et les données sont déchirées en deux. L’isoler à la main\u00a0: alimentation, port du commutateur. Taper son nom, c’est dire\u00a0: j’ai vu que ${p.from} ne peut plus accepter d’écritures.`,
  STEP_STOP_RECEIVING: (p) => `${p.to} ne reçoit plus rien de ${p.from}`,
  STEP_RECEIVED: (p) => `Ce que ${p.to} a reçu`,
  STEP_NO_MORE_LOST: (p) => `Rien de plus n’est perdu de ${p.from} que ce à quoi on a consenti`,
  ASK_MORE_LOST: (p) =>
    `Il serait perdu plus de ${p.from} que ce à quoi on a consenti, ou on le sait moins sûrement. Taper son nom, c’est dire\u00a0: ${p.to} prend la suite malgré tout.`,
  STEP_START_APPLIER: (p) => `${p.to} continue d’appliquer ce qu’il a reçu`,
  STEP_DRAIN_RELAY: (p) => `${p.to} a appliqué tout ce qu’il a reçu`,

  CHECK_NOBODY_RUNS: (p) => `Processus, service et démarrage de ${p.from}`,
  CHECK_CUT_OFF: (p) => `Ce que ${p.fence} sur ${p.host} dit de ${p.from}`,
  CHECK_RECEIVER: (p) => `Récepteur de ${p.to}`,
  CHECK_LOSS: (p) => `Perdu si ${p.to} prend la suite de ${p.from}, compté de nouveau`,
  CHECK_RELAY_KEPT: (p) =>
    `Le récepteur de ${p.to} est là\u00a0: sans lui, un démarrage efface les journaux de relais`,
  CHECK_DRAINED: (p) => `${p.to} a appliqué tout ce qu’il a reçu`,
  CHECK_HOLDS_RECEIVED: (p) => `Reçu par ${p.node} et absent de ${p.to}`,
  CHECK_HEARS_NOT: (p) => `${p.node} n’entend plus rien de ${p.from}`,

  WARN_FENCE_STAYS: (p) =>
    `L’isolement n’est jamais levé de lui-même\u00a0: si l’on abandonne, le service de ${p.from} reste arrêté et désactivé, et ce qui l’a isolé reste en vigueur, jusqu’à ce que quelqu’un le lève. Le trafic et la réplication redeviennent ce qu’ils étaient.`,
  WARN_NO_FENCE: (p) => `Ne sert pas à isoler\u00a0: ${wayOf(p)}, sur ${p.host}\u00a0: ${becauseOf(p)}.`,
  WARN_LEFT_OUT: (p) =>
    `Laissés de côté\u00a0: ${p.nodes}. Ce plan ne leur fait pas suivre ${p.to}\u00a0; il faudra les rattacher ensuite, ou les reconstruire.`,
  WARN_HOOKS_LEFT_OUT: (p) =>
    `Ces actions de trafic tournent sur des hôtes qui ne répondent pas, et ne mèneront pas les clients à ${p.to}\u00a0: ${p.hooks}.`,
  WARN_EVENTS_UNREAD: (p) =>
    `Les événements planifiés de ${p.to} n’ont pas pu être lus\u00a0: aucun n’est réveillé.`,
  WARN_EVENTS_ASLEEP: (p) =>
    `On n’a jamais vu quels événements tournaient sur ${p.from}. Sur ${p.to} ceux-ci dorment, et ne sont pas réveillés\u00a0: ${p.list}.`,
  WARN_EVENTS_MISSING: (p) =>
    `Ces événements tournaient sur ${p.from} et n’existent pas sur ${p.to}\u00a0: ${p.list}.`,
  WARN_SEMI_SYNC_SHORT: (p) =>
    `Le semi-synchrone n’est pas activé sur ${p.to}\u00a0: trop peu accuseraient réception, et les validations resteraient en suspens.`,
  WARN_NO_TLS_LATER: (p) => `La réplication depuis ${p.to} sera sans TLS, comme maintenant.`,
  WARN_ALONE: (p) => `Personne ne suivra ${p.to}\u00a0: ce qu’il perdra alors sera perdu.`,

  REFUSED_FAILOVER_ANSWERS: (p) => `${p.from} répond\u00a0: l’abandonner perdrait ce qui n’a pas à l’être.`,
  REMEDY_FAILOVER_ANSWERS: (p) =>
    `Utiliser la bascule planifiée, qui ne perd rien. Si ${p.from} est malade et ne peut pas être basculé, arrêter d’abord son service, ${AGAIN}`,
  REFUSED_FAILOVER_LIVES: (p) =>
    p.verdict === 'refusing-clients'
      ? `${p.from} refuse de nouvelles connexions\u00a0: il vit, et prend les écritures de ceux qui sont connectés.`
      : `${p.from} refuse la connexion de cette console\u00a0: il vit.`,
  REMEDY_FAILOVER_LIVES: (p) =>
    `Y remédier, et utiliser la bascule planifiée. Si ${p.from} doit être abandonné, arrêter d’abord son service, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_NOBODY: () =>
    'Aucun serveur ne dit ce qu’il détient\u00a0: personne ne peut être choisi.',
  REMEDY_FAILOVER_UNCLEAR_NOBODY: () => `Rétablir le chemin vers les réplicas, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_SILENT: (p) =>
    `Pas clair\u00a0: ${p.nodes} ne peut pas être interrogé et a peut-être davantage.`,
  REMEDY_FAILOVER_UNCLEAR_SILENT: (p) =>
    `Rétablir le chemin vers ${p.nodes}, ou nommer celui qui doit prendre la suite, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_PARTED: (p) =>
    `Pas clair\u00a0: parmi ${p.nodes}, aucun n’a tout ce qu’ont les autres.`,
  REMEDY_FAILOVER_UNCLEAR_PARTED: () => 'Décider de qui l’on garde les transactions, et le nommer.',
  REFUSED_FAILOVER_UNCLEAR_FORBIDDEN: (p) => `Aucun de ${p.nodes} ne peut être promu.`,
  REMEDY_FAILOVER_UNCLEAR_FORBIDDEN: () => `Lever ce qui l’interdit pour l’un d’eux, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_BEHIND: (p) =>
    `Pas clair\u00a0: ${p.nodes} a davantage que tout serveur qui peut être promu.`,
  REMEDY_FAILOVER_UNCLEAR_BEHIND: (p) =>
    `Lever ce qui interdit ${p.nodes}, ou nommer celui qui doit prendre la suite sans ce que ${p.nodes} détient.`,
  REFUSED_FAILOVER_NO_POSITION: (p) =>
    `${p.to} ne dit pas ce qu’il détient\u00a0: on ne peut rien dire de ce qui serait perdu.`,
  REMEDY_FAILOVER_NO_POSITION: () => `Voir ses erreurs dans la page Réplication, ${AGAIN}`,
  REFUSED_FAILOVER_OWN_VIEW: (p) =>
    `Personne d’autre que cette console ne constate l’absence de ${p.from}, ou pas avec certitude. «\u00a0Je ne le vois pas\u00a0» n’est pas «\u00a0il est mort\u00a0».`,
  REMEDY_FAILOVER_OWN_VIEW: () =>
    'Le regarder autrement\u00a0: sa console, l’hyperviseur, quelqu’un sur place. Puis taper les mots pour continuer.',
  REFUSED_FAILOVER_SEEN: (p) => `${p.nodes} voit encore ${p.from}\u00a0: il est peut-être bien vivant.`,
  REMEDY_FAILOVER_SEEN: (p) =>
    `Attendre que plus personne n’entende ${p.from}, ou rétablir le chemin vers lui. S’il est figé et doit être abandonné, taper les mots pour continuer.`,
  REFUSED_FAILOVER_BEHIND: (p) =>
    `${p.nodes} a peut-être des transactions que ${p.node} n’a pas\u00a0: elles seraient perdues.`,
  REMEDY_FAILOVER_BEHIND: (p) =>
    `Rétablir le chemin vers ${p.nodes}, ou lever ce qui l’interdit. Pour abandonner ce qu’il est seul à détenir, taper son nom.`,
  REFUSED_FAILOVER_BEHIND_ABLE: (p) =>
    `${p.nodes} a des transactions que ${p.node} n’a pas, et peut prendre la suite lui-même.`,
  REMEDY_FAILOVER_BEHIND_ABLE: (p) =>
    `Laisser ${p.nodes} prendre la suite\u00a0; ${p.node} pourra venir ensuite par une bascule planifiée.`,
  REFUSED_FAILOVER_RELAY_LOGS: (p) =>
    `Les deux fils de réplication de ${p.node} sont arrêtés avec ${p.count} transactions reçues et non appliquées. Tout démarrage les effacerait\u00a0: c’est peut-être la seule copie.`,
  REMEDY_FAILOVER_RELAY_LOGS: (p) =>
    `Ne rien démarrer sur ${p.node}. Copier à part ses journaux de relais, les appliquer avec mariadb-binlog et mariadb, ou laisser un autre réplica prendre la suite, ${AGAIN}`,
  REFUSED_CANDIDATE_POSITION_UNKNOWN: (p) => `${p.node}\u00a0: ${look.because.POSITION_UNKNOWN()}.`,
  REMEDY_CANDIDATE_POSITION_UNKNOWN: () => `Choisir un autre réplica, ${AGAIN}`,
  REFUSED_CANDIDATE_WRITABLE: (p) => `${p.node}\u00a0: ${look.because.WRITABLE()}.`,
  REMEDY_CANDIDATE_WRITABLE: (p) =>
    `Trouver qui y écrit\u00a0: quelqu’un a peut-être déjà basculé. Puis fermer ${p.node}, ${AGAIN}`,
};

export const failoverPlan: SaidTable = { ...switchover, ...said };
