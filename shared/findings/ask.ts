import type { Host, Service } from '../estate/schema';
import { factOf } from '../kinds/fact-of';
import type { Fact, HostAnswer } from '../snapshot';
import type { Finding, TopologyNode } from '../views/topology';
import { lookup } from './lookup';
import type { View } from './view';

/** Questions that several rules ask of a view. */

/** Ids of what is drawn on a host; the host itself when nothing is. */
export function nodesOn(view: View, host: string): string[] {
  const ids = (lookup(view).nodesOfHost.get(host) ?? []).map((node) => node.id);
  return ids.length === 0 ? [host] : ids;
}

export const servicesOn = (view: View, host: string): string =>
  (lookup(view).nodesOfHost.get(host) ?? []).map((node) => node.service).join(', ') || '—';

/** Hosts that answered at the last look, with their answers. */
export function answered(view: View): { host: Host; answer: HostAnswer }[] {
  return view.estate.hosts.flatMap((host) => {
    const reading = view.snapshot.hosts[host.id];
    return reading?.state === 'answered' ? [{ host, answer: reading.answer }] : [];
  });
}

/** Nodes on hosts that answered, with their service and that answer. */
export function answeredNodes(view: View): { node: TopologyNode; service: Service; answer: HostAnswer }[] {
  return view.nodes.flatMap((node) => {
    const reading = node.host === null ? undefined : view.snapshot.hosts[node.host];
    const service = lookup(view).services.get(node.service);
    return reading?.state === 'answered' && service ? [{ node, service, answer: reading.answer }] : [];
  });
}

/** What a host said, as evidence: only what was really read. */
export function shows(host: string, ...facts: readonly (Fact | undefined)[]): Finding['evidence'] {
  const ids = new Set(facts.flatMap((fact) => (fact ? [fact.evidence] : [])));
  return [...ids].map((id) => ({ host, id }));
}

export const hostFact = (answer: HostAnswer, id: string) => factOf(answer, null, id);

/** Services that declare a link to this one: what waits when it stops. */
export function dependents(view: View, service: string): string {
  const from = view.estate.links.filter((link) => link.to === service).map((link) => link.from);
  return [...new Set(from)].join(', ');
}
