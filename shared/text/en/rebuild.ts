import type { SaidTable } from '../procedures';

/** What the way says by which an old primary's data is replaced by a copy of another's. */
export const rebuild = {
  TITLE_REBUILD: (p) =>
    `The data of ${p.node} is replaced by a copy of ${p.donor}'s. Then ${p.node} follows ${p.to}.`,
  TITLE_REBUILD_OWN: (p) =>
    `The data of ${p.node} is replaced by a copy of ${p.donor}'s: what ${p.node} alone holds is no longer in it (${p.gtids}). Then ${p.node} follows ${p.to}.`,

  STEP_KEEP_DATA: (p) => `Keep a copy of the old data of ${p.node} beside it: ${p.folder}`,
  STEP_CLONE: (p) => `CLONE: the data of ${p.node} becomes ${p.donor}'s, and ${p.node} starts again`,
  STEP_CLONE_UNKEPT: (p) =>
    `CLONE, without a copy of the old data: the data of ${p.node} becomes ${p.donor}'s, and ${p.node} starts again`,
  STEP_FORGET_DONOR: (p) => `${p.node} forgets the channel that came with the data of ${p.donor}`,
  STEP_COPY: (p) => `Copy the data of ${p.donor} to ${p.node}, through this desk, into a new folder`,
  STEP_PREPARE_COPY: (p) => `Make the copy on ${p.node} one that a server can start from`,
  STEP_SWAP: (p) =>
    `Stop ${p.node}, set its old data aside (${p.folder}), put the copy of ${p.donor} in its place, start it`,
  STEP_COPIED_HISTORY: (p) => `${p.node} goes on from where the copy of ${p.donor} ends`,
  STEP_READ_HISTORY: (p) => `Read what ${p.node} holds now`,
  STEP_ALONE: (p) => `${p.node} holds nothing that ${p.to} has not`,

  FACT_DATA: (p) => `Whose data ${p.node} holds: its own, or a copy of ${p.donor}'s`,
  FACT_PLACES: (p) => `What lies in ${p.folder} on ${p.node}`,
  CHECK_UNMOVED: (p) => `${p.node} has written nothing since it was read`,
  CHECK_CLONED: (p) => `How CLONE ended on ${p.node}`,
  CHECK_FOLLOWS_NOBODY: (p) => `${p.node} follows nobody`,
  CHECK_GOES_ON: (p) => `From where ${p.node} goes on`,

  WARN_DONOR_REPLICA: (p) =>
    `The data comes from ${p.donor}, a replica: its disk and network are busy meanwhile, the primary's are not.`,
  WARN_DONOR_PRIMARY: (p) =>
    `The data comes from ${p.donor}, the primary, because no replica is fit for it: its disk and network are busy meanwhile. Events that run there are in the copy too; put them to sleep on ${p.node} afterwards.`,
  WARN_CLONE_OPEN: (p) =>
    `CLONE does not work under super_read_only. Until ${p.node} starts again, read_only alone keeps it closed; its binary logs go with its old data.`,
  WARN_KEPT: (p) => `The old data of ${p.node} stays in ${p.folder}. Nobody deletes it.`,
  WARN_UNKEPT: (p) => `No copy of the old data of ${p.node} is kept: once CLONE has begun, it is gone.`,

  REFUSED_REBUILD_AS_WAS: (p) =>
    `The estate leaves what a restart brings as it was: nothing keeps ${p.node} closed when it starts with other data.`,
  REMEDY_REBUILD_AS_WAS: () => 'Take `boot: as-was` out of the estate file.',
  REFUSED_REBUILD_NOT_SAVED: (p) =>
    `What ${p.node} alone holds (${p.gtids}) could not be saved at this desk: ${p.text}`,
  REMEDY_REBUILD_NOT_SAVED: () =>
    'Let the acting account read the binary logs (patronus grants), and look again. To give these transactions up unread, type: not saved.',
  REFUSED_REBUILD_NEEDLESS: (p) =>
    `${p.node} has nothing of its own and lacks nothing: there is nothing to rebuild.`,
  REMEDY_REBUILD_NEEDLESS: (p) => `Attach ${p.node} as it is.`,
  REFUSED_REBUILD_UNKNOWN: (p) => `${p.node} did not tell what a rebuild has to know: ${p.what}.`,
  REMEDY_REBUILD_UNKNOWN: () => 'See the rights of the acting account (patronus grants), then plan again.',
  REFUSED_REBUILD_VERSION: (p) =>
    `${p.node} runs ${p.own}, ${p.donor} runs ${p.version}: the files of one do not fit the other.`,
  REMEDY_REBUILD_VERSION: () => 'Bring both to the same release series first.',
  REFUSED_REBUILD_ACCOUNT: (p) =>
    `The copy brings the accounts of ${p.donor} along, and there ${p.account} does not log in with the password that it has on ${p.node}: ${p.text}`,
  REMEDY_REBUILD_ACCOUNT: () => 'Give the acting account the same password on both servers.',
  REFUSED_REBUILD_PLUGIN: (p) => `${p.node} has no CLONE plugin.`,
  REMEDY_REBUILD_PLUGIN: (p) =>
    `On ${p.node}: plugin-load-add=mysql_clone.so in the option file and a restart; on a server that takes writes, INSTALL PLUGIN clone SONAME 'mysql_clone.so'.`,
  REFUSED_REBUILD_ALIKE: (p) => `${p.node} and ${p.donor} differ in what CLONE needs alike: ${p.list}.`,
  REMEDY_REBUILD_ALIKE: () => 'Set them alike first.',
  REFUSED_REBUILD_ENGINES: (p) =>
    `${p.donor} has tables that CLONE leaves empty, because they are not InnoDB's: ${p.list}.`,
  REMEDY_REBUILD_ENGINES: () => 'Turn them into InnoDB on the primary, or rebuild by hand.',
  REFUSED_REBUILD_DONOR_RIGHTS: (p) =>
    `The replication account may not give the data of ${p.donor} away: ${p.list} is missing.`,
  REMEDY_REBUILD_DONOR_RIGHTS: () => 'Grant it on the primary (patronus grants).',
  REFUSED_REBUILD_LOGS_NOT: (p) =>
    `${p.donor} does not log what it applies (log_slave_updates): its copy would have no position.`,
  REMEDY_REBUILD_LOGS_NOT: (p) => `Switch it on for ${p.donor}.`,
  REFUSED_REBUILD_TOOL_VERSION: (p) =>
    `mariadb-backup on ${p.donor} is of ${p.own}, the server of ${p.version}.`,
  REMEDY_REBUILD_TOOL_VERSION: () => 'Install the one of the server’s release.',
  REFUSED_REBUILD_TOOLS: (p) => `Programs that are not on ${p.node}: ${p.list}.`,
  REMEDY_REBUILD_TOOLS: (p) => `Install them on ${p.node}.`,
  REFUSED_REBUILD_KEPT_BEFORE: (p) => `${p.node} still holds something of an earlier rebuild in ${p.folder}.`,
  REMEDY_REBUILD_KEPT_BEFORE: () => 'Move it away, or delete it, if nobody needs it any more.',
  REFUSED_REBUILD_ELSEWHERE: (p) => `${p.node} keeps data outside of ${p.folder}: ${p.list}.`,
  REMEDY_REBUILD_ELSEWHERE: () =>
    'The old data is set aside by renaming one folder. Rebuild such a server by hand.',
  REFUSED_REBUILD_MOUNT: (p) => `${p.folder} on ${p.node} is a mount point: it cannot be renamed.`,
  REMEDY_REBUILD_MOUNT: () => 'Mount the folder above it, or rebuild by hand.',
  REFUSED_REBUILD_SPACE: (p) => `${p.node} has ${p.free} free, ${p.needed} are needed.`,
  REMEDY_REBUILD_SPACE: (p) => `Make room on ${p.node}.`,
  REFUSED_REBUILD_NO_ROOM_TO_KEEP: (p) =>
    `To keep a copy of the old data too, ${p.node} needs ${p.needed}; ${p.free} are free.`,
  REMEDY_REBUILD_NO_ROOM_TO_KEEP: (p) =>
    `Make room on ${p.node}. To give the old data up without a copy, type: no copy.`,
} satisfies SaidTable;
