import type { kinds as en } from '../en/kinds';

/** Pourquoi un service a l'état qu'il a. */
export const kinds: typeof en = {
  health: {
    unasked: () => 'son hôte n’a pas encore été interrogé',
    unreachable: (p) => `son hôte ${p.host} est injoignable d’ici`,
    untrusted: (p) => `la clé d’hôte de ${p.host} n’est pas celle attendue : tout échange est arrêté`,
    refused: (p) => `son hôte ${p.host} ne laisse pas entrer la console`,
    stale: (p) => `la dernière réponse de ${p.host} est trop ancienne`,
    unplaced: () => 'l’estate ne dit pas où il tourne',
    unobservable: () => 'rien sur son hôte ne montre s’il tourne',
    frozen: (p) => `${p.halted} processus ${p.process} sur ${p.running} sont arrêtés (état T)`,
    notRunning: (p) => `aucun processus ${p.process} ne tourne sur ${p.host}`,
    notListening: (p) => `${p.process} tourne, mais rien n’écoute sur le port ${p.port}`,
    loopbackOnly: (p) => `le port ${p.port} n’écoute que sur des adresses locales`,
    portWithoutProcess: (p) =>
      `le port ${p.port} est ouvert, mais aucun processus ${p.process} n’est visible`,
    error: (p) => p.message,
  },
};
