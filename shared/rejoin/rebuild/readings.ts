import type { AppError } from '../../errors';
import type { ReplicationLogin } from '../../switchover/readings';

/**
 * What only a rebuild has to know, read by the acting accounts right before it is planned. null is unknown, and refuses.
 * Sizes are bytes.
 */
export interface RebuildReadings {
  /** Node from which the data comes. */
  donor: string;
  old: OldHost;
  from: DonorHost;
  /**
   * The replication account logs in to the donor from the old host (MySQL: that is how CLONE comes); `grants` are its rights
   * there, as SHOW GRANTS prints them. null: not needed, MariaDB's copy goes through this desk.
   */
  login: (ReplicationLogin & { grants: readonly string[] | null }) | null;
  /**
   * The copy brings the donor's accounts along: does the acting account of the old server, with its own password, log in
   * there? null: it does.
   */
  account: AppError | null;
}

export interface OldHost {
  /** As the server says it, without a slash at its end. */
  datadir: string;
  /** Free where the data lies. */
  freeBytes: number | null;
  /** Of its own tablespaces. */
  dataBytes: number | null;
  /** "innodb_undo_directory = /fast/undo": what lies outside of `datadir` and would be left behind. */
  elsewhere: readonly string[] | null;
  /** Is `datadir` a mount point of its own: it cannot be renamed then. */
  isMount: boolean | null;
  /** Does what an earlier rebuild kept still lie there. */
  kept: boolean | null;
  /** MySQL: what both must have alike, by name: version's series, page size, plugins of storage. */
  alike: Readonly<Record<string, string>> | null;
  sudoRefuses: readonly string[] | null;
  /** Which of the programs that it runs are not there. */
  missing: readonly string[] | null;
}

export interface DonorHost {
  /** The donor's own. */
  datadir: string;
  dataBytes: number | null;
  alike: Readonly<Record<string, string>> | null;
  /** MySQL: tables of another engine than InnoDB, as files of the data folder. CLONE leaves them empty. */
  otherTables: readonly string[] | null;
  /** MariaDB: does it log what it applies; else its position says nothing. */
  logsUpdates: boolean | null;
  /** MariaDB: version of mariadb-backup, "10.11.19". */
  backupVersion: string | null;
  sudoRefuses: readonly string[] | null;
  missing: readonly string[] | null;
}
