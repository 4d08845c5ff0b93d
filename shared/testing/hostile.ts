/**
 * Texts that a server in other hands would send, each against one reader of ours: the window, a terminal, a
 * log, a spreadsheet, a document, a program. They are put into every field that a server can fill; what comes
 * out must be text that can be seen, and nothing else.
 */

const ESC = '\u001b';
const BEL = '\u0007';

/** By the reader they aim at. None is longer than a few hundred characters: `LONG` holds those that are. */
export const HOSTILE = {
  'an image that runs a script': '<img src=x onerror=alert(1)>',
  'a script': '<script>alert(1)</script>',
  'a drawing that runs a script': '<svg/onload=alert(1)><animate onbegin=alert(1)>',
  'markup that closes what it stands in': `"'></title></text></svg></style></textarea><b onclick=alert(1)>`,
  'a script as address': 'javascript:alert(1)',
  'a document as address': 'data:text/html,<script>alert(1)</script>',
  'a character reference': '&lt;&#60;&NewLine;&colon;',
  'a title for the terminal': `${ESC}]0;owned${BEL}`,
  'a link to a file': `${ESC}]8;;file:///etc/passwd${BEL}here${ESC}]8;;${BEL}`,
  'a clipboard to be written': `${ESC}]52;c;b3duZWQ=${BEL}`,
  'a cleared screen': `${ESC}[2J${ESC}[H`,
  'a question to the terminal': `${ESC}[6n${ESC}[c${ESC}P$q"p${ESC}\\`,
  'a bell': BEL,
  'a C1 control': '\u009b31m\u009d0;owned\u009c',
  'a delete and a backspace': 'ok\b\bno\u007f',
  'a NUL': 'seen\0hidden',
  'a line that begins anew': 'down\rup  ',
  'several lines': 'one\r\ntwo\nthree\u2028four\u2029five\u0085six\u000bseven\u000ceight',
  'text that turns around': 'mysql\u202egnp.exe',
  'an isolate': '\u2066admin\u2069 \u2067nimda\u2069 \u061c\u200e\u200f',
  'letters without width': 'my\u200bsql\u200d\u2060\ufeff\u00ad\u180e',
  'tag characters': 'ok\u{e0041}\u{e0042}\u{e007f}',
  'invisible fillers': 'a\u3164b\uffa0c\u115f\u1160\u034f',
  'private letters': 'a\ue000b\u{f0000}c',
  'a tower of marks': `Z${'\u0301\u0322'.repeat(100)}`,
  'lone surrogates': 'a\ud800b\udc00c',
  'bytes that were no UTF-8': '\ufffd\ufffd\ufffdC1\ufffd',
  'a formula': '=HYPERLINK("http://192.0.2.1/","paid")',
  'a formula in another way': "+1+cmd|' /C calc'!A0",
  'a formula after a tab': "\t@SUM(1+1)*cmd|' /C calc'!A0",
  'a table that ends': '| a | b |\n|---|---|\n</td></tr></table>',
  'a heading and a link': '# owned\n[click](javascript:alert(1)) ![x](http://192.0.2.1/x.png)',
  'a format': `%s%n%d%x %1$s {0} {{7*7}} \${7*7} <%= 7*7 %> #{7*7} $(reboot) \`reboot\``,
  'a shell': `'; rm -rf / #" && reboot || $IFS`,
  'a statement': `' OR '1'='1'; DROP TABLE users; -- /*`,
  'a path': '../../../../etc/passwd',
  'a path of a neighbour': '\\\\192.0.2.1\\share\\x',
  'the prototype': '__proto__',
  'the constructor': 'constructor',
  'a method': 'toString',
  'an object': '{"__proto__":{"polluted":true}}',
  'the word end': '#end',
  'a number that is none': 'NaN',
  'a number without end': '9'.repeat(400),
  'nothing but blanks': '   \u00a0\u2003\u3000',
} as const satisfies Readonly<Record<string, string>>;

/** As a program on another machine could send it: UTF-8 has no half of a pair. */
export const inUtf8 = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

/** The same tricks where a server can send a great deal: made when asked for. */
export const LONG = {
  'a million letters without an end of line': () => 'x'.repeat(1_000_000),
  'ten thousand marks on one letter': () => `Z${'\u0301'.repeat(10_000)}`,
  'two hundred thousand escapes': () => ESC.repeat(200_000),
  'a hundred thousand lines': () => 'line\n'.repeat(100_000),
} as const satisfies Readonly<Record<string, () => string>>;

