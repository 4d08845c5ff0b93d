import type { paper as en } from '../en/paper';

export const paper: typeof en = {
  asOf: (when) => `Relevé du ${when}`,
  hosts: 'Hôtes',
  services: 'Services',
  links: 'Liens',
  findings: 'Constats',
  columns: {
    host: 'hôte',
    address: 'adresse',
    state: 'état',
    service: 'service',
    product: 'produit',
    from: 'de',
    to: 'vers',
    protocol: 'protocole',
    seen: 'vu',
    role: 'rôle',
    writable: 'écriture',
    lag: 'retard',
  },
  noFinding: 'Rien à signaler.',
  noCluster: 'Le parc ne nomme aucune base de données.',
  notAReplica: 'pas un réplica',
  trust: {
    presents: (host, address) => `${host}, à l’adresse ${address}, présente\u00a0:`,
    known: 'Cette clé est enregistrée pour cet hôte.',
    unknown: 'Aucune clé n’est enregistrée pour cet hôte. Comparez l’empreinte sur la machine elle-même.',
    confirm: (host) => `Si elles sont égales, ajoutez --confirm ${host} pour l’enregistrer.`,
    changed: 'Une autre clé est enregistrée pour cet hôte. Cherchez pourquoi avant toute autre chose.',
    revoked: 'Cette clé est enregistrée comme révoquée.',
    'ca-only':
      'Seule une autorité de certification est enregistrée pour cet hôte\u00a0; les certificats ne sont pas pris en charge.',
    written: (file) => `Enregistrée dans ${file}.`,
  },
};
