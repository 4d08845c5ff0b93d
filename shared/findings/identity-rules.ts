import { textOf } from '../kinds/fact-of';
import type { HostAnswer } from '../snapshot';
import { areTwoServers } from '../watch/note-identity';
import { answered, answeredNodes, hostFact, nodesOn, shows } from './ask';
import type { Hit, Rule, View } from './view';

/** Two names for one server, and one name for two: whatever is planned for either would hit the wrong one. */

/** One machine has one boot id and one host key; containers share the first and clones the second, not both. */
function machineOf(answer: HostAnswer): string | null {
  const boot = textOf(hostFact(answer, 'host.boot'));
  return boot === null || answer.hostKey.fingerprint === '' ? null : `${answer.hostKey.fingerprint} ${boot}`;
}

interface Named {
  key: string | null;
  name: string;
  hit: Pick<Hit, 'nodes' | 'evidence'>;
}

/** Names that share a key, one hit for each key that has more than one. */
function shared(named: readonly Named[], form: 'host' | 'database'): Hit[] {
  const groups = new Map<string, Named[]>();
  for (const one of named) {
    if (one.key !== null) groups.set(one.key, [...(groups.get(one.key) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      nodes: group.flatMap(({ hit }) => hit.nodes),
      params: { hosts: group.map(({ name }) => name).join(', '), form },
      evidence: group.flatMap(({ hit }) => hit.evidence),
    }));
}

const sameMachine = (view: View): Hit[] =>
  shared(
    answered(view).map(({ host, answer }) => ({
      key: machineOf(answer),
      name: host.id,
      hit: { nodes: nodesOn(view, host.id), evidence: shows(host.id, hostFact(answer, 'host.boot')) },
    })),
    'host',
  );

/** Database servers with one uuid on hosts that are not already known to be one. */
function sameDatabase(view: View): Hit[] {
  const machines = sameMachine(view);
  const isOneMachine = (nodes: readonly string[]) =>
    machines.some((machine) => nodes.every((node) => machine.nodes.includes(node)));
  const named = answeredNodes(view).flatMap(({ node, service, answer }) => {
    const uuid = answer.services[service.id]?.facts['mysql.uuid'];
    const key = textOf(uuid);
    if (node.host === null || key === null) return [];
    return [{ key, name: node.id, hit: { nodes: [node.id], evidence: shows(node.host, uuid) } }];
  });
  return shared(named, 'database').filter(({ nodes }) => !isOneMachine(nodes));
}

function changedIdentity(view: View): Hit[] {
  return answered(view).flatMap(({ host, answer }) => {
    const seen = answer.identities ?? [];
    const now = seen.at(-1);
    const other = now && seen.slice(0, -1).findLast((one) => areTwoServers(one, now));
    if (!now || !other) return [];
    return [
      {
        nodes: nodesOn(view, host.id),
        params: {
          host: host.id,
          form: other.hostKey === now.hostKey ? 'boot' : 'key',
          expected: other.hostKey === now.hostKey ? other.boot : other.hostKey,
          got: other.hostKey === now.hostKey ? now.boot : now.hostKey,
        },
        evidence: shows(host.id, hostFact(answer, 'host.boot')),
      },
    ];
  });
}

export const IDENTITY_RULES: readonly Rule[] = [
  { code: 'IDENTITY_CHANGED', severity: 'critical', masks: [], when: changedIdentity },
  {
    code: 'SAME_SERVER_TWICE',
    severity: 'critical',
    masks: ['DIFFERENT_ADDRESS'],
    when: (view) => [...sameMachine(view), ...sameDatabase(view)],
  },
];
