import { expect, test } from 'vitest';
import filesConfig from '../testing/outputs/files-samba-config.txt?raw';
import { parseSamba, parseShares } from './samba';

const output = (stdout: string) => ({ stdout, stderr: '', exit: 0 });

test('the configuration of the file server: its share and the disk below it', () => {
  expect(parseSamba(output(filesConfig)).facts).toEqual({
    'samba.product': 'Samba',
    'samba.version': '4.17.12',
    'samba.shares': ['patronus /srv/patronus'],
    'samba.share.path': '/srv/patronus',
    'samba.share.used': 26404540416,
    'samba.share.size': 270553174016,
    'samba.share.free': 82539753472,
  });
});

test('shares are read-only unless told otherwise, and printers are none', () => {
  const rows = [
    '[global]',
    '\tpath = /x',
    '[print$]',
    '\tpath = /y',
    '[a b]',
    '\tpath = /srv/a b',
    '[c]',
    '\tcomment = no path',
  ];
  expect(parseShares(rows)).toEqual([{ name: 'a b', path: '/srv/a b', readOnly: true }]);
});

test('what cannot be read is unknown with its reason', () => {
  const { facts } = parseSamba(output('#version\n#shares\n#disks\n#end'));
  expect(facts).toMatchObject({
    'samba.shares': { value: null },
    'samba.share.path': { value: null },
    'samba.share.used': { value: null },
  });
});
