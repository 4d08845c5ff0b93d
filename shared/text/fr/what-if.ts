import type { whatIf as en } from '../en/what-if';

const list = (names: readonly string[], last: 'and' | 'or' = 'and'): string =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} ${last === 'and' ? 'et' : 'ou'} ${names.at(-1)}`;

/** Ce que dit un « et si… » : ses changements, ce qui casse, qui reprend, ce qui est perdu, ce que personne n’a dit. */
export const whatIf: typeof en = {
  list,
  inputs: {
    detect: (name) => `Délai avant qu’une panne de ${name} soit remarquée`,
    decide: (name) => `Délai avant qu’une personne décide pour ${name}`,
    act: (name) => `Délai avant qu’un autre serveur ait repris ${name}`,
    client: (name) => `Délai avant que ses clients retrouvent ${name}`,
    repair: (name) => `Réparation de ${name}, de la panne à la remise en service`,
    lag: (name) => `Retard maximal des réplicas de ${name}`,
    copyAge: (name) => `Ancienneté maximale de la copie de ${name}`,
    cacheHits: (name) => `Part des requêtes auxquelles ${name} répond seul`,
    stickiness: (name) => `Durée pendant laquelle un client garde son choix (${name})`,
    timeout: (name) => `Silence au bout duquel un client interroge l’autre serveur (${name})`,
    load: () => 'Multiple de la charge actuelle',
  },
  title: (changes) => (changes === '' ? 'Et si…' : `Et si… ${changes}`),
  drawing: () => 'Un dessin. Rien n’est envoyé à aucun serveur.',
  changes: {
    fail: (name) => `${name} s’arrête`,
    drain: (name) => `${name} est vidé`,
    cut: (name) => `${name} est coupé`,
    remove: (name) => `sans ${name}`,
    set: (name, value) => `${name} vaut ${value}`,
    load: (times) => `la charge est multipliée par ${times}`,
    scenario: (name) => `dans «\u00a0${name}\u00a0»`,
  },
  everybody: 'tout le monde',
  verdict: {
    none: () => 'Rien n’a été changé.',
    nothing: () => 'Rien ne casse\u00a0: tout le travail continue.',
    broken: (workflow, who, step) =>
      `«\u00a0${workflow}\u00a0» est interrompu pour ${who}\u00a0: l’étape ${step} échoue.`,
    sometimes: (workflow, who, steps) =>
      `«\u00a0${workflow}\u00a0» est interrompu pour ${who} dès qu’il faut ${steps}\u00a0; le reste continue.`,
    slower: (workflow) => `«\u00a0${workflow}\u00a0» continue, et certains attendent plus longtemps.`,
    beside: (count) => (count === 1 ? 'Une chose à côté s’arrête.' : `${count} choses à côté s’arrêtent.`),
    besideOnly: (count) =>
      count === 1
        ? 'Les requêtes continuent\u00a0; une chose s’arrête.'
        : `Les requêtes continuent\u00a0; ${count} choses s’arrêtent.`,
  },
  workflow: {
    works: () => 'continue comme avant',
    slower: () => 'continue, et certains attendent plus longtemps',
    sometimes: (steps) => `échoue pour qui a besoin de ${steps}`,
    broken: (step) => `interrompu pour tout le monde à l’étape ${step}`,
    steps: (numbers) => `l’étape ${list(numbers.map(String), 'or')}`,
  },
  step: {
    failed: (name) => `${name} est arrêté`,
    drained: (name) => `${name} ne prend plus de travail`,
    removed: (name) => `il n’y a pas de ${name}`,
    cut: (name) => `le lien ${name} est coupé`,
    waits: (seconds) => `certains attendent ${seconds} un serveur qui ne répond pas`,
    skipped: (name) => `la réponse vient sans ${name}, de ce qui est derrière`,
    after: (n) => `l’étape ${n} échoue avant elle`,
  },
  breaks: {
    'no-target': (work, target) =>
      `${work}\u00a0: ${target}, qui en est la destination, ne prend plus de travail.`,
    'no-target-but': (work, target, others) =>
      `${work}\u00a0: ${target}, qui en est la destination, ne prend plus de travail. ${others} devrait s’en charger\u00a0; rien dans le parc ne le dit.`,
    'no-target-until': (work, target, others) =>
      `${work}\u00a0: ${target}, qui en est la destination, ne prend plus de travail jusqu’à la promotion de ${others}.`,
    'stands-still': (name, parts) =>
      parts === ''
        ? `${name} ne peut tourner qu’une fois, et personne d’autre ne fait son travail\u00a0: il est à l’arrêt.`
        : `${name} ne peut tourner qu’une fois, et personne d’autre ne fait son travail\u00a0: à l’arrêt, ${parts}.`,
    'logged-out': (name) =>
      `Tous les utilisateurs connectés sont déconnectés, et personne ne peut se connecter avant le retour de ${name}.`,
    stampede: (name, clients, onto) =>
      onto === ''
        ? `${clients} ne trouvent plus rien dans ${name}\u00a0; rien dans le parc ne dit où ils le lisent à la place.`
        : `${clients} ne trouvent plus rien dans ${name}, et interrogent tous ${onto} en même temps.`,
    unwatched: (by, of) =>
      `${of} continuent sans surveillance\u00a0: ${by} ne les atteint pas. Une panne chez eux passerait inaperçue.`,
    'not-started': (by, of) =>
      `${of} continuent, et une fois arrêtés personne ne les démarre\u00a0: ${by} ne les atteint pas.`,
    'not-backed-up': (by, of) => `${by} ne sauvegarde plus ${of}.`,
    'replication-stops': (from, to) => `${to} ne peut plus suivre ${from}.`,
    'link-dead': (from, to) => `${from} ne peut plus atteindre ${to}.`,
    'all-instances': (name, least) =>
      `${name} a au moins ${least} serveurs, que le parc ne nomme pas\u00a0: tous s’arrêtent ici à la fois.`,
    'no-server-left': (policy, actor) =>
      `${actor}\u00a0: aucun serveur à choisir (${policy})\u00a0; chaque client attend, puis reçoit une erreur.`,
    remembered: (share, wait, kept) =>
      `Si les clients retiennent leur repli\u00a0: ${share} attend ${wait} une fois par choix (${kept}).`,
    'not-remembered': (share, wait) =>
      `S’ils ne le retiennent pas\u00a0: ${share} attend ${wait} à chaque requête, et un nouveau choix n’y remédie pas.`,
    half: () => 'la moitié d’entre eux',
  },
  takeover: {
    clients: (name, nodes) => `${name}\u00a0: les clients vont d’eux-mêmes vers ${nodes}.`,
    balancer: (name, nodes, via) => `${name}\u00a0: ${via} envoie le travail à ${nodes}.`,
    unstated: (name, nodes) =>
      `${name}\u00a0: ${nodes} pourrait le faire\u00a0; rien dans le parc ne dit comment le travail y arrive.`,
    'by-itself': (name, nodes) => `${name}\u00a0: la grappe fait d’elle-même de ${nodes} son primaire.`,
    'by-hand': (name, nodes) => `${name}\u00a0: une personne promeut ${nodes}.`,
    'promotion-unstated': (name, nodes) =>
      `${name}\u00a0: ${nodes} pourrait reprendre\u00a0; comment, rien ne le précise.`,
    'other-copy': (name, nodes) =>
      `${name} n’avait qu’une copie\u00a0: les données sont encore chez ${nodes}.`,
    'behind-cache': (name, nodes) => `${name}\u00a0: ${nodes} porte ce à quoi il répondait.`,
    'behind-nobody': (name) => `${name}\u00a0: rien dans le parc ne dit ce qui porte sa charge.`,
    singleton: (name) =>
      `${name}\u00a0: personne. Il ne peut tourner qu’une fois, et son seul emplacement a disparu.`,
    'only-one': (name) => `${name}\u00a0: personne. Il ne tourne nulle part ailleurs.`,
    'all-out': (name) => `${name}\u00a0: personne. Tous ses serveurs ont disparu.`,
  },
  loss: {
    nothing: (name) => `${name}\u00a0: rien n’est perdu.`,
    'no-committed': (name, copies) =>
      `${name}\u00a0: aucune ligne validée n’est perdue, tant que ${copies} avait acquitté chaque écriture.`,
    rows: (name, copies) =>
      `${name}\u00a0: ce que ${copies} n’avait pas encore reçu est perdu si le serveur ne revient pas.`,
    files: (name, copies) =>
      `${name}\u00a0: les fichiers pas encore copiés vers ${copies} sont perdus si le serveur ne revient pas.`,
    'since-backup': (name) =>
      `${name}\u00a0: personne d’autre ne les a. Si le serveur ne revient pas, tout est perdu depuis la dernière sauvegarde\u00a0; aucune n’est mentionnée.`,
    'since-backup-by': (name, by) =>
      `${name}\u00a0: personne d’autre ne les a. Si le serveur ne revient pas, tout est perdu depuis la dernière sauvegarde de ${by}.`,
    refilled: (name) => `${name}\u00a0: disparues, et reconstituées par des requêtes plus longues.`,
    'sessions-nothing': (name) =>
      `${name}\u00a0: toutes. Memcached ne garde rien après un redémarrage et ne se sauvegarde pas.`,
    'sessions-saved': (name) =>
      `${name}\u00a0: celles qui datent d’après la dernière écriture de Redis sur disque\u00a0; il peut être réglé pour ne rien écrire.`,
    'sessions-not-decided': (name) =>
      `${name}\u00a0: non tranché. Dans Memcached toutes, et rien ne se sauvegarde\u00a0; dans Redis celles d’après sa dernière écriture sur disque.`,
    'left-out': (name) => `${name}\u00a0: ne fait plus partie du parc.`,
    age: (name) => `${name}, ancienneté de la copie au pire`,
  },
  outage: {
    detect: () => 'Détecter',
    decide: () => 'Décider',
    act: () => 'Reprendre',
    client: () => 'Clients',
    repair: () => 'Réparer',
    total: () => 'Arrêt de service',
    longest: () => 'Jusqu’au retour complet',
  },
  loads: {
    each: (name, left, of) =>
      left === of
        ? `${name}\u00a0: ${of === 1 ? 'son seul serveur porte tout' : `${of} serveurs portent tout`}.`
        : `${name}\u00a0: ${left} serveur${left === 1 ? '' : 's'} sur ${of} ${left === 1 ? 'porte' : 'portent'} tout.`,
    demand: (name, left) => `${name}, sur ${left === 1 ? 'le seul serveur qui répond' : `${left} serveurs`}.`,
    behindCache: (name) => `Ce qui est derrière ${name} reçoit aussi ses requêtes.`,
    eachFigure: () => 'Charge de chacun à l’heure de pointe',
    times: () => 'Multiple des requêtes d’avant',
    'peak-requests': () => 'Requêtes à l’heure de pointe',
    waiting: () => 'Part qui attend',
    'streams-on-one': () => 'Flux sur un serveur',
    usable: () => 'Débit utilisable de sa ligne',
    'line-use': () => 'Part utilisée',
    rate: (size) => `${size}, débit`,
    use: (size) => `${size}, part de la ligne`,
  },
  availability: {
    'as-is': () => 'Aujourd’hui',
    here: () => 'Ici, chaque cause à part',
    'here-shared': () => '… avec des causes communes à plusieurs',
    share: () => 'Disponibilité sur un an',
    perMonth: () => 'Arrêt dans le mois moyen',
    allowed: () => 'Le mois permet',
    left: () => 'Reste après cet arrêt',
  },
  plan: { before: () => 'Arrêt de la migration, tel que prévu', after: () => 'Avec les valeurs saisies' },
  frames: { asIs: () => 'Existant', toBe: () => 'Cible' },
  marks: {
    unaffected: 'non concerné',
    stopped: 'arrêté (et si…)',
    emptied: 'ne prend plus de travail (et si…)',
    'left-out': 'retiré (et si…)',
    'takes-over': 'reprend',
    new: 'nouveau',
    absent: 'absent de ce calque',
    cut: 'coupé (et si…)',
    dead: 'plus rien n’y passe',
    'carries-more': 'porte davantage',
  },
  stages: {
    works: 'fonctionne comme aujourd’hui',
    idle: 'construit, sans travail',
    copies: 'porte une copie',
    writable: 'ouvert en écriture',
    'read-only': 'en lecture seule',
    forwards: 'renvoie vers la cible',
    absent: 'absent',
  },
  headings: {
    workflows: 'Ce qui casse, et pour qui',
    breaks: 'Ce qui s’arrête à côté',
    takeovers: 'Qui reprend',
    losses: 'Ce qui est perdu',
    outage: 'Combien de temps',
    loads: 'Ce qui reste porte',
    availability: 'Disponibilité',
    allowance: 'Minutes permises ce mois-ci',
    plan: 'La migration',
    picture: 'Le schéma',
    unanswered: 'Ce que cet essai ne peut pas dire encore',
  },
  columns: {
    step: 'étape',
    state: 'état',
    why: 'raison',
    figure: 'nombre',
    value: 'valeur',
    missing: 'attend',
  },
  states: {
    works: 'fonctionne',
    waits: 'attend',
    skipped: 'sautée',
    postponed: 'plus tard',
    fails: 'échoue',
    'not-reached': 'non atteinte',
  },
  conditional: 'si nécessaire',
  unknown: 'inconnu',
  pair: (name, value) => `${name}\u00a0: ${value}`,
  waitsFor: (value, paths) => `${value}\u00a0; attend ${paths}`,
  waitsForMany: (value, count) => `${value}\u00a0; attend ${count} valeurs`,
  range: (low, high) => `de ${low} à ${high}`,
  simulated: {
    heading: 'Arrêt de la migration, simulé',
    runs: (runs, seed) => `${runs} tirages, graine ${seed}`,
    unknown: (missing) => `L’arrêt ne peut pas être simulé\u00a0: le plan attend ${missing}.`,
  },
  byWhatIf: 'saisi dans cet essai',
};
