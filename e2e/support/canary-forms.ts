/** How a secret may look where it leaked: as it is, in UTF-16, or in one of the encodings that programs put on text. */

/** Base64 in the middle of a longer text: one form for each of the three positions within a group. */
function base64Forms(token: string): string[] {
  const text = Buffer.from(token, 'utf8');
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), text])
      .toString('base64')
      .replaceAll('=', '');
    // Characters at either end also depend on the neighbours.
    const start = Math.ceil((before * 8) / 6);
    const end = (before + text.length) % 3 === 0 ? whole.length : whole.length - 1;
    return whole.slice(start, end);
  });
}

/** The forms that are text. */
export function textForms(token: string): string[] {
  const hex = Buffer.from(token, 'utf8').toString('hex');
  const base64 = base64Forms(token);
  const url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const json = JSON.stringify(token).slice(1, -1);
  return [...new Set([token, json, encodeURIComponent(token), hex, hex.toUpperCase(), ...base64, ...url])];
}

export type Finder = (bytes: Buffer) => Set<string>;

/** Finds which of the tokens occur, in any form, in one pass over the bytes. */
export function finderOf(tokens: readonly string[]): Finder & { longest: number } {
  const byStart = new Map<number, { token: string; form: Buffer }[]>();
  const starts = new Uint8Array(1 << 24);
  let longest = 0;
  for (const token of tokens)
    for (const form of [
      ...textForms(token).map((text) => Buffer.from(text)),
      Buffer.from(token, 'utf16le'),
    ]) {
      const start = form.readUIntLE(0, 3);
      starts[start] = 1;
      byStart.set(start, [...(byStart.get(start) ?? []), { token, form }]);
      longest = Math.max(longest, form.length);
    }
  const find = (bytes: Buffer) => {
    const found = new Set<string>();
    let window = ((bytes[0] ?? 0) << 8) | ((bytes[1] ?? 0) << 16);
    for (let at = 2; at < bytes.length; at++) {
      window = (window >>> 8) | ((bytes[at] ?? 0) << 16);
      if (starts[window] === 0) continue;
      for (const { token, form } of byStart.get(window) ?? [])
        if (bytes.subarray(at - 2, at - 2 + form.length).equals(form)) found.add(token);
    }
    return found;
  };
  return Object.assign(find, { longest });
}
