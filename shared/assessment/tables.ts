import { HOSTS_CHECKS, HOSTS_PROBES } from './hosts-tables';
import type { AssessmentProbe, Check } from './model';
import { MYSQL_CHECKS } from './mysql-checks';
import { MYSQL_PROBES } from './mysql-probes';

/** Every probe of the assessment, in the order in which they are asked. */
export const PROBES: readonly AssessmentProbe[] = [...MYSQL_PROBES, ...HOSTS_PROBES];

/** Every check, in the order in which a subject shows them. */
export const CHECKS: readonly Check[] = [...MYSQL_CHECKS, ...HOSTS_CHECKS];
