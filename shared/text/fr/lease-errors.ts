import type { ErrorTexts } from '../error-params';

/** Pourquoi une approbation ne permet pas de lancer un plan. */
const refusal = (code: string): string =>
  ({
    unreadable: 'ce n’est pas une approbation telle que l’écrit patronus approve',
    'other-plan': 'elle vaut pour un autre plan, ou le plan a changé depuis',
    'other-subject': 'elle vaut pour une autre grappe',
    'unknown-key': 'l’estate ne nomme pas cet approbateur',
    'bad-signature': 'sa signature n’est d’aucune des clés que l’estate donne pour cet approbateur',
    self: 'la même personne approuve et exécute',
    expired: 'elle a expiré',
    'not-yet': 'd’après l’horloge de ce poste, elle a été signée dans le futur, ou avant que le plan existe',
    'too-long': 'elle vaudrait plus d’un jour',
    used: 'le plan a déjà été exécuté',
  })[code] ?? code;

/** Ce qui ne va pas dans ce que les serveurs gardent d’une exécution. */
const keptTrouble = (code: string): string =>
  ({
    'no-plan': 'aucun n’a le plan',
    'no-events': 'il ne dit pas comment elle a commencé',
    'other-plan': 'le plan n’est pas celui qui a été lancé',
    broken: 'il a été modifié',
    differs: 'les serveurs se contredisent',
  })[code] ?? code;

export const leaseErrors = {
  E_LEASE_HELD: (p) => ({
    sentence: `${p.by} agit déjà ici, depuis ${p.since} (${p.name}).`,
    remedy:
      'Demandez-lui. Si sa console a disparu, les serveurs la lâchent au bout d’une minute ; l’exécution peut alors être reprise.',
  }),
  E_LEASE_STALE: (p) => ({
    sentence: `${p.host} : ${p.by} a commencé ${p.name} à ${p.since}, et sa console a disparu.`,
    remedy:
      'Demandez-lui, puis reprenez l’exécution à votre compte : patronus run take-over, avec son nom ou l’exécution.',
  }),
  E_LEASE_LOST: (p) => ({
    sentence: `${p.host} : cette console n’a plus le verrou d’opérateur ; ${p.by} l’a.`,
    remedy: 'Cherchez qui agit. L’exécution peut reprendre quand personne d’autre n’a le verrou.',
  }),
  E_RUN_TAKEN: (p) => ({
    sentence: `${p.name} a été reprise par ${p.by} à ${p.since} : ce poste ne sait plus tout ce qui a été fait.`,
    remedy: 'Continuez à son poste, ou reprenez l’exécution ici.',
  }),
  E_REMOTE_RECORD: (p) => ({
    sentence: `${p.host} : ce qu’une exécution doit y laisser n’a pu être ni écrit ni lu : ${p.text}`,
    remedy:
      'Vérifiez le dossier du compte d’action, ~/.patronus, ses droits et l’espace libre ; flock doit y être.',
  }),
  E_KEPT_RUN: (p) => ({
    sentence: `Ce que les serveurs gardent de ${p.name} est inutilisable : ${keptTrouble(p.what)}.`,
    remedy:
      'Continuez au poste où elle a commencé, ou lisez ~/.patronus/runs sur les serveurs et annulez à la main.',
  }),
  E_STREAM_DIFFERS: (p) => ({
    sentence: `${p.host} : ce que ${p.name} a transmis n’est pas identique aux deux bouts.`,
    remedy: 'Rien n’en est utilisé. Réessayez : tout recommence depuis le début.',
  }),
  E_COMMAND_GONE: (p) => ({
    sentence: `${p.host} : ${p.name} a commencé puis a été arrêtée de l’extérieur, ou l’hôte a redémarré : rien ne dit jusqu’où elle est allée.`,
    remedy: 'Regardez ce qu’elle modifie ; ensuite reprenez, ou annulez.',
  }),
  E_APPROVAL: (p) => ({
    sentence: `L’approbation ne permet pas de lancer ce plan : ${p.what.split(' ').map(refusal).join(' ; ')}.`,
    remedy:
      'Faites signer ce plan précis par l’un des approbateurs de l’estate : patronus approve FICHIER --key CLÉ.',
  }),
  E_APPROVAL_KEY: (p) => ({
    sentence: `La clé ou le fichier ${p.file} est inutilisable : ${p.text}.`,
    remedy:
      'Nommez une clé Ed25519 au format d’OpenSSH (ssh-keygen -t ed25519), ou démarrez l’agent SSH qui la tient.',
  }),
  E_APPROVAL_MISSING: (p) => ({
    sentence: `${p.name} : l’estate demande l’approbation d’une seconde personne, et il n’y en a pas.`,
    remedy:
      'Enregistrez le plan avec --save FICHIER, faites-le signer avec patronus approve FICHIER, puis ajoutez --approval.',
  }),
} satisfies ErrorTexts;
