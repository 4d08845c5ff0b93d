import { useEffect, useRef } from 'react';

/** Keys by their name: `J`, `?`, `ArrowDown`, `Ctrl+K`, `Ctrl+Shift+L`. */
export type Keys = Readonly<Record<string, () => void>>;

interface Pressed {
  key: string;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** The name under which a pressed key is looked up; null for combinations that belong to the system. */
export function keyName({ key, ctrlKey, shiftKey, altKey, metaKey }: Pressed): string | null {
  if (altKey || (metaKey && ctrlKey)) return null;
  const name = key.length === 1 ? key.toUpperCase() : key;
  if (ctrlKey || metaKey) return `Ctrl+${shiftKey ? 'Shift+' : ''}${name}`;
  return shiftKey && key.length === 1 && /[a-z]/i.test(key) ? `Shift+${name}` : name;
}

const isField = (element: Element | null): boolean =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

/** Keys that move within a list, or press, belong to the element that has the focus, unless it is the page itself. */
const isOwnKey = (name: string, element: Element | null): boolean =>
  (name.startsWith('Arrow') || name === 'Enter' || name === ' ') &&
  element !== null &&
  element !== document.body;

/**
 * Binds keys for as long as a screen is there. Single keys do nothing while a field has the focus; nothing
 * but a dialog's own keys works while a dialog is open.
 */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  }, [keys]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const name = keyName(event);
      const run = name === null ? undefined : current.current[name];
      if (!name || !run) return;
      const focused = document.activeElement;
      if (!name.startsWith('Ctrl+') && (isField(focused) || isOwnKey(name, focused))) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
