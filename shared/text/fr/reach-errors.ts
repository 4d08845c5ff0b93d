import type { reachErrors as en } from '../en/reach-errors';
import { isOtherType } from '../error-params';

export const reachErrors: typeof en = {
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
};
