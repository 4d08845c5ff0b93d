import type { CheckSentences } from '../../assessment/sentences';

/** One entry per check of hosts, web servers, shares and backups. Short sentences, subject first. */
export const assessmentHosts = {
  BACKUP_NONE_SEEN: {
    title: (p) =>
      p.form === 'database'
        ? `No backup of the database ${p.service} was seen anywhere.`
        : `No backup of the files of ${p.service} was seen anywhere.`,
    why: (p) =>
      `Looked at: jobs of cron and timers, agents that run, and ${p.looked}. Not looked into: ${p.notLooked}. A server that fetches copies from here by itself leaves no trace here. Without a copy, any mistake of the move is final.`,
    remedy: () =>
      'Ask who keeps the copies and where, and state it as a link with the purpose backup in the estate file. If there are none: make one, and restore it once, before anything is moved.',
  },
  BACKUP_OLD: {
    title: (p) =>
      p.form === 'database'
        ? `The newest dump that was seen is ${p.days} days old: ${p.name}.`
        : `The newest archive of files that was seen is ${p.days} days old: ${p.name}.`,
    why: () => 'Whatever was written since then would be lost with the server.',
    remedy: () => 'Find out why the job no longer runs, or whether newer copies are kept elsewhere.',
  },
  BACKUP_EMPTY: {
    title: (p) => `Dumps that are nearly empty (${p.count}): ${p.names}.`,
    why: () => 'A dump that failed leaves a file of a few bytes that looks like a backup until it is needed.',
    remedy: () => 'Read the output of the job, mend it, and restore the next dump once.',
  },
  BACKUP_SAME_HOST: {
    title: (p) => `Every copy of ${p.service} that was seen lies on its own server: ${p.names}.`,
    why: () => 'It is lost together with what it should replace.',
    remedy: () => 'Copy it to another machine, best at another site, each time it is made.',
  },
  BACKUP_RESTORE_UNTESTED: {
    title: (p) =>
      p.form === 'old'
        ? `A restore of ${p.service} was last tried ${p.days} days ago.`
        : `No restore of ${p.service} is known to have ever been tried.`,
    why: () =>
      'A copy nobody has put back is a hope. The way back of the move may have to rely on it, and nobody knows how long it takes.',
    remedy: () =>
      'Restore it on a spare machine, take the time, and state it in the estate file: quantities.restoreTestAge of the service.',
  },
  UPDATES_NOT_AUTOMATIC: {
    title: (p) =>
      p.form === 'not-installed'
        ? 'Security updates are installed by hand: unattended-upgrades is not installed.'
        : p.form === 'off'
          ? 'Security updates are installed by hand: unattended-upgrades is switched off.'
          : p.form === 'timer'
            ? 'Security updates are installed by hand: the timer of unattended-upgrades is disabled.'
            : 'Security updates are installed by hand.',
    why: (p) =>
      `A known hole stays open until somebody has time. Security updates that wait now: ${p.security}.`,
    remedy: () =>
      'On the target, let security updates install themselves, one server of a tier at a time, and watch a first round.',
  },
  UPDATES_NOT_RUN: {
    title: (p) => `Automatic updates last ran ${p.days} days ago.`,
    why: () => 'They are switched on and do not run: nobody notices until a hole is used.',
    remedy: () => 'Read /var/log/unattended-upgrades and the state of apt-daily-upgrade.timer.',
  },
  UPDATES_SECURITY_PENDING: {
    title: (p) => `Security updates wait to be installed (${p.count} of ${p.all} updates): ${p.names}.`,
    why: (p) =>
      `As told by package lists that are ${p.days} days old; nothing was refreshed. Packages were last installed: ${p.applied}.`,
    remedy: () =>
      'Install them now or move to servers that have them; not within the days around the cutover. Compare versions of both sides afterwards.',
  },
  UPDATES_LISTS_OLD: {
    title: (p) => `The package lists are ${p.days} days old.`,
    why: () => 'What is missing is judged by them: more may wait than is told here.',
    remedy: () => 'Ask whether the host reaches its package mirror, then refresh the lists.',
  },
  UPDATES_RESTART_WAITS: {
    title: (p) =>
      p.form === 'kernel'
        ? `A newer kernel than the one that runs is installed: ${p.newest}, ${p.running} runs.`
        : `An update waits for a restart of the host: ${p.packages}.`,
    why: () => 'What was repaired is not yet in use, and an unplanned restart would bring a change with it.',
    remedy: () => 'Restart it in a quiet hour well before the move, and see that every service comes back.',
  },
  UPDATES_APPLIED_BY: {
    title: (p) => `Packages were last installed: ${p.applied}.`,
    why: () => 'It names who applies updates today, by person or by program.',
    remedy: () => 'Agree with that person on a time without updates around the cutover.',
  },
  HOST_SUPPORT_ENDS: {
    title: (p) =>
      p.form === 'past'
        ? `${p.release} is without support since ${p.date}.`
        : `${p.release} is supported until ${p.date} only.`,
    why: () => 'After that day no hole is closed any more, and a target with the same release inherits it.',
    remedy: () =>
      'Choose a release for the target that is supported for years, and test the application on it.',
  },
  HOST_CLOCK_OFF: {
    title: (p) => `The clock is off by ${p.seconds} s.`,
    why: () => 'Lag, certificates, file times and logs of several servers cannot be compared.',
    remedy: () => 'Let chrony or systemd-timesyncd set it, before files are compared by their times.',
  },
  HOST_CLOCK_FREE: {
    title: () => 'Nothing keeps the clock right: the system says that it is not synchronised.',
    why: () => 'It may be right today and off on the night of the cutover.',
    remedy: () => 'Switch time synchronisation on, and see that the host reaches a time server.',
  },
  HOST_DISK_NEARLY_FULL: {
    title: (p) => `File systems with little room (${p.count}): ${p.names}.`,
    why: () =>
      'Dumps, binary logs that are kept longer and copies for the way back need room during the move.',
    remedy: () => 'Make room or add a volume before the first pass.',
  },
  HOST_ADDRESSES_WRITTEN: {
    title: (p) => `Addresses of the estate are written as numbers in ${p.count} places: ${p.names}.`,
    why: (p) =>
      `They lead to the old servers after the move: ${p.addresses}. Looked at ${p.files} files; ${p.hidden} of them are closed to the console’s account.`,
    remedy: () =>
      'Put names in their place now, while they still lead to the same servers; then the move is a change of names.',
  },
  HOST_MOUNT_NOT_KEPT: {
    title: (p) => `A remote file system is mounted that nothing would mount again (${p.count}): ${p.names}.`,
    why: () =>
      'It is neither in /etc/fstab nor a mount unit: after a restart it is missing, or a script that nobody has listed mounts it.',
    remedy: () => 'Find what mounts it, and write it down; on the target, mount it from fstab or a unit.',
  },
  HOST_MOUNT_MISSING: {
    title: (p) => `/etc/fstab names remote file systems that are not mounted (${p.count}): ${p.names}.`,
    why: () => 'Either it is not needed any more, or somebody misses it at this moment.',
    remedy: () => 'Ask the owner; take out what is not needed before it is copied to the target.',
  },
  HOST_MOUNT_PASSWORD_OPEN: {
    title: (p) =>
      `The password of a share can be read by every account of the host (${p.count}): ${p.names}.`,
    why: () => 'Whoever gets into the web application has the whole share.',
    remedy: () =>
      'Put it into a credentials file with mode 0600, and give the share a new password at the move.',
  },
  HOST_SENDS_MAIL: {
    title: (p) => `This host can send mail (program ${p.program}, ports ${p.ports}).`,
    why: () =>
      'From a new address mail may be refused: SPF, reverse names and the list of allowed relays name the old one.',
    remedy: () =>
      'Find who sends what; prepare SPF, DKIM, reverse names and the relay for the new address; test it.',
  },
  HOST_MAIL_WAITING: {
    title: (p) => `Mails wait in the queue of this host: ${p.count}.`,
    why: () => 'What waits on the old server when it is switched off is never delivered.',
    remedy: () => 'Empty the queue before the cutover, and look again before the server is given up.',
  },
  HOST_JOBS: {
    title: (p) => `Jobs that run by themselves (${p.count}): ${p.names}.`,
    why: (p) =>
      `They write during the freeze, or are missing on the target. Crontabs of the system that could not be read: ${p.hidden}.`,
    remedy: () =>
      'Say of each whether it moves, stops before the freeze (step 13) and starts again after (step 27).',
  },
  HOST_CRONTABS: {
    title: (p) => `People have crontabs of their own (${p.count}): ${p.names}.`,
    why: () => 'They are easily forgotten: no package and no repository has them.',
    remedy: () => 'Ask each of them what it does, and move it or end it.',
  },
  APACHE_CONFIG_FAULTY: {
    title: (p) => `Apache would not start with this configuration: ${p.said}`,
    why: () => 'It runs with what it read long ago; the next restart, or the copy on the target, stops it.',
    remedy: () => 'Repair it until apachectl -t says Syntax OK, before it is copied.',
  },
  APACHE_CERTIFICATE_ENDS: {
    title: (p) =>
      p.form === 'past'
        ? `The certificate ${p.file} ended on ${p.date}.`
        : `The certificate ${p.file} ends on ${p.date}, in ${p.days} days.`,
    why: () =>
      'Browsers refuse the site. What renews it proves itself under the old address, and fails while the name moves.',
    remedy: () =>
      'Renew it well before the cutover, and nothing within the window; carry key and renewal over.',
  },
  APACHE_SESSIONS_LOCAL: {
    title: (p) => `PHP keeps sessions in files of this host (${p.file}).`,
    why: () =>
      'Everybody is logged out at the cutover, and two web servers would not know each other’s users.',
    remedy: () => 'Use a shared store, or announce the logout and keep the name and domain of the cookie.',
  },
  APACHE_VHOSTS: {
    title: (p) => `Virtual hosts (${p.count}): ${p.names}.`,
    why: () => 'Each name is one that DNS, certificates and smoke tests of the target must know.',
    remedy: () => 'Compare the list with that of the target before the rehearsal.',
  },
  APACHE_MODULES: {
    title: (p) => `Modules beyond those of a fresh installation (${p.count} of ${p.all}): ${p.names}.`,
    why: () => 'A directive of a module that is missing keeps Apache from starting on the target.',
    remedy: () => 'Install and load them on the target; leave out what no configuration uses.',
  },
  SAMBA_ACLS: {
    title: (p) => `Access lists are in use: ${p.count} of ${p.entries} files and folders have one.`,
    why: () => 'A copy without them gives people other rights than they have today.',
    remedy: () =>
      'Copy with rsync -A, check that the target’s file system keeps them, and test a case that must be refused.',
  },
  SAMBA_ATTRIBUTES: {
    title: (p) => `Files carry attributes (${p.entries} looked at): ${p.names}.`,
    why: () =>
      'Samba keeps Windows rights (security.NTACL) and flags such as hidden (user.DOSATTRIB) there. A copy without them loses both; security.NTACL can be copied by root only.',
    remedy: () => 'Copy with rsync -X as root on both ends, and compare a sample by getfattr.',
  },
  SAMBA_CASE_CLASH: {
    title: (p) => `Names that differ in capitals only (${p.count}), for example: ${p.names}.`,
    why: () => 'Windows clients see one of the two, and a target that ignores case keeps one of them.',
    remedy: () => 'Let the owners rename them before the first pass.',
  },
  SAMBA_LONG_NAMES: {
    title: (p) => `Long names or paths (${p.count}), for example: ${p.names}.`,
    why: () =>
      'Names over 143 bytes do not fit on encrypted file systems, and paths over 240 cannot be opened by ordinary Windows programs.',
    remedy: () => 'Shorten them, or check the longest on the target by a copy.',
  },
  SAMBA_ODD_NAMES: {
    title: (p) => `Names that Windows cannot show as they are (${p.count}), for example: ${p.names}.`,
    why: () =>
      'They hold characters such as : or ?, or end in a dot or a blank. Samba shows them under other names, and another server may do so differently.',
    remedy: () => 'Rename them, or copy the settings of name mangling (vfs_fruit, catia) to the target.',
  },
  SAMBA_SYMLINKS: {
    title: (p) => `Symbolic links (${p.count}), for example: ${p.names}.`,
    why: () => 'They may lead out of the share, to a path that is not there on the target.',
    remedy: () => 'Look where each leads; carry the target of the link over, or take the link out.',
  },
  SAMBA_HARDLINKS: {
    title: (p) => `Files with several names (${p.count}), for example: ${p.names}.`,
    why: () =>
      'A copy that does not know of it makes several files: more room, and changes no longer reach both names.',
    remedy: () => 'Copy with rsync -H; it needs memory for each of them.',
  },
  SAMBA_SPECIAL_FILES: {
    title: (p) => `Sockets, pipes or devices in the share (${p.count}), for example: ${p.names}.`,
    why: () => 'No copy carries what they are for, and reading a pipe waits for ever.',
    remedy: () => 'Find which program made them, and leave them out of the passes.',
  },
  SAMBA_FOLDERS_CLOSED: {
    title: (p) => `Folders that the console’s account cannot enter (${p.count}), for example: ${p.names}.`,
    why: () => 'Nothing is known of what is in them: neither its size nor its names.',
    remedy: () => 'Let the account read them for the assessment, or run the same checks there by hand.',
  },
  SAMBA_MODULES: {
    title: (p) => `Samba modules work on this share (${p.count}): ${p.names}.`,
    why: () =>
      'They change what is stored (streams, recycle bins, audits, shadow copies). Without them on the target, clients miss data or see odd files.',
    remedy: () => 'Set up the same modules on the target, and copy what they keep beside the files.',
  },
  SAMBA_SETTINGS: {
    title: (p) => `Locks, links and rights of this share differ from Samba’s defaults: ${p.names}.`,
    why: () => 'Somebody had a reason: a program on several clients, or on the server itself, relies on it.',
    remedy: () => 'Carry the settings over as they are, and ask before changing one.',
  },
  SAMBA_FILES_OPEN: {
    title: (p) => `Files are open to write now (${p.count}): ${p.names}.`,
    why: () => 'The final pass would copy them half written.',
    remedy: () =>
      'Find the programs that hold them; at the freeze the share is closed, and the list must be empty.',
  },
} as const satisfies Record<string, CheckSentences>;
