import type { errors as en } from '../en/errors';

const asked = (what: string): string =>
  ({
    password: 'mot de passe',
    passphrase: 'phrase de passe',
    'one-time-code': 'code à usage unique',
    'sql-password': 'mot de passe SQL',
  })[what] ?? what;

export const errors: typeof en = {
  E_NO_SUCH_HOST: (p) => ({
    sentence: `L'estate n'a pas d'hôte ${p.id}.`,
    remedy: "Utiliser l'identifiant d'un hôte du fichier d'estate.",
  }),
  E_NO_ADDRESS: (p) => ({
    sentence: `${p.host} n'a pas d'adresse : la console ne peut pas l'atteindre.`,
    remedy: "Écrire hosts[].ssh.host ou hosts[].address dans le fichier d'estate.",
  }),
  E_NO_ACCOUNT: (p) => ({
    sentence: `${p.host} : l'estate ne nomme aucun compte qui agit.`,
    remedy: "Écrire hosts[].ssh.act dans le fichier d'estate.",
  }),
  E_JUMP_LOOP: (p) => ({
    sentence: `${p.host} est atteint à travers lui-même : ${p.text}.`,
    remedy: "Corriger ssh.jump dans le fichier d'estate, ou ProxyJump dans la configuration SSH.",
  }),
  E_SSH_CONFIG: (p) => ({
    sentence: `La configuration SSH ${p.file} n'a pas pu être lue : ${p.text}.`,
    remedy: 'Rendre le fichier lisible, ou démarrer sans lui.',
  }),
  E_EGRESS: (p) => ({
    sentence: `${p.host} : la connexion à ${p.address}:${p.port} n'a pas été ouverte : la règle est « ${p.policy} ».`,
    remedy:
      {
        offline: "Cette commande n'ouvre aucune connexion.",
        loopback: 'Seules les adresses 127.0.0.0/8 sont admises ici ; les noms ne sont pas résolus.',
      }[p.policy] ?? "Seules les adresses nommées par le fichier d'estate sont admises.",
  }),
  E_DNS: (p) => ({
    sentence: `${p.host} : le nom ${p.address} n'a pas d'adresse ici (${p.text}).`,
    remedy: "Vérifier le nom dans le fichier d'estate et les serveurs de noms de ce poste.",
  }),
  E_TCP_REFUSED: (p) => ({
    sentence: `${p.host} refuse les connexions sur ${p.address}:${p.port} : rien n'y écoute.`,
    remedy: "Vérifier que le service tourne, et son port dans le fichier d'estate.",
  }),
  E_TCP_TIMEOUT: (p) => ({
    sentence: `${p.host} ne répond pas sur ${p.address}:${p.port} en ${p.seconds} s. Invisible d'ici ; rien de plus n'est connu.`,
    remedy: "Vérifier le réseau et les pare-feu entre ce poste et l'hôte.",
  }),
  E_TCP_RESET: (p) => ({
    sentence: `${p.host} a fermé la connexion à ${p.address}:${p.port} avant de rien dire.`,
    remedy: 'Vérifier les limites de son sshd (MaxStartups, PerSourcePenalties) et les pare-feu.',
  }),
  E_TCP_UNREACHABLE: (p) => ({
    sentence: `${p.host} : ce poste n'a pas de route vers ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Vérifier le réseau ou le VPN de ce poste.',
  }),
  E_SSH_NO_BANNER: (p) => ({
    sentence: `${p.host} ne répond pas sur ${p.address}:${p.port} : TCP ouvert, pas de bannière SSH en ${p.seconds} s.`,
    remedy: "L'hôte est peut-être surchargé ou figé. Regarder sa console.",
  }),
  E_NOT_SSH: (p) => ({
    sentence: `${p.host} : ce qui répond sur ${p.address}:${p.port} n'est pas SSH. On y lit : ${p.text}`,
    remedy: "Vérifier le port SSH dans le fichier d'estate.",
  }),
  E_SSH_HANDSHAKE: (p) => ({
    sentence: `${p.host} : la négociation SSH sur ${p.address}:${p.port} a échoué : ${p.text}.`,
    remedy: 'Regarder le journal de son sshd.',
  }),
  E_SSH_ALGORITHMS: (p) => ({
    sentence: `${p.host} n'offre aucun algorithme que la console accepte : ${p.text}.`,
    remedy: 'Mettre à jour son sshd : SHA-1, DSA et CBC ne sont pas acceptés.',
  }),
  E_HOSTKEY_UNKNOWN: (p) => ({
    sentence: `La clé d'hôte de ${p.host} n'est pas enregistrée : ${p.type} ${p.got}. Rien n'a été envoyé.`,
    remedy: `La comparer sur la machine (ssh-keygen -lf), puis : patronus trust ${p.id}`,
  }),
  E_HOSTKEY_CHANGED: (p) => ({
    sentence: `La clé d'hôte de ${p.host} a changé. Tout échange avec ${p.host} est arrêté. Attendue ${p.expected}, reçue ${p.type} ${p.got}.`,
    remedy: `Chercher pourquoi sur la machine même ; corriger ${p.file}, puis : patronus trust ${p.id}`,
  }),
  E_HOSTKEY_REVOKED: (p) => ({
    sentence: `La clé d'hôte de ${p.host}, ${p.type} ${p.got}, est marquée comme révoquée dans ${p.file}. Tout échange avec ${p.host} est arrêté.`,
    remedy: "Considérer la machine comme en d'autres mains jusqu'au remplacement de ses clés.",
  }),
  E_HOSTKEY_CA_ONLY: (p) => ({
    sentence: `${p.host} n'est enregistré que par une autorité de certification (${p.file}) ; la console ne sait pas vérifier les certificats d'hôte. Il présente ${p.type} ${p.got}.`,
    remedy: `Enregistrer sa propre clé : la comparer sur la machine, puis : patronus trust ${p.id}`,
  }),
  E_HOSTKEY_FILE: (p) => ({
    sentence: `${p.host} : les clés d'hôte de ${p.file} n'ont pas pu être lues : ${p.text}.`,
    remedy: "Vérifier hosts[].ssh.hostKeys et knownHosts dans le fichier d'estate.",
  }),
  E_AUTH_REFUSED: (p) => ({
    sentence: `${p.host} refuse ${p.account} : essayé ${p.what} ; il accepte ${p.methods}. Aucun nouvel essai sans vous.`,
    remedy: "Vérifier le compte et la clé sur l'hôte (authorized_keys), puis demander un nouveau relevé.",
  }),
  E_AUTH_PASSWORD: (p) => ({
    sentence: `${p.host} refuse le mot de passe de ${p.account}. Aucun nouvel essai sans vous.`,
    remedy: 'Demander un nouveau relevé pour le saisir encore.',
  }),
  E_AUTH_EXPIRED: (p) => ({
    sentence: `${p.host} : le mot de passe de ${p.account} a expiré et doit être changé.`,
    remedy: 'Se connecter une fois avec ssh et le changer.',
  }),
  E_AUTH_CLOSED: (p) => ({
    sentence: `${p.host} a fermé la connexion pendant l'authentification de ${p.account} : ${p.text}.`,
    remedy: 'Regarder le journal de son sshd ; le compte est peut-être expiré ou verrouillé.',
  }),
  E_AUTH_NOTHING: (p) => ({
    sentence: `${p.host} : rien pour connecter ${p.account} : ni agent, ni clé, ni mot de passe. Il accepte ${p.methods}.`,
    remedy: "Écrire ssh.identity ou ssh.secret dans le fichier d'estate, ou démarrer un agent SSH.",
  }),
  E_AGENT: (p) => ({
    sentence: `${p.host} : l'agent SSH n'a pas pu servir : ${p.text}.`,
    remedy: "Démarrer l'agent et y ajouter la clé (ssh-add), puis demander un nouveau relevé.",
  }),
  E_KEY_FILE: (p) => ({
    sentence: `${p.host} : la clé privée ${p.file} n'a pas pu être lue : ${p.text}.`,
    remedy: "Vérifier ssh.identity dans le fichier d'estate.",
  }),
  E_KEY_MODE: (p) => ({
    sentence: `${p.host} : la clé privée ${p.file} est ouverte à d'autres (mode ${p.mode}) ou n'est pas à vous.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_KEY_PASSPHRASE: (p) => ({
    sentence: `${p.host} : la phrase de passe n'ouvre pas la clé privée ${p.file}. Aucun nouvel essai sans vous.`,
    remedy: 'Demander un nouveau relevé pour la saisir encore.',
  }),
  E_NEEDS_ANSWER: (p) => ({
    sentence: `${p.host} attend une réponse de vous : ${asked(p.what)} de ${p.account}. Un relevé d'arrière-plan ne demande jamais.`,
    remedy: 'Demander un relevé de cet hôte ; la console posera la question.',
  }),
  E_ANSWER_DECLINED: (p) => ({
    sentence: `${p.host} : la question (${asked(p.what)} de ${p.account}) a été déclinée.`,
    remedy: 'Demander un nouveau relevé quand la réponse est à portée.',
  }),
  E_SECRET_ENV: (p) => ({
    sentence: `${p.host} : la variable d'environnement ${p.name} n'est pas définie.`,
    remedy: 'La définir avant de démarrer la console.',
  }),
  E_SECRET_FILE: (p) => ({
    sentence: `${p.host} : le fichier secret ${p.file} n'a pas pu être lu : ${p.text}.`,
    remedy: "Vérifier la référence file: du fichier d'estate ; elle est relative à ce fichier.",
  }),
  E_SECRET_MODE: (p) => ({
    sentence: `${p.host} : le fichier secret ${p.file} est ouvert à d'autres (mode ${p.mode}) ou n'est pas à vous.`,
    remedy: `chmod 600 ${p.file}`,
  }),
  E_SECRET_KEYRING: (p) => ({
    sentence: `${p.host} : « keyring » n'est pas encore disponible.`,
    remedy: 'Utiliser prompt, agent, env:NOM ou file:CHEMIN.',
  }),
  E_CHANNEL: (p) => ({
    sentence: `${p.host} n'a pas ouvert de canal pour ${p.name} : ${p.text}.`,
    remedy: "Vérifier MaxSessions et les limites du compte sur l'hôte.",
  }),
  E_NO_SHELL: (p) => ({
    sentence: `${p.host} : le shell de connexion de ${p.account} n'a pas lancé ${p.name}. Il a dit : ${p.text}`,
    remedy: 'Donner au compte un shell qui lance des commandes (ni nologin, ni commande imposée).',
  }),
  E_COMMAND_TIMEOUT: (p) => ({
    sentence: `${p.host} : ${p.name} a été envoyé, sans réponse en ${p.seconds} s. Tourne peut-être encore là-bas.`,
    remedy: "Regarder la charge et les disques de l'hôte.",
  }),
  E_ARGUMENT: (p) => ({
    sentence: `${p.name} : un argument contient un caractère NUL et ne peut pas être envoyé.`,
    remedy: "Le retirer du fichier d'estate.",
  }),
  E_FORWARD_REFUSED: (p) => ({
    sentence: `${p.host} n'a pas pu se connecter à ${p.address}:${p.port} : ${p.text}.`,
    remedy: 'Vérifier que le service tourne et écoute là.',
  }),
  E_FORWARD_FORBIDDEN: (p) => ({
    sentence: `${p.host} : son sshd n'autorise pas la redirection vers ${p.address}:${p.port}.`,
    remedy: "L'autoriser pour ce compte : AllowTcpForwarding, PermitOpen.",
  }),
  E_LOST: (p) => ({
    sentence: `La connexion SSH à ${p.host} a été perdue : ${p.text}.`,
    remedy: 'La console se reconnecte au prochain relevé.',
  }),
  E_CLOSED: () => ({
    sentence: 'La console ferme ses connexions.',
    remedy: 'La redémarrer.',
  }),
  E_ABORTED: (p) => ({
    sentence: `${p.host} : l'appel a été annulé.`,
    remedy: 'Demander à nouveau.',
  }),
  E_SQL_NO_ACCOUNT: (p) => ({
    sentence: `${p.host} : l'estate ne nomme aucun compte SQL pour ${p.name}.`,
    remedy: "Écrire services[].sql.credentials dans le fichier d'estate.",
  }),
  E_SQL_REFUSED: (p) => ({
    sentence: `${p.host} : rien ne répond en SQL sur ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Vérifier que le serveur tourne, son port et bind_address.',
  }),
  E_SQL_HANDSHAKE: (p) => ({
    sentence: `${p.host} : ce qui répond sur ${p.address}:${p.port} ne parle pas comme un serveur MySQL : ${p.text}`,
    remedy: "Vérifier hôte et port de services[].sql dans le fichier d'estate.",
  }),
  E_SQL_HUNG: (p) => ({
    sentence: `${p.host} : ${p.address}:${p.port} s'ouvre, mais pas de négociation SQL en ${p.seconds} s. Le serveur est figé ou arrêté.`,
    remedy: "Regarder le processus du serveur sur l'hôte.",
  }),
  E_SQL_AUTH: (p) => ({
    sentence: `${p.host} : le serveur SQL refuse ${p.account} (${p.errno} : ${p.text}). Aucun nouvel essai sans vous.`,
    remedy: 'Vérifier utilisateur, partie hôte et mot de passe du compte, puis demander un nouveau relevé.',
  }),
  E_SQL_AUTH_PLUGIN: (p) => ({
    sentence: `${p.host} : le serveur SQL veut authentifier ${p.account} par ${p.plugin}, que la console ne pratique pas.`,
    remedy: 'Utiliser caching_sha2_password, ou mysql_native_password sur MariaDB.',
  }),
  E_SQL_INSECURE: (p) => ({
    sentence: `${p.host} : le serveur SQL demande le mot de passe de ${p.account} sur un chemin qui n'est pas protégé jusqu'au bout. Rien n'a été envoyé.`,
    remedy: 'Utiliser sql.via: tls, ou joindre le serveur par le SSH de son propre hôte.',
  }),
  E_SQL_TLS: (p) => ({
    sentence: `${p.host} : TLS avec ${p.address}:${p.port} a été refusé : ${p.text}.`,
    remedy: "Vérifier sql.ca et sql.serverName (le nom du certificat) dans le fichier d'estate.",
  }),
  E_SQL_TLS_NAME: (p) => ({
    sentence: `${p.host} : ${p.address} est une adresse ; TLS a besoin du nom du certificat.`,
    remedy: "Écrire sql.serverName dans le fichier d'estate.",
  }),
  E_SQL_TOO_MANY: (p) => ({
    sentence: `${p.host} : le serveur SQL n'a plus de connexion libre (1040).`,
    remedy:
      'Regarder Threads_connected et max_connections ; MySQL garde une place pour SUPER ou CONNECTION_ADMIN.',
  }),
  E_SQL_GRANT: (p) => ({
    sentence: `${p.host} : ${p.account} ne peut pas lancer ${p.name} : ${p.text}`,
    remedy: `Droit manquant : ${p.privilege}.`,
  }),
  E_SQL_TIMEOUT: (p) => ({
    sentence: `${p.host} : le serveur SQL n'a pas répondu à ${p.name} en ${p.seconds} s.`,
    remedy: 'Regarder SHOW PROCESSLIST sur le serveur.',
  }),
  E_SQL_LOST: (p) => ({
    sentence: `${p.host} : la connexion SQL a été perdue pendant ${p.name} : ${p.text}`,
    remedy: 'La console se reconnecte au prochain relevé.',
  }),
  E_SQL_FAILED: (p) => ({
    sentence: `${p.host} : ${p.name} a échoué sur le serveur SQL (${p.errno}) : ${p.text}`,
    remedy: 'Regarder la requête dans la pièce justificative.',
  }),
  E_HTTP: (p) => ({
    sentence: `${p.host} : ${p.address}:${p.port} n'a pas donné de réponse HTTP à ${p.name} : ${p.text}.`,
    remedy: "Vérifier services[].port et healthPath dans le fichier d'estate.",
  }),
  E_HTTP_TIMEOUT: (p) => ({
    sentence: `${p.host} : ${p.address}:${p.port} n'a pas donné de réponse HTTP à ${p.name} en ${p.seconds} s.`,
    remedy: 'Regarder la charge du service.',
  }),
  E_NO_ESTATE: () => ({ sentence: "Aucun estate n'est ouvert.", remedy: "Ouvrir un fichier d'estate." }),
  E_NO_EVIDENCE: (p) => ({
    sentence: `${p.host} : rien n'est conservé de ce qui est demandé.`,
    remedy: "Demander un nouveau relevé de l'hôte.",
  }),
  E_QUESTION_GONE: () => ({
    sentence: "Cette question n'est plus ouverte ; la réponse n'a pas servi.",
    remedy: "Demander un nouveau relevé de l'hôte.",
  }),
  E_PARSE: (p) => ({
    sentence: `${p.host} : la réponse à ${p.what} n'a pas pu être comprise.`,
    remedy: 'Regarder la sortie brute dans la pièce justificative.',
  }),
  E_GTID: (p) => ({
    sentence: `${p.host} : « ${p.text} » n'est pas un ensemble de GTID.`,
    remedy: 'Regarder la sortie brute dans la pièce justificative.',
  }),
  E_HTTP_STATUS: (p) => ({
    sentence: `${p.host} : ${p.path} répond ${p.status}.`,
    remedy: "Lire le journal d'erreurs du serveur web.",
  }),
  E_STORE_READ: (p) => ({
    sentence: `${p.file} ne peut pas être lu.`,
    remedy: 'Vérifier le fichier et ses droits.',
  }),
  E_STORE_WRITE: (p) => ({
    sentence: `${p.file} ne peut pas être écrit.`,
    remedy: "Vérifier le dossier, ses droits et l'espace libre.",
  }),
  E_INTERNAL: (p) => ({
    sentence: `La console a échoué : ${p.text}`,
    remedy: "Copier le rapport ; c'est une faute de la console.",
  }),
};
