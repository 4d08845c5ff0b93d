import type { errors as en } from '../en/errors';
import { isOtherType } from '../error-params';
import { leaseErrors } from './lease-errors';
import { runErrors } from './run-errors';

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

export const errors: typeof en = {
  E_NO_SUCH_HOST: (p) => ({
    sentence: `L’estate n’a pas d’hôte ${p.id}.`,
    remedy: 'Utiliser l’identifiant d’un hôte du fichier d’estate.',
  }),
  E_NO_ADDRESS: (p) => ({
    sentence: `${p.host} n’a pas d’adresse\u00a0: la console ne peut pas l’atteindre.`,
    remedy: 'Écrire hosts[].ssh.host ou hosts[].address dans le fichier d’estate.',
  }),
  E_NO_ACCOUNT: (p) => ({
    sentence: `${p.host}\u00a0: l’estate ne nomme aucun compte qui agit.`,
    remedy: 'Écrire hosts[].ssh.act dans le fichier d’estate.',
  }),
  E_JUMP_LOOP: (p) => ({
    sentence: `${p.host} est atteint à travers lui-même\u00a0: ${p.text}.`,
    remedy: 'Corriger ssh.jump dans le fichier d’estate, ou ProxyJump dans la configuration SSH.',
  }),
  E_SSH_CONFIG: (p) => ({
    sentence: `La configuration SSH ${p.file} n’a pas pu être lue\u00a0: ${p.text}.`,
    remedy: 'Rendre le fichier lisible, ou démarrer sans lui.',
  }),
  E_EGRESS: (p) => ({
    sentence: `${p.host}\u00a0: la connexion à ${p.address}:${p.port} n’a pas été ouverte\u00a0: la règle est «\u00a0${p.policy}\u00a0».`,
    remedy:
      {
        offline: 'Cette commande n’ouvre aucune connexion.',
        loopback: 'Seules les adresses 127.0.0.0/8 sont admises ici\u00a0; les noms ne sont pas résolus.',
      }[p.policy] ?? 'Seules les adresses nommées par le fichier d’estate sont admises.',
  }),
  E_DNS: (p) => ({
    sentence: `${p.host}\u00a0: le nom ${p.address} n’a pas d’adresse ici (${p.text}).`,
    remedy: 'Vérifier le nom dans le fichier d’estate et les serveurs de noms de ce poste.',
  }),
  E_TCP_REFUSED: (p) => ({
    sentence: `${p.host} refuse les connexions sur ${p.address}:${p.port}\u00a0: rien n’y écoute.`,
    remedy: 'Vérifier que le service tourne, et son port dans le fichier d’estate.',
  }),
  E_TCP_TIMEOUT: (p) => ({
    sentence: `${p.host} ne répond pas sur ${p.address}:${p.port} en ${p.seconds} s. Invisible d’ici\u00a0; rien de plus n’est connu.`,
    remedy: 'Vérifier le réseau et les pare-feu entre ce poste et l’hôte.',
  }),
  E_TCP_RESET: (p) => ({
    sentence: `${p.host} a fermé la connexion à ${p.address}:${p.port} avant de rien dire.`,
    remedy: 'Vérifier les limites de son sshd (MaxStartups, PerSourcePenalties) et les pare-feu.',
  }),
  E_TCP_UNREACHABLE: (p) => ({
    sentence: `${p.host}\u00a0: ce poste n’a pas de route vers ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Vérifier le réseau ou le VPN de ce poste.',
  }),
  E_SSH_NO_BANNER: (p) => ({
    sentence: `${p.host} ne répond pas sur ${p.address}:${p.port}\u00a0: TCP ouvert, pas de bannière SSH en ${p.seconds} s.`,
    remedy: 'L’hôte est peut-être surchargé ou figé. Regarder sa console.',
  }),
  E_NOT_SSH: (p) => ({
    sentence: `${p.host}\u00a0: ce qui répond sur ${p.address}:${p.port} n’est pas SSH. On y lit\u00a0: ${p.text}`,
    remedy: 'Vérifier le port SSH dans le fichier d’estate.',
  }),
  E_SSH_HANDSHAKE: (p) => ({
    sentence: `${p.host}\u00a0: la négociation SSH sur ${p.address}:${p.port} a échoué\u00a0: ${p.text}.`,
    remedy: 'Regarder le journal de son sshd.',
  }),
  E_SSH_ALGORITHMS: (p) => ({
    sentence: `${p.host} n’offre aucun algorithme que la console accepte\u00a0: ${p.text}.`,
    remedy: 'Mettre à jour son sshd\u00a0: SHA-1, DSA et CBC ne sont pas acceptés.',
  }),
  E_HOSTKEY_UNKNOWN: (p) => ({
    sentence: `La clé d’hôte de ${p.host} n’est pas enregistrée\u00a0: ${p.type} ${p.got}. Rien n’a été envoyé.`,
    remedy: `La comparer sur la machine (ssh-keygen -lf), puis\u00a0: patronus trust ${p.id}`,
  }),
  E_HOSTKEY_CHANGED: (p) => ({
    sentence: `${
      isOtherType(p)
        ? `${p.host} présente une clé d’hôte d’un autre type que celle connue\u00a0: impossible de dire s’il s’agit de la même machine.`
        : `La clé d’hôte de ${p.host} a changé.`
    } Tout échange avec ${p.host} est arrêté. Attendue ${p.expected}, reçue ${p.type} ${p.got}.`,
    remedy: `Chercher pourquoi sur la machine même\u00a0; corriger ${p.file}, puis\u00a0: patronus trust ${p.id}`,
  }),
  E_HOSTKEY_REVOKED: (p) => ({
    sentence: `La clé d’hôte de ${p.host}, ${p.type} ${p.got}, est marquée comme révoquée dans ${p.file}. Tout échange avec ${p.host} est arrêté.`,
    remedy: 'Considérer la machine comme en d’autres mains jusqu’au remplacement de ses clés.',
  }),
  E_HOSTKEY_CA_ONLY: (p) => ({
    sentence: `${p.host} n’est enregistré que par une autorité de certification (${p.file})\u00a0; la console ne sait pas vérifier les certificats d’hôte. Il présente ${p.type} ${p.got}.`,
    remedy: `Enregistrer sa propre clé\u00a0: la comparer sur la machine, puis\u00a0: patronus trust ${p.id}`,
  }),
  E_HOSTKEY_FILE: (p) => ({
    sentence: `${p.host}\u00a0: les clés d’hôte de ${p.file} n’ont pas pu être lues\u00a0: ${p.text}.`,
    remedy: 'Vérifier hosts[].ssh.hostKeys et knownHosts dans le fichier d’estate.',
  }),
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
  E_STORE_BUSY: (p) => ({
    sentence: `Une autre console écrit\u00a0: ${p.file} est retenu depuis plus de 5 s.`,
    remedy: 'Essayer encore. Si aucune console ne tourne plus, supprimer ce fichier.',
  }),
  E_CHANNEL: (p) => ({
    sentence: `${p.host} n’a pas ouvert de canal pour ${p.name}\u00a0: ${p.text}.`,
    remedy: 'Vérifier MaxSessions et les limites du compte sur l’hôte.',
  }),
  E_NO_SHELL: (p) => ({
    sentence: `${p.host}\u00a0: le shell de connexion de ${p.account} n’a pas lancé ${p.name}. Il a dit\u00a0: ${p.text}`,
    remedy: 'Donner au compte un shell qui lance des commandes (ni nologin, ni commande imposée).',
  }),
  E_COMMAND_TIMEOUT: (p) => ({
    sentence: `${p.host}\u00a0: ${p.name} a été envoyé, sans réponse en ${p.seconds} s. Tourne peut-être encore là-bas.`,
    remedy: 'Regarder la charge et les disques de l’hôte.',
  }),
  E_WRONG_TARGET: (p) => ({
    sentence: `${p.host} n’est pas le serveur pour lequel le plan a été établi. Prévu\u00a0: ${p.expected}. Trouvé\u00a0: ${p.got}. Rien n’a été modifié.`,
    remedy: 'Chercher pourquoi un autre serveur répond à cette adresse, puis établir un nouveau plan.',
  }),
  E_TARGET_UNCONFIRMED: (p) => ({
    sentence: `${p.host}\u00a0: rien ne confirme que c’est bien le serveur du plan\u00a0: ${p.what} ne peut pas être comparé. Rien n’a été modifié.`,
    remedy: 'Rendre cette valeur lisible pour le compte, puis établir un nouveau plan.',
  }),
  E_CONFIG_HIDDEN: (p) => ({
    sentence: `${p.host}\u00a0: ${p.account} ne peut pas lire tous les fichiers d’options du serveur SQL\u00a0; personne ne peut donc dire ce qu’apporterait un redémarrage.`,
    remedy: 'Rendre les fichiers d’options lisibles pour le compte.',
  }),
  E_BINLOG_UNREADABLE: (p) => ({
    sentence: `${p.host}\u00a0: le binlog ${p.path} est illisible\u00a0: ${p.text}.`,
    remedy:
      'Donner au compte d’action les lignes que patronus grants affiche pour cet hôte, ou lire le binlog sur place.',
  }),
  E_BINLOG_ENCRYPTED: (p) => ({
    sentence: `${p.host}\u00a0: le binlog ${p.path} est chiffré, et son serveur seul en a la clé.`,
    remedy:
      'Son contenu sera connu quand ce serveur tournera à nouveau\u00a0; d’ici là, la perte est un minimum.',
  }),
  E_BINLOG_DAMAGED: (p) => ({
    sentence: `${p.host}\u00a0: le binlog ${p.path} est incompréhensible à partir d’un certain endroit.`,
    remedy:
      'Ce qui précède est dit\u00a0; regarder le reste avec mysqlbinlog ou mariadb-binlog sur cet hôte.',
  }),
  E_NO_OLD_PRIMARY: (p) => ({
    sentence: `${p.name}\u00a0: impossible de dire lequel de ses serveurs est le primaire à abandonner.`,
    remedy:
      'Voir la Réplication\u00a0: plusieurs acceptent des écritures, ou aucun n’est suivi par les autres.',
  }),
  E_BACKUP_MARK: (p) => ({
    sentence: `${p.host}\u00a0: la marque de la dernière sauvegarde vérifiée, ${p.file}, ne peut pas être lue\u00a0: ${p.text}.`,
    remedy: 'Vérifier backup.mark dans le fichier d’estate, et que le compte peut voir le fichier.',
  }),
  E_ARGUMENT: (p) => ({
    sentence: `${p.name}\u00a0: un argument contient un caractère NUL et ne peut pas être envoyé.`,
    remedy: 'Le retirer du fichier d’estate.',
  }),
  E_FORWARD_REFUSED: (p) => ({
    sentence: `${p.host} n’a pas pu se connecter à ${p.address}:${p.port}\u00a0: ${p.text}.`,
    remedy: 'Vérifier que le service tourne et écoute là.',
  }),
  E_FORWARD_FORBIDDEN: (p) => ({
    sentence: `${p.host}\u00a0: son sshd n’autorise pas la redirection vers ${p.address}:${p.port}.`,
    remedy: 'L’autoriser pour ce compte\u00a0: AllowTcpForwarding, PermitOpen.',
  }),
  E_LOST: (p) => ({
    sentence: `La connexion SSH à ${p.host} a été perdue\u00a0: ${p.text}.`,
    remedy: 'La console se reconnecte au prochain relevé.',
  }),
  E_SILENT: (p) => ({
    sentence: `${p.host} ne répond plus sur sa connexion SSH depuis ${p.seconds} s, pas même pour dire qu’il vit.`,
    remedy: 'La console continue d’essayer de se connecter. Vérifier le réseau jusqu’à lui, puis l’hôte.',
  }),
  E_CLOSED: () => ({
    sentence: 'La console ferme ses connexions.',
    remedy: 'La redémarrer.',
  }),
  E_ABORTED: (p) => ({
    sentence: `${p.host}\u00a0: l’appel a été annulé.`,
    remedy: 'Demander à nouveau.',
  }),
  E_WOKE_UP: () => ({
    sentence:
      'Ce poste s’est mis en veille entre-temps\u00a0: ce qui avait été demandé avant n’a pas été fait.',
    remedy: 'Regarder ce qui est vrai maintenant, puis demander à nouveau.',
  }),
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
  E_HTTP: (p) => ({
    sentence: `${p.host}\u00a0: ${p.address}:${p.port} n’a pas donné de réponse HTTP à ${p.name}\u00a0: ${p.text}.`,
    remedy: 'Vérifier services[].port et healthPath dans le fichier d’estate.',
  }),
  E_HTTP_TIMEOUT: (p) => ({
    sentence: `${p.host}\u00a0: ${p.address}:${p.port} n’a pas donné de réponse HTTP à ${p.name} en ${p.seconds} s.`,
    remedy: 'Regarder la charge du service.',
  }),
  E_NO_ESTATE: () => ({ sentence: 'Aucun estate n’est ouvert.', remedy: 'Ouvrir un fichier d’estate.' }),
  E_NO_EVIDENCE: (p) => ({
    sentence: `${p.host}\u00a0: rien n’est conservé de ce qui est demandé.`,
    remedy: 'Demander un nouveau relevé de l’hôte.',
  }),
  E_QUESTION_GONE: () => ({
    sentence: 'Cette question n’est plus ouverte\u00a0; la réponse n’a pas servi.',
    remedy: 'Demander un nouveau relevé de l’hôte.',
  }),
  E_PARSE: (p) => ({
    sentence: `${p.host}\u00a0: la réponse à ${p.what} n’a pas pu être comprise.`,
    remedy: 'Regarder la sortie brute dans la pièce justificative.',
  }),
  E_GTID: (p) => ({
    sentence: `${p.host}\u00a0: «\u00a0${p.text}\u00a0» n’est pas un ensemble de GTID.`,
    remedy: 'Regarder la sortie brute dans la pièce justificative.',
  }),
  E_HTTP_STATUS: (p) => ({
    sentence: `${p.host}\u00a0: ${p.path} répond ${p.status}.`,
    remedy: 'Lire le journal d’erreurs du serveur web.',
  }),
  E_RECORDING_FILE: (p) => ({
    sentence: `${p.file} ne se lit pas comme un enregistrement\u00a0: ${p.text}.`,
    remedy: 'Vérifier le nom et les droits du fichier.',
  }),
  E_RECORDING_FORMAT: (p) => ({
    sentence: `${p.file} a été enregistré par la version ${p.what} sous une forme que cette version ne lit pas.`,
    remedy: 'L’ouvrir avec la version qui l’a fait.',
  }),
  E_RECORDING_DAMAGED: (p) => ({
    sentence: `${p.file} est abîmé ou coupé à partir de la ligne ${p.line}\u00a0; ce qui précède est affiché.`,
    remedy: 'Obtenir une copie intacte si la suite est nécessaire.',
  }),
  E_RECORDING_EMPTY: (p) => ({
    sentence: `${p.file} ne contient encore aucun relevé.`,
    remedy: 'Surveiller d’abord le parc\u00a0: l’ouvrir, ou patronus record.',
  }),
  E_RECORDING_BUSY: (p) => ({
    sentence: `Une autre console enregistre déjà ${p.name}.`,
    remedy: 'Indiquer un fichier à soi avec --out FICHIER, ou fermer l’autre console.',
  }),
  E_NOT_LIVE: () => ({
    sentence: 'Ce qui est affiché est un enregistrement\u00a0; rien n’est envoyé ni modifié d’ici.',
    remedy: 'Revenir d’abord au direct.',
  }),
  E_STORE_READ: (p) => ({
    sentence: `${p.file} ne peut pas être lu.`,
    remedy: 'Vérifier le fichier et ses droits.',
  }),
  E_STORE_WRITE: (p) => ({
    sentence: `${p.file} ne peut pas être écrit.`,
    remedy: 'Vérifier le dossier, ses droits et l’espace libre.',
  }),
  E_JOURNAL_WRITE: (p) => ({
    sentence: `Le journal dans ${p.file} ne peut pas être écrit\u00a0: ${p.text}.`,
    remedy:
      'Vérifier le dossier, ses droits et la place libre. D’ici là, rien de ce qui change un serveur ne commence.',
  }),
  E_DISARMED: () => ({
    sentence: 'La console est désarmée\u00a0: rien n’est fait sur aucun serveur.',
    remedy: 'L’armer pour cet estate, puis recommencer.',
  }),
  E_NO_CLUSTER: (p) => ({
    sentence: `L’estate n’a pas de cluster ${p.name} avec un serveur ${p.what}.`,
    remedy: 'Nommer un cluster de l’estate et l’un de ses serveurs.',
  }),
  E_NO_PLAN: () => ({
    sentence: 'Cette console n’a plus ce plan\u00a0: il y en a un plus récent, ou l’estate a été fermé.',
    remedy: 'Refaire le plan.',
  }),
  E_LEVER_CLOSED: () => ({
    sentence: 'La commande est fermée\u00a0: rien n’a été fait.',
    remedy: 'Lire ce qui la tient fermée, puis l’ouvrir de nouveau.',
  }),
  E_RUN_ACTS: (p) => ({
    sentence: `Une exécution de cette console est en cours sur ${p.name}.`,
    remedy: 'La laisser finir, l’annuler ou passer la main d’abord.',
  }),
  E_INTERNAL: (p) => ({
    sentence: `La console a échoué\u00a0: ${p.text}`,
    remedy: 'Copier le rapport\u00a0; c’est une faute de la console.',
  }),
  ...runErrors,
  ...leaseErrors,
};
