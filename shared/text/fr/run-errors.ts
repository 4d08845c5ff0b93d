import type { runErrors as en } from '../en/run-errors';

export const runErrors: typeof en = {
  E_RUN_NAME: (p) => ({
    sentence: `Le nom saisi n’est pas celui du serveur concerné\u00a0: ${p.expected}.`,
    remedy: 'Vérifier de quel serveur il s’agit, puis saisir son nom.',
  }),
  E_DRIFT: (p) => ({
    sentence: `Les serveurs ne sont plus tels que le plan les suppose\u00a0: ${p.what}. Rien n’a été modifié.`,
    remedy: 'Établir un nouveau plan.',
  }),
  E_PRECONDITION: (p) => ({
    sentence: `Un prérequis du plan n’est pas rempli\u00a0: ${p.what}. Rien n’a été modifié.`,
    remedy: 'Attendre qu’il le soit, ou établir un nouveau plan.',
  }),
  E_RUN_OPEN: (p) => ({
    sentence: `Une exécution de ${p.name} a commencé et n’est pas terminée\u00a0: ${p.id}.`,
    remedy:
      'D’abord la reprendre, l’annuler ou passer la main. Celle d’un autre poste peut être reprise ici : patronus run take-over.',
  }),
  E_PLAN_INVALID: (p) => ({
    sentence: `Le plan se contredit\u00a0: ${p.text}`,
    remedy: 'Copier le rapport\u00a0; c’est une faute de la console.',
  }),
  E_PLAN_CHANGED: (p) => ({
    sentence: `Le plan de ${p.id} n’est pas celui qui a été confirmé.`,
    remedy:
      'Établir un nouveau plan. Si l’exécution a commencé, remettre en place le fichier de son plan, ou annuler à la main.',
  }),
  E_PAST_NO_RETURN: (p) => ({
    sentence: `${p.id} a passé son point de non-retour\u00a0: l’annulation n’est plus possible.`,
    remedy: 'Reprendre l’exécution, ou passer la main.',
  }),
  E_NO_RUN: (p) => ({
    sentence: `Ce parc n’a pas d’exécution ${p.id}.`,
    remedy: 'Consulter la liste des exécutions.',
  }),
  E_RUN_BUSY: (p) => ({
    sentence: `${p.id} est en train d’agir.`,
    remedy: 'Attendre la fin de l’étape, ou suspendre l’exécution.',
  }),
  E_RUN_CLOSED: (p) => ({
    sentence: `${p.id} est terminée\u00a0: plus rien ne peut y être fait.`,
    remedy: 'Établir un nouveau plan.',
  }),
  E_NOT_ASKED: (p) => ({
    sentence: `${p.id} n’attend aucune décision à ${p.name}.`,
    remedy: 'Vérifier où en est l’exécution.',
  }),
  E_THROTTLE: (p) => ({
    sentence: `Le débit de ${p.name} dans ${p.id} ne peut pas être réglé à ${p.text} : ses niveaux sont ${p.what}.`,
    remedy: 'Nommer l’un de ses niveaux, tant que l’étape n’est pas terminée.',
  }),
  E_OTHER_PERSON: (p) => ({
    sentence: `Deux personnes doivent être d’accord à ${p.name}\u00a0; celle-ci l’a déjà dit.`,
    remedy: 'Faire décider aussi quelqu’un d’autre.',
  }),
  E_NOT_AS_PREDICTED: (p) => ({
    sentence: `Avant ${p.name}, les serveurs n’étaient pas dans l’état attendu\u00a0: ${p.what}. L’étape n’a pas commencé.`,
    remedy: 'Chercher qui a modifié cela\u00a0; ensuite reprendre, ou annuler.',
  }),
  E_NOT_PROVED: (p) => ({
    sentence: `${p.name} a reçu une réponse, mais la modification attendue n’apparaît pas\u00a0: ${p.what}.`,
    remedy: 'Examiner les serveurs\u00a0; ensuite reprendre, ou annuler.',
  }),
  E_WAIT_OVER: (p) => ({
    sentence: `${p.name} n’a pas été atteint en ${p.seconds}\u00a0s\u00a0: ${p.what}.`,
    remedy: 'Chercher ce qui le retarde\u00a0; ensuite reprendre, ou annuler.',
  }),
  E_ROUNDS_OVER: (p) => ({
    sentence: `${p.name} n’a pas été atteint en ${p.limit} tours\u00a0: ${p.what}.`,
    remedy: 'Chercher ce qui s’y oppose\u00a0; ensuite reprendre, ou annuler.',
  }),
  E_COMMAND_FAILED: (p) => ({
    sentence: `${p.host}\u00a0: une commande de ${p.name} s’est terminée par ${p.status}\u00a0: ${p.text}`,
    remedy: 'Lire la sortie\u00a0; ensuite reprendre, ou annuler.',
  }),
  E_NO_OUTPUT: (p) => ({
    sentence: `${p.name} ne peut pas continuer\u00a0: aucun serveur n’a fourni ⟨${p.what}⟩.`,
    remedy: 'Annuler, puis établir un nouveau plan.',
  }),
  E_NO_GO: (p) => ({
    sentence: `Quelqu’un a répondu non à ${p.name}.`,
    remedy: 'Reprendre pour que la question soit posée à nouveau, ou annuler.',
  }),
  E_NOT_UNDONE: (p) => ({
    sentence: `${p.name} a été annulée, mais ce qu’elle avait modifié n’est pas revenu à son état antérieur\u00a0: ${p.what}.`,
    remedy: 'Le rétablir à la main, puis annuler de nouveau.',
  }),
};
