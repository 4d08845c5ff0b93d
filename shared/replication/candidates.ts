import { sourcesOf } from './graph';
import type { Candidate, ReplicationMember } from './model';
import type { ReplicationView } from './rules/rule';

/** A candidate may be this much behind: what it has to catch up is time without writes. */
export const CANDIDATE_LAG_SECONDS = 2;

/** Findings of a server that forbid promoting it, wherever they come from. */
const FORBIDS = [
  'REPLICA_WRITABLE',
  'HISTORIES_DIVERGED',
  'ERRANT_TRANSACTIONS',
  'REPLICA_AHEAD_OF_SOURCE',
  'BINLOG_PURGED',
  'APPLIER_ERROR',
  'APPLIER_STOPPED',
  'BOTH_THREADS_STOPPED',
  'RECEIVER_ERROR',
  'RECEIVER_STOPPED',
  'RECEIVER_CONNECTING',
  'HALF_OPEN_LINK',
  'DELAYED',
  'FILTERED',
  'NOT_LOGGING',
  'NOT_LOGGING_REPLICATED',
  'FILE_POSITIONING',
  'GTID_OFF',
  'VERSION_ORDER',
  'DUPLICATE_SERVER_ID',
  'DUPLICATE_UUID',
  'OVERLOOKS_ERRORS',
  'MULTI_SOURCE',
  'CIRCULAR',
  'NOT_UNDERSTOOD',
] as const;

type Because = Candidate['because'][number];

/**
 * Who could take over from a primary in a planned switchover. A refusal names the rule; what could not be read
 * is no "yes": the verdict is then unknown. Primaries themselves are left out.
 */
export function candidatesOf(view: ReplicationView): Candidate[] {
  return view.members
    .filter(({ server }) => !view.primaries.includes(server.node))
    .map((member) => {
      const refused = refusalsOf(member, view);
      const unknown = refused.length > 0 ? [] : unknownsOf(member, view);
      return {
        node: member.server.node,
        verdict: refused.length > 0 ? 'refused' : unknown.length > 0 ? 'unknown' : 'can',
        because: refused.length > 0 ? refused : unknown,
      };
    });
}

function refusalsOf(member: ReplicationMember, view: ReplicationView): Because[] {
  const { server, lag } = member;
  if (server.group) return [because('GROUP_MEMBER')];
  if (server.state !== 'answers') return [because('NOT_ANSWERING')];
  const sources = sourcesOf(server.node, view.edges);
  const direct = sources.some((source) => view.primaries.includes(source));
  const own = member.findings.map(({ code }) => code);
  return [
    ...(direct ? [] : [because('NOT_DIRECT', { from: sources.join(', ') || '—' })]),
    ...FORBIDS.filter((code) => own.includes(code)).map((code) => because(code)),
    ...(lag?.seconds !== null && lag !== null && lag.seconds > CANDIDATE_LAG_SECONDS
      ? [because('LAGGING', { seconds: `${lag.seconds}` })]
      : []),
    ...(server.channels?.some((channel) => (channel.delaySeconds ?? 0) > 0) && !own.includes('DELAYED')
      ? [because('DELAYED')]
      : []),
  ];
}

function unknownsOf({ server, lag }: ReplicationMember, view: ReplicationView): Because[] {
  const missing: (Because | false)[] = [
    server.channels === null && because('CHANNELS_UNKNOWN'),
    lag?.seconds === null && because('LAG_UNKNOWN'),
    (view.errants.get(server.node) ?? null) === null && because('ERRANTS_UNKNOWN'),
    server.binlog.on === null && because('SETTINGS_UNKNOWN'),
  ];
  return missing.filter((one) => one !== false);
}

const because = (code: string, params: Because['params'] = {}): Because => ({ code, params });
