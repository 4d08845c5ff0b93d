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
    roleText(node.writable, ui.role),
    common.health[node.health],
    shown ? `${shown.text} ${shown.unit}` : vital ? ui.states.noReading : '',
    findings.some((finding) => finding.code === 'SINGLE_POINT_OF_FAILURE') ? ui.badge.spof : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** A row as one sentence: "web-12, writable, ok". */
export const rowLabel = (
  id: string,
  health: TopologyNode['health'],
  writable: TopologyNode['writable'],
  { ui, common }: Words,
): string => [id, roleText(writable, ui.role), common.health[health]].filter(Boolean).join(', ');

const roleText = (writable: TopologyNode['writable'], role: Words['ui']['role']): string => {
  if (writable === undefined) return '';
  if (writable === null) return role.unknown;
  return writable ? role.writable : role.readOnly;
};
