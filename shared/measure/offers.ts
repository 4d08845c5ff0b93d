import { assertNever } from '../errors';
import type { DataSet, Estate, Host } from '../estate/schema';
import { answerOf, type Snapshot } from '../snapshot';
import { COPY_RATE } from './copy';
import type { MeasureKind, MeasureOffer, MeasureRequest } from './model';

/** Everything that can be measured of an estate, with its bounds, what it costs and what it still lacks. */
export function offersOf(estate: Estate, snapshot: Snapshot | null): MeasureOffer[] {
  return [
    ...estate.dataSets.flatMap((set) => offersOfSet(estate, set, snapshot)),
    ...estate.hosts.flatMap(offersOfHost),
  ];
}

/** What the console offers to begin with. Small: whoever knows the link and the hour asks for more. */
const DEFAULTS = {
  'write-rate': { seconds: 60 },
  walk: { seconds: 900 },
  walks: 3,
  copy: { bytes: 64_000_000, seconds: 20, streams: 1 },
  latency: { samples: 30 },
} as const;

function offersOfSet(estate: Estate, set: DataSet, snapshot: Snapshot | null): MeasureOffer[] {
  const service = estate.services.find(({ id }) => id === set.service);
  const host = estate.hosts.find(({ id }) => id === service?.hosts?.[0]) ?? null;
  const at = (...fields: string[]) => fields.map((field) => `dataSets/${set.id}/${field}`);
  if (set.store === 'database') {
    const account = service?.sql?.credentials.read.user ?? null;
    const lacks = host === null ? 'host' : account === null ? 'sql-account' : null;
    const request = { kind: 'write-rate', subject: set.id, ...DEFAULTS['write-rate'] } as const;
    return [offer(request, host, account, at('changeRate'), lacks)];
  }
  if (set.store !== 'files' && set.store !== 'document') return [];
  const trees = host && service ? sharedTrees(snapshot, host.id, service.id) : [];
  const lacks = host === null ? 'host' : trees.length === 0 ? 'trees' : null;
  const walk = { subject: set.id, trees, ...DEFAULTS.walk };
  const account = host?.ssh?.user ?? null;
  return [
    offer(
      { kind: 'changed-files', ...walk },
      host,
      account,
      at('size', 'fileCount', 'changedFiles', 'changeRate'),
      lacks,
    ),
    offer(
      { kind: 'tree-walk', ...walk, walks: DEFAULTS.walks },
      host,
      account,
      ['assumptions/scanTime'],
      lacks,
    ),
  ];
}

function offersOfHost(host: Host): MeasureOffer[] {
  const account = host.ssh?.user ?? null;
  const lacks = host.ssh?.host === undefined && host.address === 'unknown' ? 'host' : null;
  return [
    offer({ kind: 'copy', subject: host.id, ...DEFAULTS.copy }, host, account, [COPY_RATE], lacks),
    offer(
      { kind: 'latency', subject: host.id, ...DEFAULTS.latency },
      host,
      account,
      ['assumptions/roundTripTime'],
      lacks,
    ),
  ];
}

function offer(
  request: MeasureRequest,
  host: Host | null,
  account: string | null,
  enters: string[],
  lacks: MeasureOffer['lacks'],
): MeasureOffer {
  const { kind, subject } = request;
  return { kind, subject, host: host?.id ?? null, account, request, cost: costOf(request), enters, lacks };
}

/** Seconds a question to sshd may wait for its answer. */
export const LATENCY_LIMIT_SECONDS = 5;
/** What starting a command and ending it may take beside its own limit. */
const SLACK_SECONDS = 10;

/** The most that a request can cost: seconds, and bytes over the link to this desk where it is more than some kB. */
export function costOf(request: MeasureRequest): MeasureOffer['cost'] {
  switch (request.kind) {
    case 'write-rate':
    case 'changed-files':
      return { seconds: request.seconds + SLACK_SECONDS, bytes: null };
    case 'tree-walk':
      return { seconds: request.walks * (request.seconds + SLACK_SECONDS), bytes: null };
    case 'copy':
      return { seconds: request.seconds + SLACK_SECONDS, bytes: request.bytes };
    case 'latency':
      return { seconds: request.samples * LATENCY_LIMIT_SECONDS, bytes: null };
    default:
      return assertNever(request);
  }
}

/**
 * Paths that the file server shares, as the last look read them ("name /path (read only)"). One whose path depends on who
 * logs in (%U) is nobody's tree.
 */
function sharedTrees(snapshot: Snapshot | null, host: string, service: string): string[] {
  const shares = answerOf(snapshot?.hosts[host])?.services[service]?.facts['samba.shares']?.value;
  if (!Array.isArray(shares)) return [];
  const paths = shares.flatMap((share) => /^.+? (\/[^%]*?)(?: \(read only\))?$/.exec(share)?.[1] ?? []);
  return outermost(paths);
}

/** Trees without those that lie within another of them: nothing is counted twice. */
export function outermost(trees: readonly string[]): string[] {
  const plain = [...new Set(trees.map((tree) => tree.replace(/(?<=.)\/+$/, '')))];
  return plain.filter(
    (tree) => !plain.some((other) => other !== tree && tree.startsWith(other === '/' ? '/' : `${other}/`)),
  );
}

/** What is asked for when a person names a kind and a subject alone, from what is offered; null: not offered. */
export const offerFor = (
  offers: readonly MeasureOffer[],
  kind: MeasureKind,
  subject: string,
): MeasureOffer | null => offers.find((one) => one.kind === kind && one.subject === subject) ?? null;
