import { toPort } from '../kinds/parse-kit';
import type { ServerReading } from './model';
import { cell, filled, type Rows, truthOf, wholeOf } from './rows';

type Group = NonNullable<ServerReading['group']>;

/**
 * Is this server a member of a group that orders its writes itself? Then nothing about it is decided as if it
 * replicated asynchronously. null: it is in none, as far as it tells.
 */
export function groupOf(rows: Rows): Group | null {
  return galeraOf(rows) ?? groupReplicationOf(rows);
}

function galeraOf(rows: Rows): Group | null {
  if (truthOf(rows.named('variables', 'wsrep_on')) !== true) return null;
  const side = filled(rows.named('status', 'wsrep_cluster_status'));
  const addresses = filled(rows.named('status', 'wsrep_incoming_addresses'));
  return {
    technology: 'galera',
    state: filled(rows.named('status', 'wsrep_local_state_comment')),
    primary: side === null ? null : side.toLowerCase() === 'primary',
    size: wholeOf(rows.named('status', 'wsrep_cluster_size')),
    members:
      addresses?.split(',').map((address) => {
        const match = /^(.*?)(?::(\d+))?$/.exec(address.trim());
        return { host: match?.[1] || '?', port: toPort(match?.[2]), state: null, role: null };
      }) ?? null,
  };
}

/** A server that is in no group shows one row, OFFLINE and without an id (MySQL manual). */
function groupReplicationOf(rows: Rows): Group | null {
  const members = (rows.all('group') ?? []).filter((row) => filled(cell(row, 'MEMBER_ID')) !== null);
  const uuid = rows.named('variables', 'server_uuid')?.toLowerCase();
  const own = members.find((row) => cell(row, 'MEMBER_ID')?.toLowerCase() === uuid);
  if (!own) return null;
  const state = filled(cell(own, 'MEMBER_STATE'));
  if (members.length === 1 && state === 'OFFLINE') return null;
  const role = filled(cell(own, 'MEMBER_ROLE'));
  return {
    technology: 'group-replication',
    state,
    // 5.7 names no roles
    primary: role === null ? null : role.toUpperCase() === 'PRIMARY',
    size: members.length,
    members: members.map((row) => ({
      host: cell(row, 'MEMBER_HOST') ?? '?',
      port: toPort(cell(row, 'MEMBER_PORT')),
      state: filled(cell(row, 'MEMBER_STATE')),
      role: filled(cell(row, 'MEMBER_ROLE')),
    })),
  };
}
