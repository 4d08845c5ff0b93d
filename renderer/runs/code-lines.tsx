import type { DrySent } from '@shared/runbook/dry-run';
import { keyed } from '../ui/keyed';

/** Statements in full, each behind the server that it is sent to. */
export function CodeLines({ lines }: { lines: readonly Pick<DrySent, 'prompt' | 'text'>[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="code-lines" dir="ltr">
      {keyed(lines, ({ prompt, text }) => prompt + text).map(({ key, one }) => (
        <code key={key}>
          <span className="code-prompt">{one.prompt}</span>
          {one.text}
        </code>
      ))}
    </div>
  );
}
