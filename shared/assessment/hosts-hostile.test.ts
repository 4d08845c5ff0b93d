import { expect, test } from 'vitest';
import { clean } from '../clean';
import { activeTextsIn, HOSTILE, LONG, replacedFields } from '../testing/hostile';
import filesBackups from '../testing/outputs/files-assess-backups.txt?raw';
import filesJobs from '../testing/outputs/files-assess-jobs.txt?raw';
import filesOpen from '../testing/outputs/files-assess-open.txt?raw';
import filesShares from '../testing/outputs/files-assess-shares.txt?raw';
import filesWalk from '../testing/outputs/files-assess-walk.txt?raw';
import webAddresses from '../testing/outputs/web-assess-addresses.txt?raw';
import webApache from '../testing/outputs/web-assess-apache.txt?raw';
import webMounts from '../testing/outputs/web-assess-mounts.txt?raw';
import webUpdates from '../testing/outputs/web-assess-updates.txt?raw';
import { checkText } from './assessment-text';
import { assessed, resultOf } from './hosts.test-kit';
import { HOSTS_PROBES } from './hosts-tables';

/** Every recorded answer with every field replaced by every trick, cut anywhere, and made huge. */
const OUTPUTS: readonly [host: string, probe: string, raw: string][] = [
  ['files', 'host.assess.backups', filesBackups],
  ['files', 'host.assess.jobs', filesJobs],
  ['files', 'samba.assess.open', filesOpen],
  ['files', 'samba.assess.shares', filesShares.replace('\tpath', '\tvfs objects = recycle\n\tpath')],
  ['files', 'samba.assess.walk', filesWalk],
  ['web', 'host.assess.addresses', webAddresses],
  ['web', 'apache.assess.config', webApache],
  ['web', 'host.assess.mounts', webMounts],
  ['web', 'host.assess.updates', webUpdates],
];
const TEXTS = Object.values(HOSTILE);
const probeOf = (id: string) => {
  const probe = HOSTS_PROBES.find((one) => one.id === id);
  if (probe?.via !== 'ssh') throw new Error(id);
  return probe;
};
const read = (id: string, stdout: string) =>
  probeOf(id).parse(
    { stdout: clean(stdout), stderr: '', exit: 0 },
    { host: { id: 'h', site: 's', address: '10.0.0.1' } },
  );

test.each(OUTPUTS)('%s %s: tricks in every field stay text that can be seen', (host, id, raw) => {
  const shares = { 'samba.assess.shares': filesShares };
  let seen = 0;
  let tried = 0;
  for (const { text } of replacedFields(raw, (count) => TEXTS[count % TEXTS.length] ?? '')) {
    tried += 1;
    expect(activeTextsIn(read(id, text))).toEqual([]);
    // the rest of the way is the same for each; one in ten goes it
    if (tried % 10 !== 0) continue;
    const { subjects } = assessed({ [host]: { ...(host === 'files' ? shares : {}), [id]: text } });
    for (const check of subjects.flatMap((subject) => subject.checks))
      for (const hit of check.hits) {
        seen += 1;
        for (const language of ['en', 'fr'] as const)
          expect(activeTextsIn(checkText(check, hit, language))).toEqual([]);
      }
  }
  expect(tried).toBeGreaterThan(4);
  // of the small ones no tenth may be tried, and those that are may give nothing to be said
  if (tried > 60) expect(seen).toBeGreaterThan(0);
});

test.each(OUTPUTS)(
  '%s %s: an answer that was cut off anywhere is unknown, or has lost nothing',
  (_host, id, raw) => {
    const whole = read(id, raw);
    if ('unread' in whole) throw new Error(`the recorded answer of ${id} is not understood`);
    for (let length = 0; length < raw.length - 1; length += Math.ceil(raw.length / 60)) {
      const cut = read(id, raw.slice(0, length));
      if ('unread' in cut) expect(['cut', 'not-understood']).toContain(cut.unread);
      else expect(cut).toEqual(whole);
    }
  },
);

test.each(Object.entries(LONG))('%s: unknown, and soon', (_what, make) => {
  const huge = make();
  for (const [, id] of OUTPUTS) {
    expect(read(id, huge)).toHaveProperty('unread');
    expect(read(id, `${huge}\nend\n`)).not.toBeUndefined();
  }
});

test('more records than are kept are cut, and an absent row then proves nothing', () => {
  const many = `${'written\t10.9.9.9\t1\t/etc/x\n'.repeat(5000)}end\n`;
  expect(read('host.assess.addresses', many)).toEqual({ unread: 'cut', params: expect.anything() });
  const result = resultOf(
    assessed({ web: { 'host.assess.addresses': many } }),
    'host:web',
    'HOST_ADDRESSES_WRITTEN',
  );
  expect([result.state, result.reason?.code]).toEqual(['unknown', 'cut']);
});

test('no name that a stranger chose can be a record of its own, or the end', () => {
  const named = read('samba.assess.walk', filesWalk);
  if ('unread' in named) throw new Error('not understood');
  const names = named.map((row) => row.name ?? '');
  expect(names).toContain('Clash/new\\x01end\\x01line');
  expect(named.filter(({ what }) => what === 'walk')).toHaveLength(1);
});
