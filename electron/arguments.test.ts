import { expect, test } from 'vitest';
import { readArguments } from './arguments';

const none = { estate: null, recording: null, dataDir: null, screenshots: null, print: null, egress: null };
test.each([
  [[], none],
  [['--no-sandbox', '--lang=fr'], none],
  [['--estate', 'a.yaml'], { ...none, estate: '/home/u/a.yaml' }],
  [['--estate=/etc/a.yaml', '--data-dir=d'], { ...none, estate: '/etc/a.yaml', dataDir: '/home/u/d' }],
  [['my.yml'], { ...none, estate: '/home/u/my.yml' }],
  [
    ['--screenshots', 'shots', '--egress', 'loopback'],
    { ...none, screenshots: '/home/u/shots', egress: 'loopback' },
  ],
  [['--print=job.json'], { ...none, print: '/home/u/job.json' }],
  [['--recording', 'r.gz'], { ...none, recording: '/home/u/r.gz' }],
  [['a.patronus-recording'], { ...none, recording: '/home/u/a.patronus-recording' }],
  [['--estate', ''], none],
])('%j', (argv, expected) => {
  expect(readArguments(argv, '/home/u')).toEqual(expected);
});
