import type { ErrorSentence } from '../error-params';

type Params = Readonly<Record<string, string>>;
const meant = (p: Params, otherwise: string): string =>
  p.suggestion ? `Vouliez-vous dire «\u00a0${p.suggestion}\u00a0»\u00a0?` : otherwise;

/**
 * What is wrong in an estate file, in French; the place goes before it. In English the error's own message
 * says it: these codes have no second English wording.
 */
export const estateErrors: Readonly<Record<string, (p: Params) => ErrorSentence>> = {
  E_ESTATE_ACTING: () => ({
    sentence:
      'cette ligne de acting ne peut pas servir à une bascule (valeur en double, ou clé qui n’est pas une clé publique Ed25519).',
    remedy: 'Corriger cette ligne\u00a0: elle tromperait la personne qui agit.',
  }),
  E_ESTATE_ADDRESS: (p) => ({
    sentence: `«\u00a0${p.value}\u00a0» n’est pas une adresse qui convient ici.`,
    remedy: 'Corriger l’adresse.',
  }),
  E_ESTATE_ALIASES: () => ({
    sentence: 'les alias YAML se développent trop, ou en eux-mêmes.',
    remedy: 'Écrire les valeurs en entier, sans ancre.',
  }),
  E_ESTATE_CONTROL_CHARACTER: (p) => ({
    sentence: `ce texte porte le caractère invisible ${p.character}.`,
    remedy: 'Le retaper\u00a0: un tel caractère peut cacher ou falsifier du texte.',
  }),
  E_ESTATE_DUPLICATE_ID: (p) => ({
    sentence: `«\u00a0${p.name}\u00a0» est déjà pris par ${p.other}.`,
    remedy:
      'Donner un autre nom à l’un des deux\u00a0; seul un hôte peut partager le sien, avec un service qui y tourne.',
  }),
  E_ESTATE_DUPLICATE_KEY: (p) => ({
    sentence: `la clé «\u00a0${p.name}\u00a0» figure deux fois.`,
    remedy: 'N’en garder qu’une\u00a0: l’autre serait perdue.',
  }),
  E_ESTATE_JUMP_CYCLE: (p) => ({
    sentence: `cet hôte est atteint à travers lui-même\u00a0: ${p.way}.`,
    remedy: 'Corriger ssh.jump.',
  }),
  E_ESTATE_WITHIN_CYCLE: (p) => ({
    sentence: `cet hôte est contenu dans lui-même\u00a0: ${p.way}.`,
    remedy: 'Corriger within.',
  }),
  E_ESTATE_MISSING_KEY: (p) => ({
    sentence: `«\u00a0${p.name}\u00a0» manque.`,
    remedy: `Ajouter «\u00a0${p.name}\u00a0».`,
  }),
  E_ESTATE_OUTSIDE_SUBNET: (p) => ({
    sentence: `${p.address} n’est dans aucun sous-réseau du site ${p.site} (${p.subnets}).`,
    remedy: 'Corriger l’adresse, le site ou le sous-réseau.',
  }),
  E_ESTATE_QUANTITY: (p) => ({
    sentence: `quantité à revoir\u00a0: ${p.detail}.`,
    remedy: 'Corriger la quantité.',
  }),
  E_ESTATE_REFERENCE: (p) => ({
    sentence: `il n’y a pas de «\u00a0${p.name}\u00a0» (${p.expected}).`,
    remedy: meant(p, 'Utiliser l’identifiant d’un élément du fichier.'),
  }),
  E_ESTATE_SCENARIO: (p) => ({
    sentence: `le scénario ne peut pas s’appliquer à «\u00a0${p.name}\u00a0».`,
    remedy: 'Nommer collection/id/clé, par exemple services/web/port\u00a0; la chaîne des bases doit finir.',
  }),
  E_ESTATE_SECRET: () => ({
    sentence: 'ceci ressemble à un secret écrit en clair.',
    remedy:
      'Le retirer du fichier (et le changer si le fichier a circulé). Nommer où il se trouve\u00a0: prompt, agent, env:NOM ou file:CHEMIN.',
  }),
  E_ESTATE_SIZE: () => ({
    sentence: 'le fichier est trop grand pour un estate.',
    remedy: 'Vérifier que c’est bien le fichier d’estate.',
  }),
  E_ESTATE_STEPS: (p) => ({
    sentence: `étapes à revoir\u00a0: ${p.detail}.`,
    remedy: 'Corriger les étapes.',
  }),
  E_ESTATE_TYPE: (p) => ({
    sentence: `attendu ${p.expected}, trouvé ${p.found}.`,
    remedy: 'Écrire une valeur du type attendu.',
  }),
  E_ESTATE_UNKNOWN_KEY: (p) => ({
    sentence: `il n’y a pas de clé «\u00a0${p.name}\u00a0» ici.`,
    remedy: meant(p, 'La retirer, ou corriger son nom.'),
  }),
  E_ESTATE_VALUE: (p) => ({
    sentence: `attendu\u00a0: ${p.expected}.`,
    remedy: meant(p, 'Écrire une des valeurs attendues.'),
  }),
  E_ESTATE_YAML: (p) => ({
    sentence: `ce n’est pas du YAML\u00a0: ${p.detail}.`,
    remedy:
      'Vérifier ici les guillemets, les crochets, les deux-points et le retrait (des espaces, pas de tabulation).',
  }),
};
