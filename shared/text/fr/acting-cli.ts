import type { actingCli as English } from '../en/acting-cli';

export const actingCli: typeof English = {
  saved: (file) => `Le plan est dans ${file}.`,
  script: (file) => `Le script à coller à la main est dans ${file}.`,
  notPlan: (file) => `${file} n’est pas un plan tel que l’écrit --save.`,
  otherEstate: (file) => `${file} est un plan pour un autre estate ou une autre grappe.`,
  begun: (run) => `L’exécution ${run} a commencé. Ctrl-C la suspend après l’étape en cours.`,
  holding: (run) =>
    `Suspendue. patronus run resume ${run} la reprend, patronus run undo ${run} annule ce qui a été fait.`,
  halfWay: (run) =>
    `Elle s’est arrêtée à mi-chemin. patronus run show ${run} dit où ; reprenez ou annulez, avec --confirm.`,
  needsPerson: (what) => `Quelqu’un doit décider : ${what}`,
  decide: (words) => `Tapez ${words} :`,
  wrongName: (expected) => `Ce qui est tapé avec --confirm n’est pas ${expected}. Rien n’a été fait.`,
  tookOver: (run) => `${run} est maintenant sur ce poste. Rien n’a encore été repris ni annulé.`,
  handedOver: (run) => `${run} est close ici : d’autres s’en occupent.`,
  throttle: {
    heard: (step, level) => `${step} va à ${level} au plus à partir de maintenant.`,
    waits: (step, level) =>
      `${step} ira à ${level} au plus dès que quelqu’un agira sur l’exécution depuis ce poste ; personne ne l’a encore entendu.`,
  },
  noneThere: 'Les serveurs ne gardent aucune exécution restée ouverte.',
  approve: {
    shown: (key) => `Rien n’a été signé. ${key} signe exactement ce plan.`,
    unknown: 'Cette clé n’est aucune de celles que l’estate donne aux approbateurs de cette grappe.',
    noAgent: 'Aucun agent SSH ne tourne ici.',
    signed: (name, until, file) => `Signé au nom de ${name}, valable jusqu’à ${until} : ${file}`,
  },
  grants: {
    sql: (service, account) => `-- ${service} : ce qu’il faut à ${account}, et rien de plus`,
    sudo: (host) => `# ${host} : pour un fichier sous /etc/sudoers.d, édité avec visudo`,
    noSudo: (host) => `# ${host} : aucun sudo n’est nécessaire`,
    none: (host) => `${host} n’est dans aucune grappe dont le primaire puisse être changé d’ici.`,
    assumedVersion: (version) =>
      `-- La version n’a pas encore été lue ; ce sont les noms de ${version} et suivantes.`,
    bootFile: (file) =>
      `# Le fichier lu au redémarrage est supposé être ${file}, où le mettent les paquets de Debian.`,
  },
};
