import type { ReplicationMember } from '@shared/replication/model';
import type { ReactNode } from 'react';
import { Status } from '../ui/marks';
import { useWords } from '../words';

/** What one server says of itself; what it does not say is unknown, never zero. */
export function MemberFacts({ member }: { member: ReplicationMember }) {
  const { ui, common, quantity } = useWords();
  const { server } = member;
  const columns = ui.replication.columns;
  const unknown = <Status mark="unknown" label={common.unknown} />;
  const or = (value: string | null): ReactNode => (value === null || value === '' ? unknown : value);
  const lag = (): ReactNode => {
    const seconds = member.lag?.seconds ?? null;
    if (seconds !== null) {
      const { text, unit } = quantity(seconds, 'seconds');
      return `${text} ${unit}`;
    }
    return member.role === 'primary' || member.role === 'standalone' ? ui.replication.notReplica : unknown;
  };
  const writable = member.writable === null ? unknown : member.writable ? ui.role.writable : ui.role.readOnly;
  const rows: [string, ReactNode][] = [
    [columns.role, member.role === 'unknown' ? unknown : common.role[member.role]],
    [columns.writable, writable],
    [columns.lag, lag()],
    [columns.version, or([server.product, server.version?.join('.')].filter(Boolean).join(' '))],
    [columns.serverId, or(server.identity.serverId)],
    [columns.uuid, or(server.identity.uuid)],
    [columns.gtid, or(server.gtid.executed)],
  ];
  return (
    <table className="facts" data-testid={`says-${server.node}`}>
      <caption className="mono">{server.node}</caption>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="mono">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
