import type { ReactNode } from 'react';

/** A place with nothing in it says so, and what would fill it. */
export const EmptyState = ({
  title,
  more,
  children,
}: {
  title: string;
  more?: string;
  children?: ReactNode;
}) => (
  <div className="empty" data-testid="empty-state">
    <h2>{title}</h2>
    {more && <p>{more}</p>}
    {children && <div className="empty-actions">{children}</div>}
  </div>
);
