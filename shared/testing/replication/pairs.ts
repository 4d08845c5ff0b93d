import { MARIADB_10_11_REPLICA } from './mariadb-10.11-replica';
import { MARIADB_10_11_SOURCE } from './mariadb-10.11-source';
import { MARIADB_11_8_REPLICA } from './mariadb-11.8-replica';
import { MARIADB_11_8_SOURCE } from './mariadb-11.8-source';
import { MYSQL_9_7_REPLICA } from './mysql-9.7-replica';
import { MYSQL_9_7_SOURCE } from './mysql-9.7-source';
import type { RecordedPair } from './recorded';

/** Real answers. While they were recorded one transaction was open on the source and one was prepared. */
export const MYSQL_9_7: RecordedPair = { source: MYSQL_9_7_SOURCE, replica: MYSQL_9_7_REPLICA };
export const MARIADB_10_11: RecordedPair = { source: MARIADB_10_11_SOURCE, replica: MARIADB_10_11_REPLICA };
export const MARIADB_11_8: RecordedPair = { source: MARIADB_11_8_SOURCE, replica: MARIADB_11_8_REPLICA };
