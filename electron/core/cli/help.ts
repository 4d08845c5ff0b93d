import type { Language } from '@shared/contract';

const EN = `patronus: look at an estate and act on it, from a terminal

  patronus check        --estate FILE    every problem of the estate file, with line and column
  patronus status       --estate FILE    hosts and services as they are now
  patronus topology     --estate FILE    services and links, declared and observed, with findings
  patronus replication  --estate FILE    database clusters, as the servers say themselves
  patronus plan         --estate FILE    the migration plan from the last look; opens no connection
                                         --format text|json|md|csv|ledger-csv|ics|html|pdf  --out FILE
                                         --pack FOLDER: all of them in both languages, to be read without the console
  patronus simulate     --estate FILE    what if: --fail NODE --drain NODE --cut LINK --remove SERVICE --set PATH=VALUE
                                         --load 2x, in the order written; --in SCENARIO; --outage [--seed N]; opens no connection
  patronus assess       --estate FILE    what is ready to move and what is not; asks hosts and databases once, and keeps the answer
  patronus measure list --estate FILE    what can be measured, as whom and what it costs; WHAT [SUBJECT] does it and
                                         enters it into the ledger: --seconds --bytes --streams --walks --samples --tree PATH
  patronus record       --estate FILE    watches and records until Ctrl-C; --for 10m, --out FILE for one file
  patronus replay FILE                   what a recording knew at its end; --at 02:26:56 (UTC), --marks: what happened
  patronus trust HOST   --estate FILE    the host key of one host; --confirm HOST records it
  patronus secrets list|set NAME|delete NAME|lock --estate FILE   what the vault keeps; asks on the terminal
  patronus audit verify                  is the journal of this desk whole? --hash HASH: and the one that you noted
  patronus audit search                  what was done: --text --host --who --kind --failed --since 2h --until --limit
  patronus audit export --format jsonl|csv   the same, to stdout

  patronus switchover CLUSTER --to HOST --estate FILE --dry-run
                       every statement, what each changes, and what is afterwards; or every reason against it
                       --confirm NAME: does it; NAME is the server that stops taking writes
                       --override CODE=TEXT  --save PLAN  --script FILE  --plan PLAN  --approval FILE
  patronus failover CLUSTER --estate FILE   the primary is gone: who could take over, and what would be lost; only looks
                       --to HOST: if that one took over;  --dry-run: every statement of the failover
                       --confirm NAME: does it; NAME is the server that is given up
                       --override CODE=TEXT  --save PLAN (with --dry-run)  --script FILE  --plan PLAN  --approval FILE
  patronus rejoin CLUSTER --server HOST --estate FILE   an old primary: what it holds alone, and how it can come back
                       --way attach|flashback|rebuild|quarantine --dry-run: every statement of that way;
                       --confirm NAME: does it; NAME is the server that comes back
  patronus run list|show ID --estate FILE      the runs of this desk; list --servers: those that servers tell of
  patronus run resume|undo|hand-over ID --confirm NAME --estate FILE   a run that stopped half-way
  patronus run go|no-go ID --confirm NAME --estate FILE   a run that waits at a gate: what it asks is so, or is not
  patronus run take-over ID --confirm WHO --estate FILE   a run whose console is gone
  patronus run throttle ID --to LEVEL --estate FILE   how fast a step that copies may go; --step STEP
  patronus approve PLAN --key FILE|agent --estate FILE   a second person’s word for exactly this plan; --minutes 60
  patronus grants HOST  --estate FILE    what the accounts that act need there, as SQL and sudoers lines

  --json             one document on stdout; logs go to stderr
  --lang en|fr       language of the answer
  --data-dir DIR     where looks are kept
  --egress offline|loopback   allow less than the estate file does

Exit codes: 0 done · 1 failed · 2 bad usage or bad estate file · 3 refused · 4 done, but something could not be seen
            5 stopped half-way: resume or undo
`;

