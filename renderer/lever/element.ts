type Attributes = Readonly<Record<string, string>>;

/** An element with attributes and children. Text is only ever text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Changes the text only where it differs, so that a screen reader hears what is new and a selection stays. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
