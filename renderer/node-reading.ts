import type { Text } from '@shared/estate/schema';
import { kindOf } from '@shared/kinds';
import { factOf } from '@shared/kinds/fact-of';
import type { Format, Kind } from '@shared/kinds/kind';
import { answerOf, type EvidenceHead, type Fact, type HostAnswer, type HostReading } from '@shared/snapshot';
import type { Finding, TopologyNode } from '@shared/views/topology';
import { factKey, type Memory, type Sample } from './memory';
import type { Watched } from './watched';

/** What the window shows of one node: the reading of its host, the answer to show, and its one number. */
export interface NodeReading {
  kind: Kind | undefined;
  reading: HostReading | undefined;
  answer: HostAnswer | null;
  vital: { value: number | null; format: Format; unit: Text; fact: Fact | undefined } | null;
  samples: readonly Sample[];
  findings: readonly Finding[];
}

export function readingOf(node: TopologyNode, { snapshot, findings, memory }: Watched): NodeReading {
  const kind = kindOf(node.kind);
  const reading = node.host === null ? undefined : snapshot.hosts[node.host];
  const answer = answerOf(reading);
  const vital = kind?.vital;
  const fact = vital ? factOf(answer, node.service, vital.fact) : undefined;
  return {
    kind,
    reading,
    answer,
    vital: vital
      ? {
          value: typeof fact?.value === 'number' ? fact.value : null,
          format: vital.format,
          unit: vital.unit,
          fact,
        }
      : null,
    samples: vital && node.host !== null ? samplesOf(memory, node.host, node.service, vital.fact) : [],
    findings: findings.filter((finding) => finding.nodes.includes(node.id)),
  };
}

const samplesOf = (memory: Memory, host: string, service: string, fact: string): readonly Sample[] =>
  memory.samples[factKey(host, service, fact)] ?? memory.samples[factKey(host, null, fact)] ?? [];

/** By which of its host's commands or statements a fact was read. */
export const evidenceOf = (answer: HostAnswer | null, id: string): EvidenceHead | undefined =>
  answer?.evidence.find((evidence) => evidence.id === id);

/** "SSH", "SQL": how a value was read, in the words of the facts table. */
export const viaOf = (evidence: EvidenceHead | undefined): string => evidence?.via.toUpperCase() ?? '';