const FR = `patronus : regarder un parc et y agir, depuis un terminal

  patronus check        --estate FICHIER    tous les problèmes du fichier d'estate, avec ligne et colonne
  patronus status       --estate FICHIER    les hôtes et les services, tels qu'ils sont
  patronus topology     --estate FICHIER    services et liens, déclarés et observés, avec les constats
  patronus replication  --estate FICHIER    les grappes de bases, d'après les serveurs eux-mêmes
  patronus plan         --estate FICHIER    le plan de migration d'après le dernier relevé ; n'ouvre aucune connexion
                                            --format text|json|md|csv|ledger-csv|ics|html|pdf  --out FICHIER
                                            --pack DOSSIER : tous, dans les deux langues, à lire sans la console
  patronus simulate     --estate FICHIER    et si : --fail NŒUD --drain NŒUD --cut LIEN --remove SERVICE --set CHEMIN=VALEUR
                                            --load 2x, dans l'ordre écrit ; --in SCÉNARIO ; --outage [--seed N] ; aucune connexion
  patronus assess       --estate FICHIER    ce qui est prêt à migrer ou non ; interroge une fois hôtes et bases, et garde la réponse
  patronus measure list --estate FICHIER    ce qui peut être mesuré, par quel compte et à quel coût ; QUOI [SUJET] le fait et
                                            l'inscrit aux hypothèses : --seconds --bytes --streams --walks --samples --tree CHEMIN
  patronus record       --estate FICHIER    surveille et enregistre jusqu'à Ctrl-C ; --for 10m, --out FICHIER pour un seul fichier
  patronus replay FICHIER                   ce qu'un enregistrement savait à sa fin ; --at 02:26:56 (UTC), --marks : les événements
  patronus trust HÔTE   --estate FICHIER    la clé d'un hôte ; --confirm HÔTE l'enregistre
  patronus secrets list|set NOM|delete NOM|lock --estate FICHIER   ce que garde le coffre ; demande au terminal
  patronus audit verify                     le journal de ce poste est-il entier ? --hash EMPREINTE : et celui noté
  patronus audit search                     ce qui a été fait : --text --host --who --kind --failed --since 2h --until --limit
  patronus audit export --format jsonl|csv  la même chose, sur stdout

  patronus switchover GRAPPE --to HÔTE --estate FICHIER --dry-run
                       chaque instruction, ce qu'elle change, et l'état d'arrivée ; ou toutes les raisons contre
                       --confirm NOM : exécute ; NOM est le serveur qui cesse d'accepter des écritures
                       --override CODE=TEXTE  --save PLAN  --script FICHIER  --plan PLAN  --approval FICHIER
  patronus failover GRAPPE --estate FICHIER   le primaire n'est plus là : qui peut prendre la suite, et ce qui serait
                       perdu ; ne fait que regarder. --to HÔTE : si celui-là prenait la suite
                       --dry-run : chaque instruction de la bascule ;  --confirm NOM : exécute ; NOM est le serveur abandonné
                       --override CODE=TEXTE  --save PLAN (avec --dry-run)  --script FICHIER  --plan PLAN  --approval FICHIER
  patronus rejoin GRAPPE --server HÔTE --estate FICHIER   un ancien primaire : ce qu'il est seul à détenir, et comment il peut revenir
                       --way attach|flashback|rebuild|quarantine --dry-run : chaque instruction de ce retour ;
                       --confirm NOM : exécute ; NOM est le serveur qui revient
  patronus run list|show ID --estate FICHIER   les exécutions de ce poste ; list --servers : celles que gardent les serveurs
  patronus run resume|undo|hand-over ID --confirm NOM --estate FICHIER   une exécution arrêtée à mi-chemin
  patronus run go|no-go ID --confirm NOM --estate FICHIER   une exécution qui attend à un jalon : ce qu'il demande est vrai, ou non
  patronus run take-over ID --confirm QUI --estate FICHIER   une exécution dont la console a disparu
  patronus run throttle ID --to NIVEAU --estate FICHIER   l’allure d’une étape qui copie ; --step ÉTAPE
  patronus approve PLAN --key FICHIER|agent --estate FICHIER   la parole d'une seconde personne pour ce plan précis ; --minutes 60
  patronus grants HÔTE  --estate FICHIER    ce qu'il faut là aux comptes d'action, en SQL et en lignes sudoers

  --json             un seul document sur stdout ; les traces vont sur stderr
  --lang en|fr       langue de la réponse
  --data-dir DOSSIER où les relevés sont gardés
  --egress offline|loopback   permettre moins que le fichier d'estate

Codes : 0 fait · 1 échec · 2 mauvais usage ou fichier d'estate incorrect · 3 refusé · 4 fait, mais tout n'a pas pu être vu
        5 arrêté à mi-chemin : reprendre ou annuler
`;

export const help = (language: Language): string => (language === 'fr' ? FR : EN);
