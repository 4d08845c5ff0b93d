import { answerOf, type Facts, type Snapshot } from '@shared/snapshot';
import type { Finding } from '@shared/views/topology';

export interface Sample {
  at: number;
  value: number;
}

/** What this window remembers of the looks it has seen: readings for the sparklines, and when a finding came up. */
export interface Memory {
  /** By `factKey`, oldest first. */
  samples: Readonly<Record<string, readonly Sample[]>>;
  /** By `findingKey`: epoch milliseconds. */
  since: Readonly<Record<string, number>>;
}

export const emptyMemory: Memory = { samples: {}, since: {} };

/** One hour at one look every five seconds. */
const KEPT = 720;

export const factKey = (host: string, service: string | null, fact: string): string =>
  `${host}/${service ?? ''}/${fact}`;
export const findingKey = (finding: Pick<Finding, 'code' | 'nodes'>): string =>
  `${finding.code}/${finding.nodes.join(',')}`;

/** Adds one look to the memory. A reading that was already there is not added twice; a gap stays a gap. */
export function remember(memory: Memory, snapshot: Snapshot, findings: readonly Finding[]): Memory {
  const samples = { ...memory.samples };
  const add = (key: string, facts: Facts[string]) => {
    if (typeof facts.value !== 'number') return;
    const known = samples[key] ?? [];
    if ((known.at(-1)?.at ?? 0) >= facts.at) return;
    samples[key] = [...known, { at: facts.at, value: facts.value }].slice(-KEPT);
  };
  for (const [host, reading] of Object.entries(snapshot.hosts)) {
    const answer = answerOf(reading);
    if (!answer) continue;
    for (const [name, fact] of Object.entries(answer.facts)) add(factKey(host, null, name), fact);
    for (const [service, { facts }] of Object.entries(answer.services))
      for (const [name, fact] of Object.entries(facts)) add(factKey(host, service, name), fact);
  }
  const since = Object.fromEntries(
    findings.map((finding) => {
      const key = findingKey(finding);
      return [key, memory.since[key] ?? snapshot.takenAt];
    }),
  );
  return { samples, since };
}

const RANK = { critical: 0, warning: 1, info: 2 } as const;

/** The newest finding; of several that came up together, the most severe. */
export function newestFinding(findings: readonly Finding[], memory: Memory): Finding | null {
  const at = (finding: Finding) => memory.since[findingKey(finding)] ?? 0;
  const [newest] = findings
    .filter((finding) => finding.severity !== 'info')
    .toSorted((a, b) => at(b) - at(a) || RANK[a.severity] - RANK[b.severity]);
  return newest ?? null;
}
