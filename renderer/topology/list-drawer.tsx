import { findingKey } from '../memory';
import { FindingRow } from '../ui/finding-row';
import { Status } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { DrawerFrame } from './drawer-frame';

const LISTS = ['critical', 'attention', 'unknown'] as const;
export type ListName = (typeof LISTS)[number];
export const isListName = (text: string | undefined): text is ListName => LISTS.some((list) => list === text);

interface ListDrawerProps {
  list: ListName;
  open: string | null;
  onFinding: (key: string | null) => void;
  onNode: (id: string) => void;
  onClose: () => void;
}

/** What one count of the annunciator counts. */
export function ListDrawer({ list, open, onFinding, onNode, onClose }: ListDrawerProps) {
  const { ui, common } = useWords();
  const { topology, findings: all } = useWatched();
  const severity = list === 'critical' ? 'critical' : 'warning';
  const findings = list === 'unknown' ? [] : all.filter((each) => each.severity === severity);
  const unknown = list === 'unknown' ? topology.nodes.filter((node) => node.health === 'unknown') : [];
  return (
    <DrawerFrame title={ui.drawer.list[list]} onClose={onClose}>
      <section className="section">
        {findings.length + unknown.length === 0 && <p className="soft">{ui.drawer.list.none}</p>}
        {findings.map((finding) => {
          const key = findingKey(finding);
          return (
            <FindingRow
              key={key}
              finding={finding}
              open={open === key}
              onToggle={() => onFinding(open === key ? null : key)}
            />
          );
        })}
        {unknown.map((node) => (
          <p key={node.id} className="unknown-row">
            <button type="button" className="link-button mono" onClick={() => onNode(node.id)}>
              {node.id}
            </button>
            <Status mark="unknown" label={common.health.unknown} />
          </p>
        ))}
      </section>
    </DrawerFrame>
  );
}
