import { DrawerFrame } from '../topology/drawer-frame';
import { useWords } from '../words';
import { OpenedLines, type ShownLine } from './opened-lines';

/** An opened number: its formula, the terms of it, theirs, and so on down to who says so and when. */
export function FigureDrawer({ lines, onClose }: { lines: readonly ShownLine[]; onClose: () => void }) {
  const { drawer } = useWords().planScreen;
  const [first] = lines;
  return (
    <DrawerFrame title={first?.title ?? drawer.title} more={first ? drawer.title : null} onClose={onClose}>
      {first ? <OpenedLines lines={lines} /> : <p className="section soft">{drawer.nothing}</p>}
    </DrawerFrame>
  );
}
