import type { Row } from '../kinds/kind';
import type { Check, Outcome, SubjectFacts, Unread } from './model';
import { hitOf, unread } from './model';
import { countOf, only } from './records';

/** What the walk found in the tree of one share. */
interface Walk {
  /** It came to its end by itself, and saw every folder. */
  whole: boolean;
  entries: number;
  /** Folders that this account cannot enter. */
  closed: number;
  countOf(kind: string): number;
  named(kind: string): readonly string[];
}

const ofShare = (rows: readonly Row[], { subject }: SubjectFacts): readonly Row[] =>
  rows.filter(({ share }) => share === subject.share);

function walkOf(facts: SubjectFacts): Walk | Unread {
  const rows = ofShare(facts.rows('samba.walk'), facts);
  if (only(rows, 'late').length > 0) return unread('timeout', { name: 'samba.assess.walk' });
  if (only(rows, 'hidden').length > 0) return unread('root', { what: facts.subject.share ?? '?' });
  const [walk] = only(rows, 'walk');
  const entries = countOf(walk?.entries);
  if (entries === null) return unread('not-told', { what: facts.subject.share ?? '?' });
  // A share in which nothing was counted has passed nothing.
  if (entries === 0) return unread('nothing-counted');
  const counted = new Map(only(rows, 'count').map((row) => [row.kind, countOf(row.count) ?? 0]));
  return {
    whole: walk?.whole === '1',
    entries,
    closed: counted.get('closed') ?? 0,
    countOf: (kind) => counted.get(kind) ?? 0,
    named: (kind) => only(rows, 'case').flatMap((row) => (row.kind === kind && row.name ? [row.name] : [])),
  };
}

/** Names of some kinds in the tree; a tree that was not seen whole never says that there are none. */
const treeCheck =
  (...kinds: readonly string[]) =>
  (facts: SubjectFacts): Outcome => {
    const walk = walkOf(facts);
    if ('unread' in walk) return walk;
    const count = kinds.reduce((sum, kind) => sum + walk.countOf(kind), 0);
    const params = { count: String(count), entries: String(walk.entries) };
    if (count > 0) return casesOf(kinds.flatMap(walk.named), params);
    if (!walk.whole) return unread('cut', params);
    return walk.closed > 0 ? unread('root', { what: String(walk.closed) }) : [];
  };

/** A case even where its names did not come along: what was counted is there. */
const casesOf = (names: readonly string[], params: Readonly<Record<string, string>>): Outcome =>
  hitOf(names.length === 0 ? ['?'] : names, { params });

function closedFolders(facts: SubjectFacts): Outcome {
  const walk = walkOf(facts);
  if ('unread' in walk) return walk;
  if (walk.closed > 0) return casesOf(walk.named('closed'), { count: String(walk.closed) });
  return walk.whole ? [] : unread('cut', { entries: String(walk.entries) });
}

/** Access lists, or attributes: counted over the same entries as the walk; fewer of them prove nothing. */
function marked(facts: SubjectFacts, what: 'acl' | 'xattr', found: string | null): Outcome {
  const walk = walkOf(facts);
  if ('unread' in walk) return walk;
  const [row] = only(ofShare(facts.rows('samba.walk'), facts), what);
  if (!row) return unread('not-installed', { program: what === 'acl' ? 'ls' : 'python3' });
  const entries = row.entries ?? '?';
  if (found !== null) return [{ params: { names: found, count: found, entries } }];
  // Files come and go meanwhile; one in a hundred is no reason to doubt.
  const expected = walk.countOf('file') + walk.countOf('folder');
  if (!walk.whole || (countOf(row.entries) ?? 0) < Math.max(1, 0.99 * expected))
    return unread('cut', { entries });
  return walk.closed > 0 ? unread('root', { what: String(walk.closed) }) : [];
}

function accessLists(facts: SubjectFacts): Outcome {
  const [row] = only(ofShare(facts.rows('samba.walk'), facts), 'acl');
  return marked(facts, 'acl', (countOf(row?.count) ?? 0) > 0 ? (row?.count ?? null) : null);
}

