import { cleanLine } from '../clean';
import type { CommandOutput, Row } from '../kinds/kind';
import { type AssessmentProbe, notInstalled, type Read, unread } from './model';

/** What `testparm -s` says of each share: sections "[name]", then "\tkey = value". Globals hold where a share is silent. */
const SCRIPT = String.raw`export LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin
command -v testparm >/dev/null || exit 127
timeout 10 testparm -s 2>/dev/null </dev/null; printf '#exit %s\n' $?`;

/** Shares that are not data of people (shared/kinds/samba.ts leaves out the same). */
const NOT_DATA = new Set(['global', 'homes', 'printers', 'print$', 'ipc$', 'netlogon', 'sysvol']);
const KEYS: Readonly<Record<string, string>> = {
  path: 'path',
  'read only': 'readOnly',
  'vfs objects': 'vfs',
  oplocks: 'oplocks',
  'kernel oplocks': 'kernelOplocks',
  'level2 oplocks': 'level2Oplocks',
  'nt acl support': 'ntAcl',
  'inherit acls': 'inheritAcls',
  'map acl inherit': 'mapAclInherit',
  'store dos attributes': 'dosAttributes',
  'case sensitive': 'caseSensitive',
  'follow symlinks': 'followLinks',
  'wide links': 'wideLinks',
  'force user': 'forceUser',
  'valid users': 'validUsers',
};

/**
 * One row a share. A missing column is the default of Samba, which testparm does not print (smb.conf(5)).
 * Unknown where smb.conf cannot be read: testparm then fails.
 */
export function readShares(out: CommandOutput): Read {
  const absent = notInstalled(out, 'testparm');
  if (absent) return absent;
  const all = out.stdout.split('\n', 20_000);
  const end = all.findLast((line) => /^#exit \d+$/.test(line));
  if (end === undefined) return unread(all.length > 1 ? 'cut' : 'not-understood');
  if (end !== '#exit 0') return unread('not-told', { what: 'smb.conf' });
  const sections = new Map<string, Record<string, string>>();
  let current: Record<string, string> = {};
  for (const line of all) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      current = {};
      sections.set(cleanLine(name, 200), current);
      continue;
    }
    const [, key = '', value = ''] = /^\t([^=\t][^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (Object.hasOwn(KEYS, key)) current[KEYS[key] ?? key] = cleanLine(value, 300);
  }
  const globals = sections.get('global') ?? {};
  return [...sections].flatMap(([share, own]): Row[] =>
    NOT_DATA.has(share.toLowerCase()) || own.path === undefined ? [] : [{ ...globals, ...own, share }],
  );
}

export const SAMBA_SHARES_PROBE: AssessmentProbe = {
  id: 'samba.assess.shares',
  gives: 'samba.shares',
  kind: 'samba',
  via: 'ssh',
  argv: () => ['sh', '-c', SCRIPT],
  parse: readShares,
};
