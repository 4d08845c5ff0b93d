import { type DisarmedBy, type EventOf, repeatedIn } from '../../journal/entry';
import type { Decision, KnownBy } from '../../runbook/events';
import type { EventTexts, journal as en } from '../en/journal';
import { formatDuration } from '../format';

const plural = (n: number, one: string, many: string): string => `${n} ${n < 2 ? one : many}`;
const gap = (what: EventOf<'gap'>): string => {
  switch (what.reason) {
    case 'torn-tail':
      return `La dernière ligne de ${what.file} était incomplète : ${plural(what.bytes, 'octet retiré', 'octets retirés')}.`;
    case 'unclean-end':
      return 'La console précédente s’est arrêtée sans se fermer : sa dernière minute de relevés courants peut manquer.';
    case 'not-written':
      return `${plural(what.records, 'enregistrement n’a pu être écrit ni attendre', 'enregistrements n’ont pu être écrits ni attendre')}.`;
    case 'no-head':
      return 'Le fichier qui garde la fin de la chaîne manquait.';
  }
};

const SECRETS: Readonly<Record<string, string>> = {
  password: 'le mot de passe',
  passphrase: 'la phrase secrète',
  'one-time-code': 'un code à usage unique',
  'sql-password': 'le mot de passe SQL',
};
const RESULTS = { done: 'fait', failed: 'échec', unknown: 'inconnu' };
const ENDS = { done: 'faite', undone: 'annulée', left: 'laissée telle quelle' };
const DECISIONS: Readonly<Record<Decision, string>> = {
  start: 'commencer',
  resume: 'reprendre',
  undo: 'annuler ce qui a été fait',
  hold: 'suspendre',
  'go-on': 'continuer',
  go: 'passer la porte',
  again: 'faire un tour de plus',
  enough: 'ne plus faire de tour',
  'no-go': 'ne pas passer la porte',
  'take-over': 'prendre la main',
  'hand-over': 'passer la main',
  throttle: 'régler le débit',
};
const KNOWN_BY: Readonly<Record<KnownBy, string>> = {
  answer: '',
  probe: ', d’après les serveurs',
  checks: ', ses contrôles étaient vrais et personne n’a été interrogé',
};
const DISARMED: Readonly<Record<DisarmedBy, string>> = {
  person: 'quelqu’un l’a voulu',
  expired: 'son temps était écoulé',
  slept: 'le poste a dormi',
  locked: 'l’écran a été verrouillé',
  past: 'c’est le passé qui est montré',
  closed: 'l’estate a été fermé',
};
const at = (step: string | undefined): string => (step === undefined ? '' : `, étape ${step}`);
const by = (who: string | undefined): string => (who === undefined ? '' : ` (${who})`);

