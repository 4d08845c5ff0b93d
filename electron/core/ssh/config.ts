import { matchesPatterns } from './glob';

/** The part of ssh_config(5) that says where and as whom. Nothing in it is ever executed. */
export interface SshSettings {
  hostName?: string;
  user?: string;
  port?: number;
  /** Paths as written, after expansion of ~ and %. */
  identityFiles: string[];
  /** Hops in order; empty for none. */
  proxyJump?: string[];
}
export interface SshConfig {
  /** First value wins, per keyword; IdentityFile adds up. */
  settingsFor(host: string, facts: { home: string; localUser: string; defaultUser?: string }): SshSettings;
  /** What was read but not applied: "line 12: Match is not applied". */
  warnings: readonly string[];
}

interface Block {
  patterns: readonly string[] | 'never';
  options: { keyword: string; value: string }[];
}

const APPLIED = new Set(['hostname', 'user', 'port', 'identityfile', 'proxyjump']);
/** Blocks that would change the result if they were applied. Match may run commands, so it is never looked into. */
const REPORTED = new Set(['match', 'include']);

export function parseSshConfig(text: string): SshConfig {
  const blocks: Block[] = [{ patterns: ['*'], options: [] }];
  const warnings: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const found = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(raw);
    if (!found) continue;
    const keyword = (found[1] ?? '').toLowerCase();
    const words = splitWords(found[2] ?? '');
    if (REPORTED.has(keyword)) warnings.push(`line ${index + 1}: ${found[1]} is not applied`);
    if (keyword === 'host') blocks.push({ patterns: words, options: [] });
    else if (keyword === 'match') blocks.push({ patterns: 'never', options: [] });
    else if (APPLIED.has(keyword) && words[0] !== undefined)
      blocks.at(-1)?.options.push({ keyword, value: words[0] });
  }
  return { warnings, settingsFor: (host, facts) => settingsFor(blocks, host, facts) };
}

/** Words with optional double quotes; a "#" that starts a word starts a comment. */
function splitWords(value: string): string[] {
  const words: string[] = [];
  for (const [whole, quoted] of value.matchAll(/"([^"]*)"|\S+/g)) {
    if (whole.startsWith('#')) break;
    words.push(quoted ?? whole);
  }
  return words;
}

function settingsFor(
  blocks: readonly Block[],
  host: string,
  facts: { home: string; localUser: string; defaultUser?: string },
): SshSettings {
  const first = new Map<string, string>();
  const identities: string[] = [];
  for (const block of blocks) {
    if (block.patterns === 'never' || !matchesPatterns(block.patterns, host)) continue;
    for (const { keyword, value } of block.options) {
      if (keyword === 'identityfile') identities.push(value);
      else if (!first.has(keyword)) first.set(keyword, value);
    }
  }
  // HostName knows only %h and %%; IdentityFile is expanded after all else is known (ssh_config(5), TOKENS).
  const rawName = first.get('hostname');
  const hostName = rawName === undefined ? undefined : expand(rawName, { h: host });
  const port = Number(first.get('port'));
  const user = first.get('user');
  const jump = first.get('proxyjump');
  const tokens = {
    h: hostName ?? host,
    n: host,
    p: `${port || 22}`,
    r: facts.defaultUser ?? user ?? facts.localUser,
    u: facts.localUser,
    d: facts.home,
  };
  return {
    ...(hostName === undefined ? {} : { hostName }),
    ...(user === undefined ? {} : { user }),
    ...(Number.isInteger(port) && port > 0 && port < 65536 ? { port } : {}),
    identityFiles: identities
      .filter((file) => file !== 'none')
      .map((file) => expand(file.replace(/^~(?=\/|$)/, facts.home), tokens)),
    ...(jump === undefined ? {} : { proxyJump: jump === 'none' ? [] : jump.split(',') }),
  };
}

/** Tokens that are not known here stay as they are: such a file will not be found, and said so. */
const expand = (value: string, tokens: Readonly<Record<string, string>>): string =>
  value.replace(/%(.)/g, (whole, token: string) => (token === '%' ? '%' : (tokens[token] ?? whole)));
