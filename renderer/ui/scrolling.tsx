import type { HTMLAttributes, Ref } from 'react';

/**
 * A region that scrolls must be reachable by key: it takes the focus, and then the arrow keys. The only place where
 * something that is no control does.
 */
export const SCROLLS = { tabIndex: 0 } as const;

/** A part of the page that scrolls by itself, with a name for who cannot see it. */
export function ScrollingSection({
  label,
  ...more
}: { label: string; ref?: Ref<HTMLElement> } & HTMLAttributes<HTMLElement>) {
  return <section {...SCROLLS} aria-label={label} {...more} />;
}
