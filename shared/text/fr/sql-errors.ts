import type { sqlErrors as en } from '../en/sql-errors';

export const sqlErrors: typeof en = {
  E_SQL_NO_ACCOUNT: (p) => ({
    sentence: `${p.host}\u00a0: l’estate ne nomme aucun compte SQL pour ${p.name}.`,
    remedy: 'Écrire services[].sql.credentials dans le fichier d’estate.',
  }),
  E_SQL_REFUSED: (p) => ({
    sentence: `${p.host}\u00a0: rien ne répond en SQL sur ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Vérifier que le serveur tourne, son port et bind_address.',
  }),
  E_SQL_HANDSHAKE: (p) => ({
    sentence: `${p.host}\u00a0: ce qui répond sur ${p.address}:${p.port} ne parle pas comme un serveur MySQL\u00a0: ${p.text}`,
    remedy: 'Vérifier hôte et port de services[].sql dans le fichier d’estate.',
  }),
  E_SQL_HUNG: (p) => ({
    sentence: `${p.host}\u00a0: ${p.address}:${p.port} s’ouvre, mais pas de négociation SQL en ${p.seconds} s. Le serveur est figé ou arrêté.`,
    remedy: 'Regarder le processus du serveur sur l’hôte.',
  }),
  E_SQL_AUTH: (p) => ({
    sentence: `${p.host}\u00a0: le serveur SQL refuse ${p.account} (${p.errno}\u00a0: ${p.text}). Aucun nouvel essai sans vous.`,
    remedy: 'Vérifier utilisateur, partie hôte et mot de passe du compte, puis demander un nouveau relevé.',
  }),
  E_SQL_AUTH_PLUGIN: (p) => ({
    sentence: `${p.host}\u00a0: le serveur SQL veut authentifier ${p.account} par ${p.plugin}, que la console ne pratique pas.`,
    remedy: 'Utiliser caching_sha2_password, ou mysql_native_password sur MariaDB.',
  }),
  E_SQL_INSECURE: (p) => ({
    sentence: `${p.host}\u00a0: le serveur SQL demande le mot de passe de ${p.account} sur un chemin qui n’est pas protégé jusqu’au bout. Rien n’a été envoyé.`,
    remedy: 'Utiliser sql.via: tls, ou joindre le serveur par le SSH de son propre hôte.',
  }),
  E_SQL_TLS: (p) => ({
    sentence: `${p.host}\u00a0: TLS avec ${p.address}:${p.port} a été refusé\u00a0: ${p.text}.`,
    remedy: 'Vérifier sql.ca et sql.serverName (le nom du certificat) dans le fichier d’estate.',
  }),
  E_SQL_TLS_NAME: (p) => ({
    sentence: `${p.host}\u00a0: ${p.address} est une adresse\u00a0; TLS a besoin du nom du certificat.`,
    remedy: 'Écrire sql.serverName dans le fichier d’estate.',
  }),
  E_SQL_TOO_MANY: (p) => ({
    sentence: `${p.host}\u00a0: le serveur SQL n’a plus de connexion libre (1040).`,
    remedy:
      'Regarder Threads_connected et max_connections\u00a0; MySQL garde une place pour SUPER ou CONNECTION_ADMIN.',
  }),
  E_SQL_GRANT: (p) => ({
    sentence: `${p.host}\u00a0: ${p.account} ne peut pas lancer ${p.name}\u00a0: ${p.text}`,
    remedy: `Droit manquant\u00a0: ${p.privilege}.`,
  }),
  E_SQL_TIMEOUT: (p) => ({
    sentence: `${p.host}\u00a0: le serveur SQL n’a pas répondu à ${p.name} en ${p.seconds} s.`,
    remedy: 'Regarder SHOW PROCESSLIST sur le serveur.',
  }),
  E_SQL_LOST: (p) => ({
    sentence: `${p.host}\u00a0: la connexion SQL a été perdue pendant ${p.name}\u00a0: ${p.text}`,
    remedy: 'La console se reconnecte au prochain relevé.',
  }),
  E_SQL_FAILED: (p) => ({
    sentence: `${p.host}\u00a0: ${p.name} a échoué sur le serveur SQL (${p.errno})\u00a0: ${p.text}`,
    remedy: 'Regarder la requête dans la pièce justificative.',
  }),
};
