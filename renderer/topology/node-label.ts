import type { TopologyNode } from '@shared/views/topology';
import { readingOf } from '../node-reading';
import type { Watched } from '../watched';
import type { Words } from '../words';

/** A card as one sentence: "db, database, writable, ok, 412 queries/s, 1× single point of failure". */
export function nodeLabel(
  node: TopologyNode,
  watched: Watched,
  { ui, common, say, quantity }: Words,
): string {
  const { kind, reading, vital, findings } = readingOf(node, watched);
  const shown =
    vital && vital.value !== null && reading?.state === 'answered'
      ? quantity(vital.value, vital.format, say(vital.unit))
      : null;
  return [
    node.id,
    node.product ?? (kind ? say(kind.title) : node.kind),
    node.writable === undefined
      ? ''
      : node.writable === null
        ? ui.role.unknown
        : node.writable
          ? ui.role.writable
          : ui.role.readOnly,
    common.health[node.health],
    shown ? `${shown.text} ${shown.unit}` : vital ? ui.states.noReading : '',
    findings.some((finding) => finding.code === 'SINGLE_POINT_OF_FAILURE') ? ui.badge.spof : '',
  ]
    .filter(Boolean)
    .join(', ');
}
