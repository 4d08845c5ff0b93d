/** Values a sentence about an error may use. One that is missing is shown as "?": unknown, not left out. */
const UNKNOWN = {
  host: '?',
  /** Id of the host as it must be typed in `patronus trust`. */
  id: '?',
  address: '?',
  port: '?',
  seconds: '?',
  policy: '?',
  name: '?',
  file: '?',
  line: '?',
  mode: '?',
  account: '?',
  type: '?',
  expected: '?',
  got: '?',
  what: '?',
  methods: '?',
  /** Text of a server or of the system, cleaned. */
  text: '?',
  errno: '?',
  privilege: '?',
  status: '?',
  path: '?',
  plugin: '?',
  limit: '?',
  /** user@workstation who acts, and since when. */
  by: '?',
  since: '?',
};
export type ErrorParams = Readonly<typeof UNKNOWN>;

export interface ErrorSentence {
  /** Host and observation. */
  sentence: string;
  /** The next move. */
  remedy: string;
}
export type ErrorTexts = Record<string, (p: ErrorParams) => ErrorSentence>;

export const withUnknowns = (params: Partial<ErrorParams>): ErrorParams => ({ ...UNKNOWN, ...params });

/** Is the host key on record ("ssh-ed25519 SHA256:…") of another type than the one that was shown? */
export const isOtherType = ({ expected, type }: Pick<ErrorParams, 'expected' | 'type'>): boolean =>
  expected !== UNKNOWN.expected && !expected.startsWith(`${type} `);
