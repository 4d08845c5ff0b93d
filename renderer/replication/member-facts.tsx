import type { Channel, Lag, ReplicationMember, ServerReading } from '@shared/replication/model';
import { formatDuration } from '@shared/text/format';
import { type ReactNode, useState } from 'react';
import { formatRoute } from '../route';
import { ErrorSentence } from '../ui/error-sentence';
import { EvidenceView } from '../ui/evidence-view';
import { Status } from '../ui/marks';
import { useWords, type Words } from '../words';

interface Row {
  label: string;
  /** null: unknown. */
  value: string | null;
  /** By which of the tables it was read. */
  table?: string;
}

/** What one server says of itself; what it does not say is unknown, never zero. A line opens its statement. */
export function MemberFacts({ member }: { member: ReplicationMember }) {
  const words = useWords();
  const { common, replication } = words;
  const { server } = member;
  const [open, setOpen] = useState<string | null>(null);
  const rows = rowsOf(member, words);
  return (
    <section className="panel" data-testid={`says-${server.node}`}>
      <header className="panel-head">
        <h2>{replication.says(server.node)}</h2>
        <a className="link-button" href={formatRoute({ place: 'topology', id: server.node, query: {} })}>
          {replication.topology}
        </a>
      </header>
      <div className="panel-body">
        {server.errors.map((error) => (
          <ErrorSentence key={`${error.code} ${error.message}`} error={error} />
        ))}
        <table className="facts">
          <tbody>
            {rows.map(({ label, value, table }) => {
              const id = table === undefined ? undefined : server.evidence[table];
              const shown: ReactNode =
                value === null ? <Status mark="unknown" label={common.unknown} /> : value;
              return (
                <Line
                  key={label}
                  label={label}
                  open={open === label}
                  onOpen={id && (() => setOpen(open === label ? null : label))}
                  shown={shown}
                >
                  {server.host !== null && id !== undefined && open === label && (
                    <EvidenceView host={server.host} id={id} />
                  )}
                </Line>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Line({
  label,
  shown,
  open,
  onOpen,
  children,
}: {
  label: string;
  shown: ReactNode;
  open: boolean;
  onOpen: (() => void) | '' | undefined;
  children: ReactNode;
}) {
  return (
    <>
      <tr>
        <th scope="row">
          {onOpen ? (
            <button type="button" aria-expanded={open} onClick={onOpen}>
              {label}
            </button>
          ) : (
            label
          )}
        </th>
        <td className="mono">{shown}</td>
      </tr>
      {open && (
        <tr className="fact-open">
          <td colSpan={2}>{children}</td>
        </tr>
      )}
    </>
  );
}

function rowsOf(member: ReplicationMember, words: Words): Row[] {
  const { ui, common, replication } = words;
  const { facts } = replication;
  const { server, lag } = member;
  const writable = member.writable === null ? null : member.writable ? ui.role.writable : ui.role.readOnly;
  const product = [server.product, server.version?.join('.')].filter(Boolean).join(' ');
  return [
    { label: facts.role, value: member.role === 'unknown' ? null : common.role[member.role] },
    { label: facts.writable, value: writable, table: 'variables' },
    ...(server.group === null
      ? []
      : [{ label: facts.group, value: groupOf(server.group, words), table: 'status' }]),
    {
      label: facts.lag,
      value: lagOf(member, words),
      table: lag?.by === 'heartbeat' ? 'heartbeat' : 'channels',
    },
    ...(lag === null
      ? []
      : [{ label: facts.secondsBehind, value: textOf(lag.secondsBehind), table: 'channels' }]),
    ...(lag === null
      ? []
      : [
          { label: facts.rate, value: rateOf(lag, words), table: 'gtid' },
          { label: facts.catchUp, value: catchUpOf(lag, words), table: 'gtid' },
        ]),
    { label: facts.declared, value: server.address },
    { label: facts.version, value: product || null, table: 'variables' },
    { label: facts.serverId, value: server.identity.serverId, table: 'variables' },
    ...(server.dialect === 'mariadb'
      ? []
      : [{ label: facts.uuid, value: server.identity.uuid, table: 'variables' }]),
    { label: facts.gtid, value: gtidOf(server.gtid.executed, words), table: 'gtid' },
    ...(server.dialect === 'mariadb'
      ? []
      : [{ label: facts.purged, value: gtidOf(server.gtid.purged, words), table: 'gtid' }]),
    ...(server.channels ?? []).flatMap((channel) => channelRows(channel, server, words)),
    { label: facts.semiSync, value: semiSyncOf(server, words), table: 'status' },
    { label: facts.binlog, value: binlogOf(server), table: 'binlogs' },
    { label: facts.durable, value: pairOf(server.binlog.sync, server.flushAtCommit), table: 'variables' },
    { label: facts.restart, value: restartOf(server, words), table: 'config' },
    { label: facts.clock, value: clockOf(server, words), table: 'gtid' },
    { label: facts.disk, value: diskOf(server) },
  ];
}

function channelRows(channel: Channel, { at }: ServerReading, words: Words): Row[] {
  const { common, replication } = words;
  const { facts } = replication;
  const own = (label: string, value: string | null): Row => ({
    label: channel.name === '' ? label : `${label} · ${channel.name}`,
    value,
    table: 'channels',
  });
  const thread = (state: string, error: Channel['receiverError']) =>
    error ? `${state} · ${error.number}: ${error.text}` : state;
  const { retry, tls, filters, delaySeconds, lastHeard } = channel;
  return [
    own(
      facts.receiver,
      channel.receiver && thread(replication.receiver[channel.receiver], channel.receiverError),
    ),
    own(facts.applier, channel.applier && thread(replication.applier[channel.applier], channel.applierError)),
    own(facts.received, channel.received),
    own(facts.positioning, channel.positioning),
    own(facts.delay, delaySeconds === null ? null : delaySeconds === 0 ? common.none : `${delaySeconds} s`),
    own(facts.filters, filters && (filters.length === 0 ? common.none : filters.join(', '))),
    own(facts.tls, tls.on === null ? null : common[tls.on ? 'yes' : 'no']),
    own(
      facts.retry,
      retry.everySeconds === null || retry.times === null
        ? null
        : replication.retry(`${retry.everySeconds}`, retry.times),
    ),
    own(
      facts.lastHeard,
      lastHeard === null || at === null ? null : replication.ago(words.age(Math.max(0, at - lastHeard))),
    ),
  ];
}

function lagOf({ lag, role }: ReplicationMember, { ui, replication, quantity }: Words): string | null {
  if (lag === null) return role === 'unknown' ? null : ui.replication.notReplica;
  if (lag.seconds === null || lag.by === null) return null;
  const { text, unit } = quantity(lag.seconds, 'seconds');
  return `${text} ${unit} · ${replication.basis[lag.by]}`;
}

const rateOf = ({ appliedPerSecond }: Lag, { number }: Words): string | null =>
  appliedPerSecond === null ? null : number(appliedPerSecond);

function catchUpOf({ catchUp }: Lag, { replication, language }: Words): string | null {
  if (catchUp === null) return null;
  return catchUp === 'never' ? replication.never : formatDuration(catchUp * 1000, language);
}

function semiSyncOf({ semiSync }: ServerReading, { replication }: Words): string | null {
  const { source, replica } = semiSync;
  const enabled = source.enabled || replica.enabled;
  if (enabled === null) return null;
  if (!enabled) return replication.semiSync.off;
  return source.active || replica.active ? replication.semiSync.active : replication.semiSync.enabled;
}

const binlogOf = ({ binlog }: ServerReading): string | null =>
  binlog.on === null
    ? null
    : [binlog.on ? 'log_bin = ON' : 'log_bin = OFF', binlog.format, binlog.file].filter(Boolean).join(' · ');

function restartOf({ restart }: ServerReading, { replication }: Words): string | null {
  if (restart.readOnly === null) return null;
  const says = restart.readOnly ? replication.restartReadOnly : replication.restartWritable;
  return restart.where === null ? says : `${says} · ${restart.where}`;
}

const clockOf = ({ clockOffsetMs }: ServerReading, { language }: Words): string | null =>
  clockOffsetMs === null
    ? null
    : `${clockOffsetMs < 0 ? '−' : '+'}${formatDuration(Math.abs(clockOffsetMs), language)}`;

const diskOf = ({ disk }: ServerReading): string | null =>
  disk.mount === null || disk.percentUsed === null ? null : `${disk.mount} ${disk.percentUsed}\u00a0%`;

/** "Galera · Synced · 3 members": what it is a member of, and whether it still is, in the server's own words. */
function groupOf(
  { technology, state, primary, size }: NonNullable<ServerReading['group']>,
  { replication }: Words,
): string {
  return [
    replication.groupNames[technology],
    state,
    technology === 'galera' && primary === false ? replication.groupApart : null,
    size === null ? null : replication.groupMembers(`${size}`),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The empty set is a statement too. */
const gtidOf = (text: string | null, { common }: Words): string | null => (text === '' ? common.none : text);

const textOf = (value: number | null): string | null => (value === null ? null : `${value}`);
const pairOf = (a: number | null, b: number | null): string | null =>
  a === null || b === null ? null : `${a}, ${b}`;
