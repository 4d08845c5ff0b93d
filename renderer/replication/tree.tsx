import type { Edge, ReplicationCluster, ReplicationMember } from '@shared/replication/model';
import {
  type LinkState,
  linkStateOf,
  rowName,
  shortGtid,
  type TreeRow,
  treeOf,
} from '@shared/replication/tree';
import { formatCount } from '@shared/text/format';
import { type KeyboardEvent, useMemo } from 'react';
import type { Sample } from '../memory';
import { type Mark, Shape } from '../ui/marks';
import { useWords } from '../words';
import { MemberCard, useMemberState } from './member-card';
import { CARD, type Line, layoutOf } from './tree-layout';

interface TreeProps {
  cluster: ReplicationCluster;
  /** The server whose word is shown. */
  selected: string | null;
  onSelect: (node: string) => void;
  samplesOf: (node: string) => readonly Sample[];
}

/** Who replicates from whom: a card a server, below the one it follows; what no tree can hold is an arrow more. */
export function Tree({ cluster, selected, onSelect, samplesOf }: TreeProps) {
  const { ui, replication } = useWords();
  const tree = useMemo(() => treeOf(cluster), [cluster]);
  const { width, height, rows, branches, arrows } = useMemo(() => layoutOf(tree), [tree]);
  const memberOf = (id: string) => tree.rows.find((row) => row.id === id)?.member ?? null;
  const nameOf = (id: string) => rowName({ id });
  const states = tree.arrows.map(({ edge, to }) => linkStateOf(edge, memberOf(to)));
  return (
    <div className="tree-scroll">
      <div className="tree" style={{ width, height }}>
        <svg className="tree-lines" width={width} height={height} aria-hidden="true">
          {branches.map((line) => {
            const row = tree.rows.find(({ id }) => id === line.to);
            return row?.edge ? <LinkLine key={line.to} line={line} state={stateOf(row, memberOf)} /> : null;
          })}
          {arrows.map((line, n) => (
            <LinkLine key={`${line.from} ${line.to}`} line={line} state={states[n] ?? 'unknown'} />
          ))}
        </svg>
        <ol aria-label={ui.replication.who} onKeyDown={(event) => walk(event, tree.rows)}>
          {rows.map(({ row, x, y }) => (
            <li key={row.id} className="tree-row" style={{ left: x, top: y }}>
              {row.edge && <LinkSays edge={row.edge} state={stateOf(row, memberOf)} />}
              {row.member ? (
                <>
                  <Card
                    member={row.member}
                    selected={row.id === selected}
                    onSelect={() => onSelect(row.id)}
                    samples={samplesOf(row.id)}
                  />
                  <Gutter member={row.member} />
                </>
              ) : (
                <Outside row={row} edges={cluster.edges} />
              )}
            </li>
          ))}
        </ol>
      </div>
      {tree.arrows.length > 0 && (
        <ul className="tree-also">
          {tree.arrows.map(({ from, to, edge }, n) => (
            <li key={`${from} ${to} ${edge.channel}`} className="tree-also-row">
              <Shape mark={MARKS[states[n] ?? 'unknown']} />
              <span>
                {replication.extra(nameOf(from), nameOf(to))}
                {edge.channel !== '' && ` · ${replication.channel(edge.channel)}`} ·{' '}
                {replication.link[states[n] ?? 'unknown']}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A link to somebody who is no member is judged by the one end that is. */
const stateOf = (row: TreeRow, memberOf: (id: string) => ReplicationMember | null): LinkState =>
  row.edge ? linkStateOf(row.edge, memberOf(row.id)) : 'unknown';

const MARKS: Readonly<Record<LinkState, Mark>> = {
  flows: 'ok',
  'half-open': 'attention',
  connecting: 'attention',
  stopped: 'attention',
  broken: 'critical',
  unknown: 'unknown',
};

/** Double, because it is replication: its colour and dashes say its state, and so does the word beside it. */
function LinkLine({ line, state }: { line: Line; state: LinkState }) {
  const { x, y } = line.tip;
  const m = line.mark;
  return (
    <g className={`link-line link-line-${state}`}>
      <path className="link-outer" d={line.path} />
      <path className="link-inner" d={line.path} />
      <path className="link-tip" d={`M${x - 8} ${y - 5}l8 5-8 5z`} />
      {state === 'broken' && <path className="link-cross" d={`M${m.x - 4} ${m.y - 4}l8 8m0-8-8 8`} />}
    </g>
  );
}

/** The state of both threads, beside the arrow. */
function LinkSays({ edge, state }: { edge: Edge; state: LinkState }) {
  const { replication } = useWords();
  const threads = `${replication.receiver[edge.receiver ?? 'unknown']} · ${replication.applier[edge.applier ?? 'unknown']}`;
  const channel = edge.channel === '' ? '' : `${replication.channel(edge.channel)} · `;
  return (
    <p className={`link-says link-says-${state}`} title={replication.toldBy[edge.toldBy]} data-link={state}>
      {state !== 'flows' && <Shape mark={MARKS[state]} />}
      <span>
        {channel}
        {state === 'half-open' || state === 'unknown' ? replication.link[state] : threads}
      </span>
    </p>
  );
}

function Card({
  member,
  selected,
  onSelect,
  samples,
}: {
  member: ReplicationMember;
  selected: boolean;
  onSelect: () => void;
  samples: readonly Sample[];
}) {
  const { replication, common, ui, quantity } = useWords();
  const { server, lag } = member;
  const { label } = useMemberState(member);
  const age = lag?.seconds ?? null;
  const { text, unit } = quantity(age ?? 0, 'seconds');
  const says =
    lag === null
      ? ui.replication.notReplica
      : age === null
        ? replication.lagUnknown
        : replication.lagSays(`${text} ${unit}`, replication.lagBy[lag.by ?? 'unknown']);
  const writable = common.writable[member.writable === null ? 'unknown' : member.writable ? 'yes' : 'no'];
  return (
    <button
      type="button"
      className={selected ? 'tree-card tree-card-on' : 'tree-card'}
      style={{ width: CARD.width, height: CARD.height }}
      aria-pressed={selected}
      aria-label={replication.card(server.node, common.role[member.role], writable, label, says)}
      data-testid={`member-${server.node}`}
      data-row={server.node}
      onClick={onSelect}
    >
      <MemberCard member={member} samples={samples} />
    </button>
  );
}

/** Exact counts at the right of a card: what was received, what waits, what has not come. */
function Gutter({ member }: { member: ReplicationMember }) {
  const { replication, common } = useWords();
  const { server, lag } = member;
  if (server.state !== 'answers') return null;
  const count = (digits: string | null) => (digits === null ? common.unknown : exact(digits));
  const received = server.channels?.map((channel) => channel.received).find((text) => text !== null) ?? null;
  const rows: [string, string, string][] =
    lag === null
      ? server.gtid.executed === null
        ? []
        : [[replication.executed, shortGtid(server.gtid.executed) || common.none, server.gtid.executed]]
      : [
          ...(received === null
            ? []
            : [
                [replication.received, shortGtid(received) || common.none, received] as [
                  string,
                  string,
                  string,
                ],
              ]),
          [replication.waiting, count(lag.waiting), ''],
          [replication.missing, count(lag.missing), ''],
        ];
  return (
    <dl className="gutter" style={{ left: CARD.width + 10 }}>
      {rows.map(([what, value, whole]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd title={whole || undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const exact = (digits: string): string =>
  Number.isSafeInteger(Number(digits)) ? formatCount(Number(digits)) : digits;

/** Somebody a member speaks of, whom the estate does not name: drawn as what is not known. */
function Outside({ row, edges }: { row: TreeRow; edges: readonly Edge[] }) {
  const { replication } = useWords();
  const name = rowName(row);
  const below = edges.find((edge) => edge.from === null && edge.sourceName === name);
  return (
    <div
      className="outside"
      style={{ width: CARD.width, height: CARD.height }}
      data-testid={`outside-${name}`}
    >
      <span className="card-name foreign">{name}</span>
      <span className="soft">
        {below ? replication.outsideSource(below.replicaName) : replication.outsideReplica(row.parent ?? '')}
      </span>
      <span className="badge badge-unknown">{replication.outside}</span>
    </div>
  );
}

/** Arrows walk the tree: up and down by line, left to the source, right to the first replica. */
function walk(event: KeyboardEvent<HTMLElement>, rows: readonly TreeRow[]): void {
  const cards = rows.filter(({ member }) => member !== null);
  const here = document.activeElement?.getAttribute('data-row') ?? null;
  const index = cards.findIndex(({ id }) => id === here);
  const row = cards[index];
  if (!row) return;
  const next = {
    ArrowUp: cards[index - 1],
    ArrowDown: cards[index + 1],
    ArrowLeft: cards.find(({ id }) => id === row.parent),
    ArrowRight: cards.find(({ parent }) => parent === row.id),
  }[event.key];
  if (!event.key.startsWith('Arrow')) return;
  event.preventDefault();
  if (next) focusCard(next.id);
}

export function focusCard(id: string): void {
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
}
