import { useWords } from '../words';

const LINES = 200;

/** Text of a server, exactly as it came: characters and nothing else. Cut after 200 lines, and said so; `truncated` when less was kept than came. */
export function Raw({ sent, text, truncated }: { sent: string; text: string; truncated: boolean }) {
  const { ui } = useWords();
  const lines = text.split('\n');
  const cut = lines.length > LINES;
  return (
    <>
      {/* A region that scrolls must be reachable by key. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by arrow keys when it has the focus */}
      <pre className="raw" tabIndex={0} data-testid="raw" dir="ltr">
        <span className="raw-sent">{sent}</span>
        {'\n'}
        {text === '' ? ui.drawer.emptyOutput : cut ? lines.slice(0, LINES).join('\n') : text}
      </pre>
      {cut && <p className="note">{ui.drawer.truncated(LINES)}</p>}
      {truncated && <p className="note">{ui.drawer.truncatedAtSource}</p>}
    </>
  );
}
