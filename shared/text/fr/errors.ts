import type { errors as en } from '../en/errors';
import { leaseErrors } from './lease-errors';
import { loginErrors } from './login-errors';
import { measureErrors } from './measure-errors';
import { reachErrors } from './reach-errors';
import { runErrors } from './run-errors';
import { sqlErrors } from './sql-errors';
import { whatIfErrors } from './what-if-errors';

export const errors: typeof en = {
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
  E_PRINT: (p) => ({
    sentence: `Le PDF n’a pas été imprimé\u00a0: ${p.text}.`,
    remedy: 'Prendre les mêmes pages en HTML et les imprimer depuis un navigateur.',
  }),
  E_PRINT_RUNTIME: (p) => ({
    sentence: `Un PDF est imprimé par le runtime de la console, et il manque\u00a0: ${p.file}.`,
    remedy:
      'Prendre les mêmes pages en HTML et les imprimer depuis un navigateur, ou installer la console sur ce poste.',
  }),
  E_PLAN_WINDOW: () => ({
    sentence: 'Le plan n’a pas encore de fenêtre\u00a0: un agenda serait vide.',
    remedy: 'Saisir d’abord la fenêtre de la bascule.',
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
  E_PLAN_FILE: (p) => ({
    sentence: `La fenêtre et le plan approuvé de ${p.file} ne peuvent pas être lus.`,
    remedy: 'Corriger le fichier à la main, ou le déplacer\u00a0; la console n’écrit pas par-dessus.',
  }),
  E_PLAN_OTHER: () => ({
    sentence: 'Le plan n’est plus celui qui était affiché\u00a0: rien n’a été approuvé.',
    remedy: 'Lire ce qui a changé, puis l’approuver.',
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
  ...reachErrors,
  ...loginErrors,
  ...sqlErrors,
  ...runErrors,
  ...leaseErrors,
  ...whatIfErrors,
  ...measureErrors,
};
