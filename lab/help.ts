/** What `npm run lab -- help` prints. */
export const HELP = `The lab: the servers of an estate, for real, on this machine. Needs root.

  up [ESTATE]            start it, or mend it: undoes every fault. Last line: the estate file to open
      --engine mysql|mariadb   --db-size 50MB   --files-size 50MB   --files 2000   --seed 1
      --base DIR (default /var/lib/patronus-lab)   --gate-port 2200
      --owner UID:GID    who may read keys and passwords (default: the person behind sudo)
  down [--purge]         end everything; --purge removes the data too
  status [--json]        what runs, and which faults are in force
  list                   the estates that have a lab
  ansible-inventory      the same hosts, for ansible
  in HOST COMMAND…       run a command inside a host as its root

  bend SCENARIO          replication labs: another state on the running servers; prints its estate file.
                         bend star: all is well again. The names: list

  fault kill|freeze|resume|start HOST SERVICE
                         SIGKILL, SIGSTOP, SIGCONT; start brings a killed one back
  fault cut-console HOST [--hang]
                         the console loses the host: reset, or silence with --hang
  fault cut HOST HOST    the two lose each other, the console still sees both
  fault cut HOST         pull the host's cable; the console still sees it
  fault heal HOST        undo cut-console and cut; killed, frozen and host-key stay
  fault host-key HOST [--restore]
                         new SSH host keys; the first ones again
  fault fill-disk HOST [--restore]
                         a file system without room; gone again

Exit codes: 0 done, 1 failed, 2 asked wrongly.
`;
