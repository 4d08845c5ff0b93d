import { useWords } from '../words';
import { SCROLLS } from './scrolling';

const LINES = 200;

/** Text of a server, exactly as it came: characters and nothing else. Cut after 200 lines, and said so; `truncated` when less was kept than came. */
export function Raw({ sent, text, truncated }: { sent: string; text: string; truncated: boolean }) {
  const { ui } = useWords();
  const lines = text.split('\n');
  const cut = lines.length > LINES;
  return (
    <>
      <pre className="raw" {...SCROLLS} data-testid="raw" dir="ltr">
        <span className="raw-sent">{sent}</span>
        {'\n'}
        {text === '' ? ui.drawer.emptyOutput : cut ? lines.slice(0, LINES).join('\n') : text}
      </pre>
      {cut && <p className="note">{ui.drawer.truncated(LINES)}</p>}
      {truncated && <p className="note">{ui.drawer.truncatedAtSource}</p>}
    </>
  );
}
