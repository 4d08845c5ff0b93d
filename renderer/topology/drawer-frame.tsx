import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ScrollingSection } from '../ui/scrolling';
import { useWords } from '../words';

/** The drawer's head and its scrolling body; it never moves and is never nested. */
export function DrawerFrame({
  title,
  isName = false,
  icon,
  more,
  chip,
  onClose,
  children,
}: {
  title: string;
  /** The name of a server or an address, not words. */
  isName?: boolean;
  icon?: ReactNode;
  more?: string | null;
  chip?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { ui } = useWords();
  return (
    <aside className="drawer" aria-label={`${ui.drawer.title}: ${title}`} data-testid="drawer">
      <header className="drawer-head">
        {icon}
        <h2 className={isName ? 'mono' : undefined}>{title}</h2>
        {more && <span className="soft">{more}</span>}
        <span className="grow" />
        {chip}
        <button type="button" className="icon-button" aria-label={ui.frame.close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </button>
      </header>
      <ScrollingSection className="drawer-body" label={title}>
        {children}
      </ScrollingSection>
    </aside>
  );
}
