import type { ReactNode } from 'react';

export type Mark =
  | 'note'
  | 'ok'
  | 'attention'
  | 'critical'
  | 'unknown'
  | 'progress'
  | 'proved'
  /** Waits for a person. */
  | 'person'
  /** Not begun. */
  | 'todo'
  /** Was done, and taken back. */
  | 'undone';

const SHAPES: Readonly<Record<Mark, ReactNode>> = {
  note: (
    <>
      <rect x="1" y="1" width="10" height="10" rx="2" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M6 5.2v3.6M6 3v1.2" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  ok: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  attention: (
    <>
      <path d="M6 .8 11.6 11H.4z" fill="var(--amber)" stroke="var(--attn)" strokeWidth=".6" />
      <path d="M6 4.2v3.4" stroke="var(--on-amber)" strokeWidth="1.5" />
      <circle cx="6" cy="9.2" r=".9" fill="var(--on-amber)" />
    </>
  ),
  critical: (
    <>
      <path
        d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z"
        fill="var(--critfill)"
        stroke="var(--crit)"
        strokeWidth=".8"
      />
      <path d="m4 4 4 4m0-4-4 4" stroke="#fff" strokeWidth="1.5" />
    </>
  ),
  unknown: (
    <>
      <path
        d="M6 .8 11.2 6 6 11.2.8 6z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeDasharray="2 1.4"
      />
      <path
        d="M4.8 4.7c0-.8.6-1.2 1.2-1.2s1.2.4 1.2 1.1c0 .9-1.2.9-1.2 1.9"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.1"
      />
      <circle cx="6" cy="8.2" r=".7" fill="currentColor" />
    </>
  ),
  progress: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="var(--act)" strokeWidth="1.5" />
      <path d="M6 1a5 5 0 0 1 0 10z" fill="var(--act)" />
    </>
  ),
  proved: (
    <>
      <rect x="1" y="1" width="10" height="10" fill="none" stroke="var(--proved)" strokeWidth="1.4" />
      <path d="m3 6 2.2 2.2L9 4" fill="none" stroke="var(--proved)" strokeWidth="1.6" />
    </>
  ),
  person: <rect x="1.2" y="1.2" width="9.6" height="9.6" fill="none" stroke="currentColor" strokeWidth="2" />,
  todo: (
    <rect
      x="1"
      y="1"
      width="10"
      height="10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1"
      strokeDasharray="2 2"
    />
  ),
  undone: (
    <>
      <rect x="1" y="1" width="10" height="10" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M.5 11.5 11.5.5" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
};

/** The shape alone, for where the word stands beside it. Never the only sign of a state. */
export const Shape = ({ mark, size = 12 }: { mark: Mark; size?: number }) => (
  <svg className="shape" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
    {SHAPES[mark]}
  </svg>
);

/** A state: shape and word. There is no state without a word. */
export const Status = ({ mark, label }: { mark: Mark; label: string }) => (
  <span className={`status status-${mark}`}>
    <Shape mark={mark} />
    {label}
  </span>
);

export const markOfHealth = {
  up: 'ok',
  degraded: 'attention',
  down: 'critical',
  unknown: 'unknown',
} as const;
export const markOfSeverity = { critical: 'critical', warning: 'attention', info: 'note' } as const;
