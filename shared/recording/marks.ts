import type { Finding, Topology } from '../views/topology';
import type { Mark } from './frame';

/** Findings that say no more than that a host was lost, which has its own mark. */
const SAID_BY_HOST = new Set(['HOST_UNREACHABLE', 'NOT_ANSWERING_ANY_HOST']);

/** One finding over time: the same code about the same nodes. */
export const findingId = ({ code, nodes }: Pick<Finding, 'code' | 'nodes'>): string =>
  `${code}/${nodes.join(',')}`;

/** What was known when marks were last made. A finding that can no longer be seen, or that another
 * one masks, stays known. */
export interface Known {
  topology: Topology;
  findings: ReadonlyMap<string, Finding>;
}

/** What happened since, and what is known now. Nothing is news while nothing was known. */
export function marksSince(
  before: Known | null,
  topology: Topology,
  t: number,
): { marks: Mark[]; known: Known } {
  const now = notable(topology);
  if (!before) return { marks: [], known: { topology, findings: now } };
  const marks = hostMarks(before.topology, topology, t);
  const unseen = unseenNodes(topology);
  const isHidden = ({ code, nodes }: Finding) =>
    nodes.some((node) => unseen.has(node)) ||
    topology.findings.some(
      (one) => one.masks.includes(code) && one.nodes.some((node) => nodes.includes(node)),
    );
  const held = [...before.findings].filter(([id, finding]) => !now.has(id) && isHidden(finding));
  const known = { topology, findings: new Map([...held, ...now]) };
  // Until every host was asked once, a finding is what was found there and not what happened.
  if (before.topology.hosts.some((host) => host.state === 'unasked')) return { marks, known };
  for (const [id, finding] of now)
    if (!before.findings.has(id)) marks.push({ t, what: 'finding-came', finding: brief(finding) });
  for (const [id, finding] of before.findings)
    if (!known.findings.has(id)) marks.push({ t, what: 'finding-went', finding: brief(finding) });
  return { marks, known };
}

function hostMarks(before: Topology, after: Topology, t: number): Mark[] {
  const was = new Map(before.hosts.map((host) => [host.id, host.state]));
  return after.hosts.flatMap(({ id, state, error }): Mark[] => {
    const old = was.get(id);
    if (state === 'unreachable' && old !== 'unreachable')
      return [{ t, what: 'host-lost', host: id, error: error ?? '' }];
    return state === 'answered' && old === 'unreachable' ? [{ t, what: 'host-back', host: id }] : [];
  });
}

const notable = ({ findings }: Topology) =>
  new Map(
    findings
      .filter(({ code, severity }) => severity !== 'info' && !SAID_BY_HOST.has(code))
      .map((finding) => [findingId(finding), finding]),
  );

/** Nodes and hosts of which nothing is known at this moment. */
const unseenNodes = ({ hosts, nodes }: Topology): ReadonlySet<string> => {
  const lost = new Set(hosts.filter(({ state }) => state !== 'answered').map(({ id }) => id));
  return new Set([
    ...lost,
    ...nodes.filter(({ host }) => host !== null && lost.has(host)).map(({ id }) => id),
  ]);
};

/** What a sentence needs of it, and where it was seen. */
const brief = (finding: Finding): Finding => ({ ...finding, masks: [] });

/** Hosts whose outputs show what happened. */
export const hostsOf = (mark: Mark): string[] =>
  'host' in mark
    ? [mark.host]
    : 'finding' in mark
      ? [...new Set(mark.finding.evidence.map(({ host }) => host))]
      : [];

/** One mark among all of a recording. */
export const markId = (mark: Mark): string =>
  `${mark.t} ${mark.what} ${'host' in mark ? mark.host : 'finding' in mark ? findingId(mark.finding) : ''}`;

/** The sign a mark is drawn with. */
export type MarkShape = 'critical' | 'attention' | 'unknown' | 'note';

export function shapeOf(mark: Mark): MarkShape {
  switch (mark.what) {
    case 'host-lost':
      return 'unknown';
    case 'finding-came':
      return mark.finding.severity === 'critical' ? 'critical' : 'attention';
    case 'host-back':
    case 'finding-went':
    case 'estate-changed':
      return 'note';
  }
}
