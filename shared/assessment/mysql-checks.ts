import type { Check } from './model';
import { MYSQL_ACCOUNT_CHECKS } from './mysql-account-checks';
import { MYSQL_SCHEMA_CHECKS } from './mysql-schema-checks';
import { MYSQL_SERVER_CHECKS } from './mysql-server-checks';

/** What a database server must be before it moves, and what is to be known of it. */
export const MYSQL_CHECKS: readonly Check[] = [
  ...MYSQL_SCHEMA_CHECKS,
  ...MYSQL_SERVER_CHECKS,
  ...MYSQL_ACCOUNT_CHECKS,
];
