import { assertNever } from '@shared/errors';
import { kindOf } from '@shared/kinds';
import type { Box } from '@shared/topology/boxes';
import type { Neighbourhood } from '@shared/topology/neighbourhood';
import type { TopologyNode } from '@shared/views/topology';
import { useMemo } from 'react';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { type BoxActions, GraphBox, GroupBox, RowBox } from './graph-box';
import type { Counts } from './group-tile';
import { innerSteps } from './request-path';

interface GraphBoxesProps {
  boxes: readonly Box[];
  selected: string | null;
  lit: boolean;
  focus: Neighbourhood | null;
  matches: ((id: string) => boolean) | null;
  siteTitle: (id: string | null) => string;
  actions: BoxActions;
}

/** Everything that stands in the graph. What is neither found nor beside what is in focus steps back. */
export function GraphBoxes({ boxes, selected, lit, focus, matches, siteTitle, actions }: GraphBoxesProps) {
  const { tier, graph } = useWords();
  const { estate, topology } = useWatched();
  const nodes = useMemo(() => new Map(topology.nodes.map((node) => [node.id, node])), [topology]);
  const inner = useMemo(() => innerSteps(estate, topology), [estate, topology]);
  const isLit = (id: string) => (!focus || focus.ids.has(id)) && (!matches || matches(id));
  return boxes.map((box) => {
    const common = { box, selected: box.id === selected, actions };
    switch (box.what) {
      case 'node':
      case 'actor':
      case 'outside':
      case 'strangers': {
        const dimmed = ![box.id, ...box.members].some(isLit);
        return (
          <GraphBox key={box.id} {...common} dimmed={dimmed} steps={lit ? (inner.get(box.id) ?? []) : []} />
        );
      }
      case 'row': {
        const node = nodes.get(box.id);
        if (!node) return null;
        const { health, writable } = node;
        const icon = kindOf(node.kind)?.icon;
        return (
          <RowBox
            key={box.id}
            {...common}
            dimmed={!isLit(box.id)}
            icon={icon}
            health={health}
            writable={writable}
          />
        );
      }
      case 'group': {
        const members = box.members.flatMap((id) => nodes.get(id) ?? []);
        const [first] = members;
        if (!first) return null;
        const found = box.members.filter(isLit).length;
        const remark = !focus && !matches ? '' : focus ? graph.linked(found) : graph.matching(found);
        return (
          <GroupBox
            key={box.id}
            {...common}
            dimmed={found === 0}
            tier={tier(first.tier)}
            site={siteTitle(first.site)}
            counts={countsOf(members)}
            remark={found === 0 ? '' : remark}
          />
        );
      }
      default:
        return assertNever(box.what);
    }
  });
}

function countsOf(nodes: readonly TopologyNode[]): Counts {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 };
  for (const node of nodes) counts[node.health] += 1;
  return counts;
}
