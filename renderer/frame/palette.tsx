import { useId, useMemo, useState } from 'react';
import { useAction } from '../api';
import { useMoment } from '../recording/moment';
import { useSettings } from '../settings';
import { Dialog } from '../ui/dialog';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { matchItems, paletteItems } from './palette-items';

/** One line to go anywhere. It opens and looks; it never acts. */
export function Palette({
  onClose,
  onKeys,
  onSecrets,
}: {
  onClose: () => void;
  onKeys: () => void;
  onSecrets: () => void;
}) {
  const words = useWords();
  const { ui } = words;
  const watched = useWatched();
  const { theme, language, projector, change } = useSettings();
  const { mutate: look } = useAction('watch.look');
  const copy = useAction('clipboard.write');
  const { mutate: openRecording } = useAction('recording.choose');
  const isLive = useMoment() === null;
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const listId = useId();
  const items = useMemo(
    () =>
      paletteItems(
        watched,
        words,
        { theme, projector },
        {
          look: isLive ? (host) => look(host === undefined ? {} : { host }) : null,
          openRecording: () => openRecording(undefined),
          language: () => change({ language: language === 'en' ? 'fr' : 'en' }),
          theme: () => change({ theme: theme === 'dark' ? 'light' : 'dark' }),
          projector: () => change({ projector: !projector }),
          keys: onKeys,
          secrets: onSecrets,
        },
      ),
    [watched, words, theme, projector, language, change, look, openRecording, isLive, onKeys, onSecrets],
  );
  const found = matchItems(items, query);
  const current = found[Math.min(index, found.length - 1)];
  const run = () => {
    if (!current) return;
    onClose();
    current.run();
  };
  const step = (by: number) =>
    setIndex((at) => (Math.min(at, found.length - 1) + by + found.length) % found.length);
  return (
    <Dialog title={ui.palette.title} onClose={onClose} className="dialog-palette" testId="palette">
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={current ? `${listId} ${current.id}` : undefined}
        aria-label={ui.palette.input}
        placeholder={ui.palette.input}
        value={query}
        data-first=""
        onChange={(event) => {
          setQuery(event.target.value);
          setIndex(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') step(1);
          else if (event.key === 'ArrowUp') step(-1);
          else if (event.key === 'Enter') run();
          else return;
          event.preventDefault();
        }}
      />
      <div className="palette-list" role="listbox" id={listId} aria-label={ui.palette.title}>
        {found.map((item) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={item.id}
            id={`${listId} ${item.id}`}
            role="option"
            aria-selected={item === current}
            className="palette-item"
            ref={item === current ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            onMouseMove={() => setIndex(found.indexOf(item))}
            onClick={run}
          >
            <span>{item.title}</span>
            <span className="soft">{item.group}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="note">{ui.palette.none}</p>}
      <footer className="palette-foot">
        {current?.command ? (
          <>
            <span className="soft">{ui.palette.commandLine}</span>
            <code>{current.command}</code>
            <button
              type="button"
              className="link-button"
              onClick={() => copy.mutate({ text: current.command ?? '' })}
            >
              {copy.isSuccess ? ui.frame.copied : ui.frame.copy}
            </button>
          </>
        ) : (
          <span className="soft">Enter ↵</span>
        )}
      </footer>
    </Dialog>
  );
}
