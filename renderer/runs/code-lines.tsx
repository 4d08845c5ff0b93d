import type { DrySent } from '@shared/runbook/dry-run';

/** Statements in full, each behind the server that it is sent to. */
export function CodeLines({ lines }: { lines: readonly Pick<DrySent, 'prompt' | 'text'>[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="code-lines" dir="ltr">
      {lines.map(({ prompt, text }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes while it is shown
        <code key={n}>
          <span className="code-prompt">{prompt}</span>
          {text}
        </code>
      ))}
    </div>
  );
}
