import type { Refusal } from '../views/lever';
import { missingRights } from './grants';
import type { SwitchoverReadings } from './readings';
import { type Ground, type Refuse, refusal } from './refusal';
import { replicationUser } from './scene';
import { hookHosts, hookKnows } from './traffic';

/** Rights, accounts, logins, traffic hooks and the backup: what has to be there before anything is touched. */
export const refuseAccess: Refuse = (ground) => [
  ...rightsRefusals(ground),
  ...replicationRefusals(ground),
  ...trafficRefusals(ground),
  ...backupRefusals(ground),
];

/** A missing right is named before the start, not found half-way. */
export function rightsRefusals({ readings }: Ground): Refusal[] {
  return [
    ...Object.values(readings.members).flatMap((member) => {
      const { node, actingAccount } = member;
      const missing = missingRights(member);
      if (missing === null) return [refusal('RIGHTS_UNKNOWN', { node, account: actingAccount })];
      return missing.length === 0
        ? []
        : [refusal('RIGHTS', { node, account: actingAccount, list: missing.join(', ') })];
    }),
    ...sudoOf(readings).flatMap(([node, refuses]) => {
      if (refuses === null) return [refusal('SUDO_UNKNOWN', { node })];
      return refuses.length === 0 ? [] : [refusal('SUDO', { node, list: refuses.join(', ') })];
    }),
  ];
}

/** Of servers and of hosts that only traffic hooks name: what may not be run as root. */
const sudoOf = ({ members, hosts }: SwitchoverReadings): [string, readonly string[] | null][] => [
  ...Object.values(members).map(({ node, sudoRefuses }): [string, readonly string[] | null] => [
    node,
    sudoRefuses,
  ]),
  // One that was not reached is named by its hook.
  ...Object.values(hosts)
    .filter(({ identity }) => identity !== null)
    .map(({ host, sudoRefuses }): [string, readonly string[] | null] => [host, sudoRefuses]),
];

/** T12: the replication account logs in to the new primary from everybody who will follow it. */
export function replicationRefusals({ estate, readings }: Ground): Refusal[] {
  const { from, to, others, members } = readings;
  const service = members[to]?.service;
  const without = [to, ...(members[from]?.semiSync?.source ? [from] : [])].filter((node) => {
    const own = members[node]?.service;
    return own !== undefined && replicationUser(estate, own) === null;
  });
  if (service === undefined || without.length > 0)
    return without.map((node) => refusal('NO_REPLICATION_ACCOUNT', { node }));
  return loginRefusals(readings, [from, ...others]);
}

/** Of those who will follow the new primary. */
export function loginRefusals(
  { to, replicationLogins }: Pick<SwitchoverReadings, 'to' | 'replicationLogins'>,
  nodes: readonly string[],
): Refusal[] {
  return nodes.flatMap((node) => {
    const login = replicationLogins.find((one) => one.from === node && one.to === to);
    if (!login) return [refusal('LOGIN_UNTESTED', { node, to })];
    return login.error === null
      ? []
      : [refusal('LOGIN', { node, to, code: login.error.code, text: login.error.message })];
  });
}

/** A hook that cannot lead to the new server would leave clients at the old one. */
function trafficRefusals({ estate, readings }: Ground): Refusal[] {
  const hooks = estate.clusters.find(({ id }) => id === readings.cluster)?.acting?.traffic ?? [];
  const ends = [readings.from, readings.to];
  const onMembers = new Set(Object.values(readings.members).map(({ host }) => host));
  return hooks.flatMap((hook) => [
    ...ends.flatMap((node) => {
      const service = readings.members[node]?.service;
      return service === undefined || hookKnows(hook, service)
        ? []
        : [refusal('HOOK_INCOMPLETE', { hook: hook.id, node })];
    }),
    ...hookHosts(hook)
      .filter((host) => !onMembers.has(host) && !readings.hosts[host]?.identity)
      .map((host) => refusal('HOOK_HOST', { hook: hook.id, host })),
  ]);
}

/** What has to be typed to go on without a verified backup. The same in every language: it is a name, not a sentence. */
export const WITHOUT_BACKUP = 'no backup';
const HOUR_MS = 3_600_000;

function backupRefusals({ readings: { backup }, madeAt }: Ground): Refusal[] {
  const refuse = (code: string, params: Record<string, string> = {}) => [
    refusal(code, params, WITHOUT_BACKUP),
  ];
  switch (backup.state) {
    case 'not-stated':
      return refuse('BACKUP_NOT_STATED');
    case 'unknown':
      return refuse('BACKUP_UNKNOWN', { host: backup.host, file: backup.mark });
    case 'read': {
      const hours = (madeAt - backup.verifiedAt) / HOUR_MS;
      if (hours <= backup.limitHours) return [];
      return refuse('BACKUP_OLD', {
        host: backup.host,
        file: backup.mark,
        hours: `${Math.floor(hours)}`,
        limit: `${backup.limitHours}`,
      });
    }
  }
}
