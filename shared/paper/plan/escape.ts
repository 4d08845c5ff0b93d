/** Foreign text as text: inside an element and inside an attribute in double or single quotes. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * Foreign text within a line of Markdown. Signs that would begin markup are escaped; a line break is written, not obeyed,
 * so that a name cannot begin a heading, a row or a rule of its own.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll('\r', '')
    .replaceAll('\n', ' ')
    .replaceAll('\t', ' ')
    .replace(/[\\`*_[\]<>#|~!]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');

/** Code in a line of Markdown: its fence is longer than any run of backticks within it. */
export function codeSpan(text: string): string {
  const one = text.replace(/[\r\n\t]+/g, ' ');
  const longest = Math.max(0, ...[...one.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = one.startsWith('`') || one.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${one}${pad}${fence}`;
}
