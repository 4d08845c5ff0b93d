/** Values a finding's sentences may use. One that is missing is shown as "?": unknown, not left out. */
const UNKNOWN = {
  host: '?',
  hosts: '?',
  service: '?',
  services: '?',
  kind: '?',
  role: '?',
  address: '?',
  addresses: '?',
  from: '?',
  to: '?',
  port: '?',
  protocol: '?',
  process: '?',
  running: '?',
  halted: '?',
  message: '?',
  account: '?',
  privilege: '?',
  probe: '?',
  mount: '?',
  percent: '?',
  seconds: '?',
  samples: '?',
  attempts: '?',
  expected: '?',
  got: '?',
  version: '?',
  /** Which of several forms of the sentence fits; never shown. */
  form: '?',
};
export type FindingParams = Readonly<typeof UNKNOWN>;
export type FindingParamName = keyof FindingParams;

export const withUnknownParams = (params: Readonly<Record<string, string>>): FindingParams => ({
  ...UNKNOWN,
  ...params,
});

/** Title: one sentence, subject first. What is seen, why it matters, what to do, what not to do. */
export interface FindingSentences {
  title: (p: FindingParams) => string;
  what: (p: FindingParams) => string;
  why: (p: FindingParams) => string;
  todo: (p: FindingParams) => string[];
  doNot?: (p: FindingParams) => string;
}
