import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useWords } from '../words';
import { Legend } from './legend';

interface GraphFootProps {
  /** What puts all groups back; null: they are as they open by themselves. */
  reset: 'open' | 'fold' | null;
  onReset: () => void;
  onZoom: (factor: number) => void;
  onFit: () => void;
}

/** What the lines mean, and how large they are drawn. */
export function GraphFoot({ reset, onReset, onZoom, onFit }: GraphFootProps) {
  const { ui, graph } = useWords();
  return (
    <div className="graph-foot">
      <Legend />
      {reset && (
        <button type="button" className="link-button" onClick={onReset}>
          {reset === 'open' ? graph.openAll : graph.foldAll}
        </button>
      )}
      <fieldset className="zoom" aria-label={ui.topology.view}>
        <button
          type="button"
          className="icon-button"
          aria-label={ui.topology.zoomOut}
          onClick={() => onZoom(1 / 1.2)}
        >
          <IconMinus size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={ui.topology.zoomIn}
          onClick={() => onZoom(1.2)}
        >
          <IconPlus size={14} aria-hidden="true" />
        </button>
        <button type="button" className="icon-button" aria-label={ui.topology.fit} onClick={onFit}>
          <IconMaximize size={14} aria-hidden="true" />
        </button>
      </fieldset>
    </div>
  );
}
