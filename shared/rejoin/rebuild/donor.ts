import { channelOf, isMysql } from '../../switchover/member';
import type { MemberReading, SwitchoverReadings } from '../../switchover/readings';

/** From whom the data comes, and why from that one. */
export interface Donor {
  node: string;
  /** `replica`: the primary is spared the load; `primary`: no replica is fit for it. */
  because: 'replica' | 'primary';
}

/**
 * A replica that follows the new primary with both threads and says where it stands, else the primary itself. Pure; the
 * first by name, so that the same readings give the same donor.
 */
export function donorOf({ to, others, members }: SwitchoverReadings): Donor {
  const next = members[to];
  const [replica] = [...others].sort().filter((node) => {
    const member = members[node];
    return member !== undefined && next !== undefined && isFit(member, next);
  });
  return replica === undefined ? { node: to, because: 'primary' } : { node: replica, because: 'replica' };
}

function isFit(member: MemberReading, next: MemberReading): boolean {
  const channel = channelOf(member);
  const follows = channel?.sourceHost === next.address && channel.sourcePort === next.port;
  const closed = isMysql(member) ? member.superReadOnly === true : member.readOnly;
  return (
    follows &&
    channel.receiverOn &&
    channel.applierOn &&
    closed &&
    series(member) === series(next) &&
    !!member.position
  );
}

/** "9.7": what two servers must have in common for one to take the other's files. */
export const series = ({ dialect, version }: Pick<MemberReading, 'dialect' | 'version'>): string =>
  `${dialect} ${version.slice(0, 2).join('.')}`;