const events: EventTexts = {
  'console-started': (e) =>
    `Console ${e.version} démarrée (${e.program === 'window' ? 'fenêtre' : 'ligne de commande'}).`,
  'console-stopped': () => 'Console arrêtée.',
  'estate-opened': (e) => `Estate ${e.estate} ouvert.`,
  'estate-refused': (e) => `Fichier d’estate refusé : ${plural(e.codes.length, 'raison', 'raisons')}.`,
  'estate-closed': () => 'Estate fermé.',
  connecting: (e) => `Connexion à ${e.address}:${e.port} commencée.`,
  'egress-refused': (e) => `Connexion à ${e.address}:${e.port} non commencée : la règle est « ${e.policy} ».`,
  connected: (e) => `Session ouverte pour ${e.account} par ${e.method} (${e.via.toUpperCase()}).`,
  refused: (e) => `Pas de connexion pour ${e.account} (${e.via.toUpperCase()}).`,
  'host-key-refused': () => 'Clé d’hôte refusée : rien n’a été envoyé.',
  lost: (e) => `Connexion de ${e.account} perdue (${e.via.toUpperCase()}).`,
  closed: (e) => `Connexion de ${e.account} fermée (${e.via.toUpperCase()}).`,
  prompt: (e) => `On a demandé ${SECRETS[e.what] ?? e.what} de ${e.account}.`,
  command: (e) => e.text,
  statement: (e) => e.text,
  request: (e) => e.text,
  polled: (e) => {
    const texts = repeatedIn(e);
    const sent = texts.reduce((all, one) => all + one.sent.length, 0);
    return `${plural(sent, 'relevé courant', 'relevés courants')}, ${plural(texts.length, 'texte', 'textes')}.`;
  },
  'host-key-recorded': (e) => `Clé d’hôte enregistrée : ${e.type} ${e.fingerprint}.`,
  'ledger-changed': (e) => (e.change === 'cleared' ? `${e.path} effacé.` : `${e.path} fixé : ${e.value}.`),
  'secret-stored': (e) => `Secret ${e.name} gardé.`,
  'secret-deleted': (e) => `Secret ${e.name} supprimé.`,
  'recording-started': (e) => `Enregistrement commencé : ${e.file}.`,
  'recording-stopped': (e) => `Enregistrement terminé : ${e.file}.`,
  'journal-exported': (e) => `Journal exporté : ${plural(e.entries, 'entrée', 'entrées')}, ${e.format}.`,
  armed: (e) => `Console armée pour ${e.estate}, pendant ${formatDuration(e.forMs, 'fr')}.`,
  disarmed: (e) => `Console désarmée pour ${e.estate} : ${DISARMED[e.why]}.`,
  'run-opened': (e) =>
    `Exécution ${e.run} ouverte : ${e.procedure} de ${e.subject}, plan ${e.plan.slice(0, 8)}.`,
  'run-decided': (e) =>
    `Exécution ${e.run}${at(e.step)} : décision de ${DECISIONS[e.decision]}${e.rate ? ` à ${e.rate.level}` : ''}${by(e.by)}.`,
  intent: (e) =>
    `Exécution ${e.run}, étape ${e.step} : sur le point ${e.phase === 'apply' ? 'd’agir' : 'd’annuler'} comme ${e.account}.`,
  outcome: (e) =>
    `Exécution ${e.run}, étape ${e.step} : ${e.phase === 'undo' && e.result === 'done' ? 'annulée' : RESULTS[e.result]}${KNOWN_BY[e.by]}.`,
  'run-closed': (e) => `Exécution ${e.run} close : ${ENDS[e.end]}.`,
  gap,
  anchor: (e) =>
    `${plural(e.files.length, 'ancien fichier supprimé', 'anciens fichiers supprimés')}, jusqu’à l’enregistrement ${e.lastSeq}.`,
  text: (e) => e.text,
};