/** Byte sequences that are no UTF-8 (RFC 3629): what a program prints that knows another encoding, or lies. */
export const NOT_UTF8: Readonly<Record<string, readonly number[]>> = {
  'Latin-1': [0x47, 0x72, 0xfc, 0xdf, 0x65],
  'a letter that is cut off': [0x61, 0xe2, 0x82],
  'a slash in two bytes': [0xc0, 0xaf],
  'an escape in two bytes': [0xc0, 0x9b, 0x5b, 0x33, 0x31, 0x6d],
  'a surrogate': [0xed, 0xa0, 0x80],
  'beyond Unicode': [0xf4, 0x90, 0x80, 0x80],
  'bytes that never occur': [0xff, 0xfe, 0x00],
};

/**
 * What a terminal obeys, what turns or hides text, and what is no character: no text that a person, a log or a
 * file is given may hold one. Line feed and tab stand apart: where they may be depends on the reader. Written
 * from the Unicode properties on its own, so that it judges `clean()` and is not a copy of it.
 */
export const ACTIVE =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/u;

/** The first place where something active stands, with its surroundings; else null. */
export function activeIn(text: string): string | null {
  const found = ACTIVE.exec(text);
  return found ? JSON.stringify(text.slice(Math.max(0, found.index - 30), found.index + 30)) : null;
}

/** Every text in a value, names of keys too. JSON would not do: it escapes what is looked for. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** Texts of a value that hold something active. */
export const activeTextsIn = (value: unknown): string[] =>
  textsIn(value).flatMap((text) => activeIn(text) ?? []);

/** One field of an output replaced by a text. */
export interface Replaced {
  /** The field that stood there. */
  field: string;
  text: string;
}

/** Where fields stand in the outputs of programs: between blanks, colons, commas, quotes, slashes and brackets. */
const FIELD = /[^\s:,="/[\]<>()]+/g;

/**
 * The output once for each of its fields, that field replaced by `textFor` of its number. Also whole lines: what a
 * parser takes as one field may hold blanks.
 */
export function* replacedFields(output: string, textFor: (count: number) => string): Generator<Replaced> {
  let count = 0;
  for (const { 0: field, index } of output.matchAll(FIELD)) {
    const text = textFor(count);
    count += 1;
    yield { field, text: output.slice(0, index) + text + output.slice(index + field.length) };
  }
  const lines = output.split('\n');
  for (const [at, line] of lines.entries()) {
    const text = textFor(count);
    count += 1;
    yield { field: line, text: [...lines.slice(0, at), text, ...lines.slice(at + 1)].join('\n') };
  }
}

/** What begins a line that one of our parsers reads. */
const TAGS = ['p 1 0', 'p 1 1', 'LISTEN 0 1', 'l', 'L', 'c 1 10.0.20.1:445 10.0.10.1:0', 'u 3', 'net'].concat(
  'up boot load'.split(' '),
);
const SECTIONS =
  'version shares disks bytes inodes mounts name kernel os cpus addresses zone machine files vhosts'.split(
    ' ',
  );

/** One output that every parser of a host finds its lines in, each of them a trick: UTF-8, as a program prints it. */
export function hostileOutput(): string {
  const linesWith = (text: string) => [
    ...TAGS.map((tag) => `${tag} ${text}`),
    `${text} 1000 900 100 90% /${text}`,
    `//${text}/${text} /mnt/${text} cifs addr=${text}`,
    `PRETTY_NAME="${text}"`,
    `[${text}]`,
    `\tpath = /${text}`,
    `\tcomment = ${text}`,
    `inet ${text}`,
    `Version ${text}`,
    `<VirtualHost *:80>\n  ServerName ${text}\n  DocumentRoot /${text}\n</VirtualHost>`,
  ];
  const tricks = Object.values(HOSTILE).map(inUtf8);
  const said = SECTIONS.flatMap((name, at) => [
    `#${name}`,
    ...tricks.filter((_, of) => of % SECTIONS.length === at).flatMap(linesWith),
  ]);
  return [...said, '#end', 'end', ''].join('\n');
}
