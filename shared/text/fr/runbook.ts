import type { runbook as en } from '../en/runbook';

export const runbook: typeof en = {
  nature: {
    reads: 'lecture seule',
    reversible: 'peut être annulée',
    hard: 'difficile à annuler',
    'point-of-no-return': 'point de non-retour',
  },
  when: {
    begin: 'au début',
    before: 'juste avant',
    until: 'jusqu’à ce que ce soit vrai',
    unless: 'sinon une personne est interrogée',
    throttle: 'pour aller à pleine allure',
    gate: 'pour la décision',
    after: 'ensuite',
  },
  mustBe: {
    is: (value) => `doit être ${value}`,
    empty: 'doit être vide',
    oneOf: (values) => `doit être l’une de ces valeurs\u00a0: ${values}`,
    atMost: (value) => `doit être au plus ${value}`,
    noRows: 'ne doit donner aucune ligne',
    rows: 'doit donner une ligne',
    succeeds: 'doit réussir',
    judged: (judge) => `est comparé par la console (${judge})`,
  },
  says: (what, mustBe) => `${what}\u00a0: ${mustBe}`,
  empty: '(vide)',
  change: (what, from, to) => `${what}\u00a0: ${from} → ${to}`,
  undoes: (number) => `Annule ${number}`,
  needs: (numbers) => `après ${numbers}`,
  limit: (limit) => `au plus ${limit}`,
  rounds: (rounds, inARow) =>
    `tour après tour, ${rounds} au plus, jusqu’à ce que ce soit vrai${inARow > 1 ? ` ${inARow} fois de suite` : ''}`,
  throttle: {
    rounds: (every, limit) =>
      `Chaque tour attend que tout ceci soit vrai, relu toutes les ${every}, ${limit} au plus\u00a0; ensuite l’étape a échoué.`,
    act: (every) =>
      `Tant que quelque chose ici n’est pas vrai, le débit descend d’un niveau toutes les ${every}.`,
    rate: (begins, unit, levels) =>
      `Débit\u00a0: ${begins} ${unit} au plus\u00a0; une personne peut régler ${levels} pendant l’étape.`,
  },
  asks: (question) => `Une personne décide\u00a0: ${question}`,
  asksUnless:
    'Si tout ceci est vrai, l’exécution continue d’elle-même\u00a0; si quelque chose ne l’est pas ou ne peut pas être lu, une personne est interrogée.',
  asksUnlessAny:
    'Si l’un de ces points est vrai, l’exécution continue d’elle-même\u00a0; si aucun ne l’est ou ne peut être lu, une personne est interrogée.',
  goesOn: 'Si elle échoue, elle est notée comme échouée et l’exécution continue sans elle.',
  noReturn: 'Point de non-retour\u00a0: jusqu’ici tout peut être annulé, à partir d’ici plus rien ne l’est.',
  unbroken: 'Pas d’interruption à l’intérieur\u00a0: pendant ce temps, personne ne peut écrire.',
  plan: {
    hash: (hash) => `Plan ${hash}`,
    asOf: (when) => `relevé du ${when}`,
    begins: 'Lu au début',
    steps: 'Étapes, dans l’ordre',
    after: 'Après',
    overrides: 'Passé outre',
    warnings: 'Bon à savoir',
    blind: 'Ce que ceci ne peut pas voir',
    unchanged: 'inchangé',
    ifDone: (change, number) => `${change}, si ${number} n’échoue pas`,
    nothingSent: 'C’est un essai à blanc\u00a0: rien n’a été changé.',
  },
  refused: (n) =>
    n === 1 ? 'Refusé, 1 raison. Rien n’a été changé.' : `Refusé, ${n} raisons. Rien n’a été changé.`,
  override: (typed) => `Pour passer outre\u00a0: --override ${typed}`,
  run: {
    title: (id, status) => `Exécution ${id}\u00a0: ${status}`,
    opened: (when, by) => `commencée le ${when} par ${by}`,
    closed: (when) => `terminée le ${when}`,
    elsewhere: (who) => `${who} y agit.`,
    pastNoReturn: 'Le point de non-retour est passé\u00a0: elle ne peut plus être annulée.',
    passedOver: (numbers) => `L’exécution a continué sans ${numbers}, non faites ou dont on ne sait rien.`,
    stack: (numbers) => `Annuler reviendrait sur ${numbers}, dans cet ordre.`,
    ways: (ways) => `Ce qui peut être fait maintenant\u00a0: ${ways}`,
    none: 'Aucune exécution n’est connue ici.',
    columns: {
      step: 'étape',
      what: 'quoi',
      state: 'état',
      took: 'durée',
      run: 'exécution',
      began: 'commencée',
      by: 'par',
    },
  },
  script: {
    title: (title) => `À la main\u00a0: ${title}`,
    plan: (hash, when) =>
      `Plan ${hash}, d’après les relevés du ${when}. Nul si le plan change\u00a0: refaire le plan, puis ce script.`,
    how: [
      'Les lignes qui commencent par # sont pour vous\u00a0; shells et clients SQL les ignorent. Le reste se colle bloc par bloc, dans cet ordre.',
      'Chaque bloc dit où il va\u00a0: le client SQL ou le shell de quel serveur, avec le compte d’action.',
      'Lire ce que dit «\u00a0doit être\u00a0» avant de continuer. Si ce n’est pas le cas, arrêter\u00a0: avant le point de non-retour, aller à la section d’annulation.',
      'Dans cet ordre, rien n’attend ce qui vient plus tard\u00a0; là où la console travaille en parallèle, vous allez étape par étape.',
    ],
    servers: 'Serveurs',
    server: (target, host, service) => `${target}\u00a0: hôte ${host}, service SQL ${service}`,
    shellOnly: (target, host) => `${target}\u00a0: hôte ${host}, par SSH seulement`,
    session: (target) => `avant tout, dans chaque session SQL sur ${target}\u00a0:`,
    fill: 'À compléter',
    fillText:
      'Le serveur refuse toute instruction où l’un de ces repères est resté\u00a0; une ligne de commande qui en porte un est derrière un #.',
    secret: (name, account, service) =>
      `${name}\u00a0: mot de passe du compte ${account} de ${service}, entre apostrophes. Il n’est dans aucun fichier ni aucun plan.`,
    output: (name, column, number, target) =>
      `${name}\u00a0: colonne ${column} de ce que l’étape ${number} lit sur ${target}, entre apostrophes`,
    stdout: (name, number, target) => `${name}\u00a0: ce que l’étape ${number} affiche sur ${target}`,
    rate: (name) => `${name}\u00a0: le débit que donne l’étape, en chiffres`,
    precondition: (name, target) =>
      `${name}\u00a0: ce que donne une lecture du début sur ${target}, entre apostrophes`,
    own: (name, target) =>
      `${name}\u00a0: identifiants de vos propres sessions sur ${target}, séparés par des virgules, entre apostrophes\u00a0: SELECT CONNECTION_ID() dans chacune`,
    byConsole: (target) => `${target}\u00a0: ce que seule la console peut lire`,
    inSql: (target) => `${target}, client SQL`,
    inShell: (target) => `${target}, shell`,
    note: (name, column) =>
      column === '' ? `à noter\u00a0: c’est ${name}` : `noter ${column}\u00a0: c’est ${name}`,
    each: 'pour chaque ligne de la réponse, avec ses colonnes\u00a0:',
    filledFirst: 'compléter, puis enlever le # devant\u00a0:',
    tolerates: (codes) => `l’erreur ${codes} vaut réussite`,
    begin: 'Au début',
    step: (number, where, title) => `Étape ${number} · ${where} · ${title}`,
    undo: 'Annulation\u00a0: seulement avant le point de non-retour, seulement ce qui a été fait, dans cet ordre',
    undoStep: (number, title) => `Annuler ${number} · ${title}`,
    undone: 'puis on doit retrouver\u00a0:',
    end: 'Fin\u00a0: voici ce que tout doit indiquer maintenant',
  },
};
