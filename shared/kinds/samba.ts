import { parseDf, sectionsOf } from './host-disks';
import type { CommandOutput, Kind, Parsed, Probe } from './kind';
import { present, unknown, unreadable } from './parse-kit';

/**
 * What smbd shares, every 5 min. `testparm -s` reads the configuration as smbd does; it needs no privilege as
 * long as smb.conf is readable; meanwhile a second one tells the
 * version: smbd would tell it too, and be seen as a server that runs. `df` gets local paths only: they are this server's own.
 */
const SCRIPT = String.raw`export LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin
echo '#version'; testparm --version 2>/dev/null &
shares=$(testparm -s 2>/dev/null </dev/null); wait
echo '#shares'; printf '%s\n' "$shares"
echo '#disks'; printf '%s\n' "$shares" | sed -n 's/^[[:space:]]*path = //p' | sort -u | head -50 | while IFS= read -r path; do
  case $path in /*) [ -d "$path" ] && { printf '=%s\n' "$path"; df -PB1 -- "$path" 2>/dev/null | tail -n 1; } ;; esac
done
echo '#end'`;

interface Share {
  name: string;
  path: string;
  readOnly: boolean;
}

const NOT_DATA = new Set(['global', 'homes', 'printers', 'print$', 'ipc$', 'netlogon', 'sysvol']);

/** Sections of testparm: "[name]" then "\tkey = value". Shares are read-only unless told otherwise (smb.conf(5)). */
export function parseShares(rows: readonly string[]): Share[] {
  const shares: Share[] = [];
  for (const row of rows) {
    const name = /^\[(.+)\]$/.exec(row.trim())?.[1];
    if (name !== undefined) {
      shares.push({ name, path: '', readOnly: true });
      continue;
    }
    const share = shares.at(-1);
    const [, key = '', value = ''] = /^\s*([^=]+?)\s*=\s*(.*)$/.exec(row) ?? [];
    if (!share) continue;
    if (key === 'path') share.path = value;
    if (key === 'read only') share.readOnly = value !== 'No';
  }
  return shares.filter((share) => share.path !== '' && !NOT_DATA.has(share.name.toLowerCase()));
}

/** Parses what the script above printed. */
export function parseSamba({ stdout }: CommandOutput): Parsed {
  const sections = sectionsOf(stdout);
  if (!sections) return { facts: {}, error: unreadable('samba.config') };
  const version = sections.get('version')?.[0]?.match(/^Version (\d+(?:\.\d+)*)/)?.[1];
  const rows = sections.get('shares') ?? [];
  const shares = parseShares(rows);
  const disks = sections.get('disks') ?? [];
  const [first] = shares;
  const at = first === undefined ? -1 : disks.indexOf(`=${first.path}`);
  const disk = at < 0 ? null : parseDf(disks[at + 1] ?? '');
  const noDisk = unknown('the path of the share cannot be seen by this account');
  return {
    facts: {
      ...present({ 'samba.product': version === undefined ? undefined : 'Samba', 'samba.version': version }),
      'samba.shares':
        rows.length === 0
          ? unknown('testparm gives nothing: smb.conf cannot be read by this account')
          : shares.map(({ name, path, readOnly }) =>
              `${name} ${path}${readOnly ? ' (read only)' : ''}`.slice(0, 300),
            ),
      'samba.share.path': first?.path ?? unknown('no share is known'),
      'samba.share.used': disk?.used ?? noDisk,
      'samba.share.size': disk?.total ?? noDisk,
      'samba.share.free': disk?.free ?? noDisk,
    },
  };
}

const sambaConfig: Probe = {
  id: 'samba.config',
  every: 'rare',
  via: 'ssh',
  fills: [
    'samba.version',
    'samba.shares',
    'samba.share.path',
    'samba.share.used',
    'samba.share.size',
    'samba.share.free',
  ],
  withMore: {
    en: 'Sessions and open files: smbstatus needs root.',
    fr: 'Sessions et fichiers ouverts : smbstatus demande root.',
  },
  argv: () => ['sh', '-c', SCRIPT],
  parse: parseSamba,
};

/** Samba, the CIFS file server. Its own counters need root; what the host sends stands in for them. */
export const samba: Kind = {
  id: 'samba',
  aliases: ['cifs', 'smb'],
  title: { en: 'Samba', fr: 'Samba' },
  icon: 'files',
  tier: 'files',
  port: 445,
  protocol: 'cifs',
  processes: ['smbd'],
  probes: [sambaConfig],
  product: 'samba.product',
  version: 'samba.version',
  vital: { fact: 'host.sent.rate', format: 'bytes', unit: { en: '/s out', fr: '/s sortants' } },
  fields: [
    { fact: 'samba.version', label: { en: 'Version', fr: 'Version' }, format: 'mono' },
    { fact: 'samba.shares', label: { en: 'Shares', fr: 'Partages' }, format: 'list' },
    {
      fact: 'samba.share.used',
      label: { en: 'Used on the share’s file system', fr: 'Utilisé sur le système de fichiers du partage' },
      format: 'bytes',
    },
    { fact: 'samba.share.free', label: { en: 'Free there', fr: 'Libre au même endroit' }, format: 'bytes' },
    { fact: 'samba.share.size', label: { en: 'Size of it', fr: 'Taille totale' }, format: 'bytes' },
    {
      fact: 'host.sent.rate',
      label: { en: 'Sent by the host', fr: 'Envoyé par l’hôte' },
      format: 'bytes',
      unit: '/s',
    },
    {
      fact: 'host.received.rate',
      label: { en: 'Received by the host', fr: 'Reçu par l’hôte' },
      format: 'bytes',
      unit: '/s',
    },
  ],
};
