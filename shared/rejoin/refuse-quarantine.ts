import { isSwitchable } from '../switchover/events';
import { isMysql } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';
import { refusal } from '../switchover/refusal';
import { rightsRefusals } from '../switchover/refuse-access';
import { bootRefusals, versionRefusals } from '../switchover/refuse-servers';
import type { Refusal } from '../views/lever';
import { ownTransactions } from './own-transactions';
import { ofTwo, unreadRefusals } from './refuse-rejoin';
import type { RejoinGround } from './rejoin-ground';
import { eventsToSleep } from './steps-quarantine';

/**
 * Everything that speaks against keeping an old primary apart, all at once. It may be open: then it is closed. What it holds
 * alone has to be saved first, wherever that can be told.
 */
export function refuseQuarantine(ground: RejoinGround): Refusal[] {
  const { replication, readings, own } = ground;
  const { from, to, members } = readings;
  const [old, next] = [members[from], members[to]];
  if (!old || !next) return unreadRefusals(ground);
  const touched = ofTwo(ground, old, next);
  const alone = ownTransactions(old, next);
  const isAhead = alone !== null && alone !== 'unknown';
  const text = own?.read?.salvageError?.message ?? own?.error?.message ?? '?';
  return [
    ...(replication.members.some(({ server }) => server.group !== null) ? [refusal('GROUP')] : []),
    ...channelRefusals(old),
    ...(alone === 'unknown' ? [refusal('REJOIN_HISTORY_UNKNOWN', { node: from, to })] : []),
    ...(isAhead && !own?.read?.salvage ? [refusal('REJOIN_NOT_SAVED', { node: from, text })] : []),
    ...(ground.startsBy === null ? [refusal('REJOIN_SERVICE_UNREAD', { node: from })] : []),
    ...eventRefusals(old),
    ...versionRefusals(old),
    ...bootRefusals(touched),
    ...rightsRefusals(touched),
  ];
}

function channelRefusals({ node, channels }: MemberReading): Refusal[] {
  if (channels === null) return [refusal('CHANNELS_UNREAD', { node })];
  const [first] = channels;
  return first ? [refusal('REJOIN_FOLLOWS', { node, source: first.sourceHost })] : [];
}

/** What runs by itself is put to sleep, and nothing else of it may change by that. */
function eventRefusals(old: MemberReading): Refusal[] {
  if (old.events === null && !isMysql(old)) return [refusal('EVENTS_UNKNOWN', { node: old.node })];
  return eventsToSleep(old)
    .filter(({ event }) => !isSwitchable(event))
    .map(({ event }) => refusal('EVENT_CHARSET', { event: `${event.schema}.${event.name}` }));
}
