import { inflateSync } from 'node:zlib';

/** What a PDF of Chromium's says, as far as a test needs it: its pages, and the text of each font by its ToUnicode table. */
export interface PdfText {
  pages: number;
  /** Letters in the order in which they are drawn, page after page, then those of drawings and feet. */
  text: string;
  /** Files, scripts and addresses that a page of paper has no use for. */
  actions: string[];
}

interface PdfObject {
  head: string;
  stream: Buffer | null;
}

export function readPdf(bytes: Buffer): PdfText {
  const objects = objectsOf(bytes);
  const fonts = fontsOf(objects);
  const pages = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head));
  const contents = pages.flatMap(({ head }) => {
    const [, id = ''] = /\/Contents\s+(\d+) 0 R/.exec(head) ?? [];
    return objects.get(Number(id))?.stream?.toString('latin1') ?? [];
  });
  // the foot of a page and every drawing are forms of their own
  const forms = [...objects.values()]
    .filter(({ head, stream }) => stream && /\/Subtype\s*\/Form\b/.test(head))
    .map(({ stream }) => stream?.toString('latin1') ?? '');
  return {
    pages: pages.length,
    text: [...contents, ...forms].map((content) => textOf(content, fonts)).join('\n'),
    actions: [...objects.values()].flatMap(
      ({ head }) => head.match(/\/(JavaScript|JS|URI|Launch|EmbeddedFile)\b/g) ?? [],
    ),
  };
}

function objectsOf(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\b/g)) {
    const from = match.index + match[0].length;
    const stream = text.indexOf('stream', from);
    const end = text.indexOf('endobj', from);
    if (stream < 0 || stream > end) {
      objects.set(Number(match[1]), { head: text.slice(from, end), stream: null });
      continue;
    }
    const head = text.slice(from, stream);
    const begin = stream + (text.startsWith('stream\r\n', stream) ? 8 : 7);
    const [, length = '0'] = /\/Length (\d+)/.exec(head) ?? [];
    const raw = bytes.subarray(begin, begin + Number(length));
    objects.set(Number(match[1]), { head, stream: head.includes('FlateDecode') ? inflated(raw) : raw });
  }
  return objects;
}

function inflated(raw: Buffer): Buffer | null {
  try {
    return inflateSync(raw);
  } catch {
    return null;
  }
}

type Letters = ReadonlyMap<number, string>;

/** Letters by glyph, for every name under which a page knows a font. */
function fontsOf(objects: ReadonlyMap<number, PdfObject>): Map<string, Letters> {
  const fonts = new Map<string, Letters>();
  for (const { head } of objects.values())
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const [, table = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id))?.head ?? '') ?? [];
      const cmap = objects.get(Number(table))?.stream?.toString('latin1');
      if (cmap !== undefined) fonts.set(name, lettersOf(cmap));
    }
  return fonts;
}

function lettersOf(cmap: string): Letters {
  const letters = new Map<number, string>();
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', code = ''] of block.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)>/gi))
      letters.set(Number.parseInt(glyph, 16), utf16(code));
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', code = ''] of block.matchAll(
      /<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>/gi,
    ))
      for (let glyph = Number.parseInt(first, 16); glyph <= Number.parseInt(last, 16); glyph++)
        letters.set(glyph, later(utf16(code), glyph - Number.parseInt(first, 16)));
  return letters;
}

/** A range counts on in its last letter: a ligature is several. */
const later = (letters: string, by: number): string =>
  letters.slice(0, -1) + String.fromCharCode(letters.charCodeAt(letters.length - 1) + by);

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyphs between angle brackets, under the font that was set last. */
function textOf(content: string, fonts: ReadonlyMap<string, Letters>): string {
  let letters: Letters = new Map();
  const runs: string[] = [];
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(<[0-9A-F]+> Tj|\[[^\]]*\] TJ)/gi)) {
    if (font !== undefined) letters = fonts.get(font) ?? new Map();
    const glyphs = [...(shown ?? '').matchAll(/<([0-9A-F]+)>/gi)].flatMap(
      ([, hex = '']) => hex.match(/.{4}/g) ?? [],
    );
    if (glyphs.length > 0)
      runs.push(glyphs.map((hex) => letters.get(Number.parseInt(hex, 16)) ?? '').join(''));
  }
  return runs.join('');
}
