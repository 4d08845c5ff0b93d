import type { loginErrors as en } from '../en/login-errors';

const asked = (what: string): string =>
  ({
    password: 'mot de passe',
    passphrase: 'phrase de passe',
    'one-time-code': 'code à usage unique',
    'sql-password': 'mot de passe SQL',
    'vault-passphrase': 'phrase secrète du coffre, où se trouve un secret',
  })[what] ?? what;

const keyringTrouble = (why: string): string =>
  ({
    basic_text: 'il chiffrerait avec une clé connue de tous',
    unknown: 'il est d’une sorte qui ne peut pas être vérifiée',
    unavailable: 'il ne répond pas, ou il est verrouillé',
    'command-line': 'la ligne de commande ne peut pas l’atteindre, seule la fenêtre le peut',
  })[why] ?? why;

export const loginErrors: typeof en = {
  E_AUTH_REFUSED: (p) => ({
    sentence: `${p.host} refuse ${p.account}\u00a0: essayé ${p.what}\u00a0; il accepte ${p.methods}. Aucun nouvel essai sans vous.`,
    remedy: 'Vérifier le compte et la clé sur l’hôte (authorized_keys), puis demander un nouveau relevé.',
  }),
  E_AUTH_PASSWORD: (p) => ({
    sentence: `${p.host} refuse le mot de passe de ${p.account}. Aucun nouvel essai sans vous.`,
    remedy: 'Demander un nouveau relevé pour le saisir encore.',
  }),
  E_AUTH_EXPIRED: (p) => ({
    sentence: `${p.host}\u00a0: le mot de passe de ${p.account} a expiré et doit être changé.`,
    remedy: 'Se connecter une fois avec ssh et le changer.',
  }),
  E_AUTH_CLOSED: (p) => ({
    sentence: `${p.host} a fermé la connexion pendant l’authentification de ${p.account}\u00a0: ${p.text}.`,
    remedy: 'Regarder le journal de son sshd\u00a0; le compte est peut-être expiré ou verrouillé.',
  }),
  E_AUTH_NOTHING: (p) => ({
    sentence: `${p.host}\u00a0: rien pour connecter ${p.account}\u00a0: ni agent, ni clé, ni mot de passe. Il accepte ${p.methods}.`,
    remedy: 'Écrire ssh.identity ou ssh.secret dans le fichier d’estate, ou démarrer un agent SSH.',
  }),
  E_AGENT: (p) => ({
    sentence: `${p.host}\u00a0: l’agent SSH n’a pas pu servir\u00a0: ${p.text}.`,
    remedy: 'Démarrer l’agent et y ajouter la clé (ssh-add), puis demander un nouveau relevé.',
  }),
  E_KEY_FILE: (p) => ({
    sentence: `${p.host}\u00a0: la clé privée ${p.file} n’a pas pu être lue\u00a0: ${p.text}.`,
    remedy: 'Vérifier ssh.identity dans le fichier d’estate.',
  }),
  E_KEY_MODE: (p) => ({
    sentence: `${p.host}\u00a0: la clé privée ${p.file} est ouverte à d’autres (mode ${p.mode}) ou n’est pas à vous.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_KEY_PASSPHRASE: (p) => ({
    sentence: `${p.host}\u00a0: la phrase de passe n’ouvre pas la clé privée ${p.file}. Aucun nouvel essai sans vous.`,
    remedy: 'Demander un nouveau relevé pour la saisir encore.',
  }),
  E_NEEDS_ANSWER: (p) => ({
    sentence: `${p.host} attend une réponse de vous\u00a0: ${asked(p.what)} de ${p.account}. Un relevé d’arrière-plan ne demande jamais.`,
    remedy: 'Demander un relevé de cet hôte\u00a0; la console posera la question.',
  }),
  E_ANSWER_DECLINED: (p) => ({
    sentence: `${p.host}\u00a0: la question (${asked(p.what)} de ${p.account}) a été déclinée.`,
    remedy: 'Demander un nouveau relevé quand la réponse est à portée.',
  }),
  E_SECRET_ENV: (p) => ({
    sentence: `${p.host}\u00a0: la variable d’environnement ${p.name} n’est pas définie.`,
    remedy: 'La définir avant de démarrer la console.',
  }),
  E_SECRET_FILE: (p) => ({
    sentence: `${p.host}\u00a0: le fichier secret ${p.file} n’a pas pu être lu\u00a0: ${p.text}.`,
    remedy: 'Vérifier la référence file: du fichier d’estate\u00a0; elle est relative à ce fichier.',
  }),
  E_SECRET_MODE: (p) => ({
    sentence: `${p.host}\u00a0: le fichier secret ${p.file} est ouvert à d’autres (mode ${p.mode}) ou n’est pas à vous.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_SECRET_KEYRING: (p) => ({
    sentence: `Le trousseau de cet ordinateur n’est pas utilisé\u00a0: ${keyringTrouble(p.what)}.`,
    remedy:
      'Répondre à la question, garder le secret dans le coffre, ou le nommer par env:NOM ou file:CHEMIN.',
  }),
  E_VAULT_LOCKED: () => ({
    sentence: 'Le coffre est verrouillé.',
    remedy: 'L’ouvrir avec sa phrase secrète.',
  }),
  E_VAULT_PASSPHRASE: () => ({
    sentence: 'Ce n’est pas la phrase secrète du coffre. Il reste verrouillé.',
    remedy:
      'Essayer encore. Sans la phrase secrète, personne ne peut l’ouvrir\u00a0: supprimer le fichier et en commencer un autre.',
  }),
  E_VAULT_DAMAGED: (p) => ({
    sentence: `${p.file} n’est pas tel que la console l’a écrit${p.name === '' || p.name === '?' ? '' : ` (à ${p.name})`}. Rien n’en est utilisé.`,
    remedy: 'Remettre une copie du fichier, ou le déplacer et saisir les secrets de nouveau.',
  }),
  E_VAULT_MODE: (p) => ({
    sentence: `${p.file} est ouvert à d’autres (mode ${p.mode}). Rien n’en est utilisé.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_VAULT_NONE: () => ({
    sentence: 'Il n’y a pas encore de coffre.',
    remedy: 'En créer un sous Secrets dans la fenêtre, ou par\u00a0: patronus secrets set.',
  }),
  E_VAULT_EXISTS: (p) => ({
    sentence: `Il y a déjà un coffre\u00a0: ${p.file}.`,
    remedy: 'L’ouvrir.',
  }),
  E_VAULT_WEAK: (p) => ({
    sentence: `Une phrase secrète de moins de ${p.limit} caractères n’est pas acceptée.`,
    remedy: 'Prendre plusieurs mots sans rapport entre eux.',
  }),
  E_NEEDS_TERMINAL: () => ({
    sentence: 'Un secret est demandé, et personne n’est devant un terminal.',
    remedy:
      'Lancer la commande dans un terminal\u00a0: un secret n’est jamais pris d’un argument ni d’un tube.',
  }),
};
