import { APACHE_CHECKS } from './apache-checks';
import { APACHE_PROBES } from './apache-probes';
import { BACKUP_CHECKS } from './backup-checks';
import { BACKUP_PROBES } from './backup-probes';
import { HOST_ADDRESS_PROBES } from './host-address-probes';
import { HOST_CHECKS } from './host-checks';
import { HOST_JOBS_PROBES } from './host-jobs-probes';
import { HOST_SYSTEM_PROBES } from './host-system-probes';
import type { AssessmentProbe, Check } from './model';
import { SAMBA_CHECKS } from './samba-checks';
import { SAMBA_SHARES_PROBE } from './samba-shares';
import { SAMBA_WALK_PROBES } from './samba-walk-probes';
import { UPDATES_CHECKS } from './updates-checks';
import { UPDATES_PROBES } from './updates-probes';

/** Everything that is asked of hosts, web servers and file servers; what is slow comes last. */
export const HOSTS_PROBES: readonly AssessmentProbe[] = [
  ...HOST_SYSTEM_PROBES,
  ...HOST_JOBS_PROBES,
  ...HOST_ADDRESS_PROBES,
  ...APACHE_PROBES,
  SAMBA_SHARES_PROBE,
  ...BACKUP_PROBES,
  ...UPDATES_PROBES,
  ...SAMBA_WALK_PROBES,
];

/** Every check of hosts, web servers, shares and sites, in the order in which a subject shows them. */
export const HOSTS_CHECKS: readonly Check[] = [
  ...BACKUP_CHECKS,
  ...UPDATES_CHECKS,
  ...HOST_CHECKS,
  ...APACHE_CHECKS,
  ...SAMBA_CHECKS,
];
