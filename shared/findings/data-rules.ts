import { factOf, listOf, truthOf } from '../kinds/fact-of';
import { answeredNodes, shows } from './ask';
import type { Rule } from './view';

/** What databases say of their own safety. Each needs the server's own statement: no answer is no finding. */
export const DATA_RULES: readonly Rule[] = [
  {
    code: 'NO_REPLICA',
    severity: 'warning',
    masks: [],
    when: (view) =>
      answeredNodes(view).flatMap(({ node, service, answer }) => {
        // Of a member of a cluster its own rules tell more than that nobody is connected just now.
        if (
          view.estate.clusters.some(
            ({ members }) => members.length > 1 && members.some((one) => one.service === service.id),
          )
        )
          return [];
        const sources = factOf(answer, service.id, 'mysql.sources');
        const replicas = factOf(answer, service.id, 'mysql.replicas');
        if (listOf(sources)?.length !== 0 || listOf(replicas)?.length !== 0) return [];
        return [
          {
            nodes: [node.id],
            params: { service: service.id, host: node.host ?? '?' },
            evidence: shows(node.host ?? '?', replicas, sources),
          },
        ];
      }),
  },
  {
    code: 'BINLOG_OFF',
    severity: 'warning',
    masks: [],
    when: (view) =>
      answeredNodes(view).flatMap(({ node, service, answer }) => {
        const fact = factOf(answer, service.id, 'mysql.logBin');
        if (truthOf(fact) !== false) return [];
        return [
          {
            nodes: [node.id],
            params: { service: service.id, host: node.host ?? '?' },
            evidence: shows(node.host ?? '?', fact),
          },
        ];
      }),
  },
];
