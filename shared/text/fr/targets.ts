import type { targets as en } from '../en/targets';

export const targets: typeof en = {
  asIs: 'Existant',
  unknown: 'inconnu',
  months: 'mois',
  inputs: {
    betweenFailures: (name) => `Temps entre deux pannes d’un serveur\u00a0: ${name}`,
    repair: (name) => `Temps jusqu’à la réparation, depuis la panne\u00a0: ${name}`,
    commonCause: (name) => `Part des pannes qui touchent tous les serveurs à la fois\u00a0: ${name}`,
    detect: (name) => `Bascule d’urgence de ${name}\u00a0: avant que la panne soit remarquée`,
    decide: (name) => `Bascule d’urgence de ${name}\u00a0: avant qu’elle soit décidée`,
    act: (name) => `Bascule d’urgence de ${name}\u00a0: avant que le secours serve`,
    client: (name) => `Bascule d’urgence de ${name}\u00a0: avant que ses clients le trouvent`,
    success: (name) => `Bascule d’urgence de ${name}\u00a0: part qui réussit`,
    load: (name) => `Charge de chaque serveur aujourd’hui, en pointe\u00a0: ${name}`,
    requestsPerUser: () => 'Requêtes d’un utilisateur par jour',
    peakShare: () => 'Part de la journée qui tombe dans son heure de pointe',
    serviceTime: (name) => `Durée d’une requête\u00a0: ${name}`,
    workers: (name) => `Requêtes qu’un serveur traite à la fois\u00a0: ${name}`,
    streamRate: (name) => `Débit d’un flux\u00a0: ${name}`,
    link: (name) => `Lien réseau d’un serveur\u00a0: ${name}`,
    perMonth: (name) => `Coût par mois\u00a0: ${name}`,
    once: (name) => `Coût de la migration, payé une fois\u00a0: ${name}`,
    overlap: (name) => `Mois où les deux sont payés\u00a0: ${name}`,
    effort: (name) => `Jours de travail\u00a0: ${name}`,
    outageHour: () => 'Coût d’une heure d’arrêt de service',
    discountRate: () => 'Taux d’actualisation des paiements à venir',
  },
  because: {
    'one-server': 'un seul serveur, rien ne le remplace',
    'one-machine': 'plusieurs, mais tous dans une même machine',
    singleton: 'deux à la fois feraient du tort, et personne ne prend le relais',
    'all-needed': 'plusieurs, et tous sont nécessaires',
    'not-placed': 'encore placé nulle part\u00a0; un seul est annoncé',
  },
  how: {
    single: (because) => because,
    parallel: (servers, needed, chooser) =>
      `${servers} serveurs, ${needed === 1 ? 'un seul suffit' : `${needed} sont nécessaires`}\u00a0; ${chooser}`,
    failover: (servers) => `${servers} serveurs\u00a0; l’un sert, le suivant prend le relais`,
    byBalancer: (name) => `choisis par ${name}`,
    byClient: () => 'choisis par le client',
    byCaller: (name) => `choisis par ${name}, sans que personne ait dit comment`,
    byNobody: () => 'rien ne dit qui choisit',
  },
  demands: {
    'peak-requests': 'Requêtes à l’heure de pointe',
    waiting: 'Part des requêtes qui attendent, un serveur perdu',
    'on-one': 'Sur un serveur par le choix des clients, 999 fois sur 1\u202f000',
    'line-use': 'Usage de la ligne, un serveur perdu',
  },
  breakEven: {
    after: (months) => `après ${months} mois`,
    never: (more) => `jamais\u00a0: elle coûte ${more} de plus chaque mois`,
    never0: () => 'jamais\u00a0: elle coûte autant',
  },
  mistakes: {
    'does-not-apply': (why) => `Cette cible ne s’applique pas au parc\u00a0: ${why}`,
    'lacks-role': (role, workflow) =>
      `«\u00a0${workflow}\u00a0» demande un service de rôle ${role}, et cette cible n’en a pas.`,
    'workflow-gone': (workflow) =>
      `Plus personne ne peut faire «\u00a0${workflow}\u00a0»\u00a0: la cible l’abandonne.`,
    'not-placed': (service) =>
      `${service} n’est placé nulle part\u00a0: on ne peut compter sur aucun serveur.`,
    'nobody-chooses': (service) =>
      `${service} est sur plusieurs serveurs, et rien ne dit qui choisit entre eux.`,
    'no-primary': (service) =>
      `On écrit dans ${service}, et aucun membre de son cluster n’est désigné comme primaire.`,
    'claims-too-much': (problem, left) =>
      `Elle prétend supprimer «\u00a0${problem}\u00a0», et l’image dit le contraire\u00a0: ${left}.`,
  },
  left: {
    availability: (servers) => `rien ne remplace ${servers}`,
    scaling: () => 'aucun serveur web ou applicatif n’en a un autre à côté de lui',
    cost: () => 'elle coûte autant par mois qu’aujourd’hui, ou plus',
    updates: (step) => `«\u00a0${step}\u00a0» coupe les utilisateurs`,
    noUpdates: () => 'elle n’a pas de mise à jour serveur par serveur',
  },
  manifests: {
    several: (count) => `${count}-services`,
    lacks: {
      'no-image': (path) =>
        `Inconnu\u00a0: ${path}. L’image ci-dessous tient la place et aucun registre n’y répond.`,
      'no-port': (path) => `Inconnu\u00a0: ${path}. Rien n’atteint ce service tant que ce n’est pas dit.`,
      'start-ring': (path) => `${path} attend un service qui l’attend.`,
    },
  },
};