export const journal: typeof en = {
  events,
  groups: {
    events: 'Tout sauf le courant',
    connections: 'Connexions',
    sent: 'Envois',
    questions: 'Questions',
    changes: 'Changements',
    runs: 'Exécutions',
    console: 'Console',
    routine: 'Courant',
  },
  kinds: {
    'console-started': 'console',
    'console-stopped': 'console',
    'estate-opened': 'estate',
    'estate-refused': 'estate',
    'estate-closed': 'estate',
    connecting: 'connexion',
    'egress-refused': 'règle',
    connected: 'connexion',
    refused: 'connexion',
    'host-key-refused': 'clé d’hôte',
    lost: 'connexion',
    closed: 'connexion',
    prompt: 'question',
    command: 'commande',
    statement: 'requête SQL',
    request: 'requête HTTP',
    polled: 'courant',
    'host-key-recorded': 'clé d’hôte',
    'ledger-changed': 'hypothèse',
    'secret-stored': 'secret',
    'secret-deleted': 'secret',
    'recording-started': 'enregistrement',
    'recording-stopped': 'enregistrement',
    'journal-exported': 'journal',
    armed: 'armement',
    disarmed: 'armement',
    'run-opened': 'exécution',
    'run-decided': 'décision',
    intent: 'action',
    outcome: 'action',
    'run-closed': 'exécution',
    gap: 'lacune',
    anchor: 'journal',
    text: 'texte',
  },
  result: {
    done: 'fait',
    exit: (status) => `code ${status}`,
    http: (status) => `HTTP ${status}`,
    failed: 'échec',
    refused: 'refusé',
    lost: 'perdu',
    gap: 'manquant',
    answered: 'répondu',
    declined: 'décliné',
    abandoned: 'abandonné',
    unknown: 'inconnu',
    undone: 'annulé',
    left: 'laissé tel quel',
  },
  columns: {
    time: 'Heure',
    host: 'Hôte',
    kind: 'Genre',
    what: 'Quoi',
    result: 'Résultat',
    duration: 'Durée',
    sent: 'Envois',
    text: 'Texte',
    times: 'Heures',
  },
  entry: {
    title: (lane, seq) => `enregistrement ${lane}/${seq}`,
    who: 'Qui',
    when: 'Quand',
    host: 'Hôte',
    account: 'Compte',
    route: 'Chemin',
    took: 'Durée',
    result: 'Résultat',
    wanted: 'Voulu par',
    background: 'la surveillance',
    person: 'une personne',
    name: 'Sonde ou étape',
    run: 'Exécution',
    step: 'Étape',
    attempt: (number) => `essai ${number}`,
    evidence: 'Prouvé par',
    saved: 'Gardé',
    bytes: 'Octets reçus',
    hostKey: 'Clé d’hôte',
    acceptedBy: (rule) => `acceptée par ${rule}`,
    prompt: 'Les mots du serveur',
    file: 'Fichier',
    hash: 'Empreinte',
    prev: 'Empreinte d’avant',
    parameters: 'Les paramètres d’une requête sont liés par le serveur et ne sont pas écrits ici.',
  },
  filter: 'Filtre : texte, sonde, compte, code…',
  filterLabel: 'Filtrer le journal',
  kindsLabel: 'Genre',
  hostsLabel: 'Hôte',
  allHosts: 'Tous les hôtes',
  failedOnly: 'Échecs seulement',
  range: { label: 'Depuis', day: '24 h', week: '7 jours', all: 'Tout' },
  count: (shown, total) => `${shown} sur ${total}`,
  more: 'Plus anciens',
  searching: 'Recherche…',
  none: 'Aucune entrée ne correspond.',
  noneMore: 'Ôtez le filtre, ou remontez plus loin.',
  verify: 'Vérifier',
  verifying: 'Vérification…',
  exportAs: (format) => `Exporter ${format}`,
  exported: (n, file) => `${plural(n, 'entrée écrite', 'entrées écrites')} dans ${file}.`,
  verdict: {
    whole: (records, since) =>
      `Chaîne entière : ${records} enregistrements depuis ${since}. Aucun n’a été altéré, retiré, inséré ou déplacé.`,
    empty: 'Aucun enregistrement.',
    gaps: (n) => `${plural(n, 'lacune y est écrite', 'lacunes y sont écrites')} : cherchez « gap ».`,
    broken: (lane, seq, file, line) =>
      `Chaîne rompue à l’enregistrement ${lane}/${seq} (${file}, ligne ${line}) :`,
    why: {
      unreadable: 'la ligne n’est pas un enregistrement.',
      altered: 'l’enregistrement a été altéré après son écriture.',
      missing: 'des enregistrements manquent ici.',
      'out-of-order': 'des enregistrements ont été déplacés.',
      repeated: 'un enregistrement antérieur se trouve de nouveau ici.',
      foreign: 'l’enregistrement ne fait pas suite à celui d’avant.',
      'torn-tail': 'la dernière ligne n’est qu’une partie d’enregistrement.',
      'cut-tail': 'la fin a été coupée : la fin notée est plus tardive.',
      'head-differs': 'ce n’est pas l’enregistrement que nomme la fin notée.',
      'no-start':
        'les premiers enregistrements ont disparu, et rien ne dit qu’ils ont été supprimés par l’âge.',
    },
    head: (lane, seq, hash) => `La file ${lane} finit à l’enregistrement ${seq} : ${hash}`,
    known: 'L’empreinte donnée se trouve dans la chaîne : tout ce qui la précède est resté tel quel.',
    notKnown:
      'L’empreinte donnée ne se trouve pas dans la chaîne : elle a été réécrite, ou c’est un autre journal.',
  },
  failing:
    'Le journal ne peut pas être écrit. Rien de ce qui change un serveur ne commence tant que c’est ainsi.',
  waiting: (waiting, lost) => `${waiting} enregistrements attendent ; ${lost} n’ont pas trouvé place.`,
};