function attributes(facts: SubjectFacts): Outcome {
  const [row] = only(ofShare(facts.rows('samba.walk'), facts), 'xattr');
  const names = (row?.names ?? '').split(' ').flatMap((one) => {
    const [, name, count] = /^(.+):(\d+)$/.exec(one) ?? [];
    return name === undefined ? [] : [`${name} (${count})`];
  });
  return marked(facts, 'xattr', names.length === 0 ? null : names.join(', '));
}

const settingsOf = (facts: SubjectFacts): Row | null => ofShare(facts.rows('samba.shares'), facts)[0] ?? null;

function modules(facts: SubjectFacts): Outcome {
  const settings = settingsOf(facts);
  if (!settings) return unread('not-told', { what: 'testparm -s' });
  return hitOf((settings.vfs ?? '').split(/[\s,]+/).filter((name) => name !== ''));
}

/** Only what differs from Samba's own default: `testparm` prints nothing else. */
function locking(facts: SubjectFacts): Outcome {
  const settings = settingsOf(facts);
  if (!settings) return unread('not-told', { what: 'testparm -s' });
  const names = {
    oplocks: 'oplocks',
    'level2 oplocks': 'level2Oplocks',
    'kernel oplocks': 'kernelOplocks',
    'case sensitive': 'caseSensitive',
    'wide links': 'wideLinks',
    'follow symlinks': 'followLinks',
    'nt acl support': 'ntAcl',
    'store dos attributes': 'dosAttributes',
  };
  return hitOf(
    Object.entries(names).flatMap(([name, key]) => (settings[key] ? [`${name} = ${settings[key]}`] : [])),
  );
}

/** Files of this share that somebody holds open to write; smbstatus names the share by its path. */
function openFiles(facts: SubjectFacts): Outcome {
  const path = settingsOf(facts)?.path;
  if (!path) return unread('not-told', { what: 'testparm -s' });
  const held = only(facts.rows('samba.open'), 'open').filter(
    ({ access, line }) => /WR/.test(access ?? '') && (line ?? '').includes(` ${path} `),
  );
  return hitOf(held.map(({ line }) => nameIn(line ?? '', path)));
}
/** "185 1004 DENY_NONE 0x120116 WRONLY NONE /srv/patronus held.txt Sun Nov 22 05:38:03 2026" → "held.txt" */
const nameIn = (line: string, path: string): string =>
  line
    .slice(line.indexOf(` ${path} `) + path.length + 2)
    .replace(/\s+\w{3} \w{3}\s+\d+ [\d:]+ \d{4}\s*$/, '')
    .trim();

const row = (
  code: string,
  severity: Check['severity'],
  when: Check['when'],
  needs: readonly string[] = ['samba.shares', 'samba.walk'],
): Check => ({ code, subject: 'share', kind: 'samba', severity, needs, when });

export const SAMBA_CHECKS: readonly Check[] = [
  row('SAMBA_ACLS', 'warning', accessLists),
  row('SAMBA_ATTRIBUTES', 'warning', attributes),
  row('SAMBA_CASE_CLASH', 'warning', treeCheck('clash')),
  row('SAMBA_LONG_NAMES', 'warning', treeCheck('name', 'path')),
  row('SAMBA_ODD_NAMES', 'warning', treeCheck('odd')),
  row('SAMBA_SYMLINKS', 'warning', treeCheck('symlink')),
  row('SAMBA_HARDLINKS', 'warning', treeCheck('hardlink')),
  row('SAMBA_SPECIAL_FILES', 'note', treeCheck('special')),
  row('SAMBA_FOLDERS_CLOSED', 'warning', closedFolders),
  row('SAMBA_MODULES', 'warning', modules, ['samba.shares']),
  row('SAMBA_SETTINGS', 'note', locking, ['samba.shares']),
  row('SAMBA_FILES_OPEN', 'warning', openFiles, ['samba.shares', 'samba.open']),
];
