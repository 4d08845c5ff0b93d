import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { topologyOf } from '@shared/topology/topology-of';
import { expect, test } from 'vitest';
import { openRecording } from './recording';

const FILE = path.resolve(import.meta.dirname, '../../../estates/recordings/patronus-lab.patronus-recording');

/** What was done to the lab while it was recorded, as the marks tell it, in this order. */
const COURSE = [
  'finding-came SERVICE_DOWN',
  'finding-went SERVICE_DOWN',
  'finding-came DISK_NEARLY_FULL',
  'finding-came SERVICE_FROZEN',
  'finding-went SERVICE_FROZEN',
  'host-lost files',
  'host-back files',
  'finding-came LINK_UNANSWERED',
  'host-lost db',
  'host-back db',
];

test('the recording that ships shows the faults that were put in, and Apache down while it was', async () => {
  const recording = await openRecording(FILE);
  expect(recording.damage()).toBeNull();
  const line = await recording.timeLine();
  const course = line?.marks.map((mark) =>
    'host' in mark
      ? `${mark.what} ${mark.host}`
      : 'finding' in mark
        ? `${mark.what} ${mark.finding.code}`
        : '',
  );
  expect(course?.filter((one) => COURSE.includes(one))).toEqual(COURSE);
  const down = line?.marks.find((mark) => mark.what === 'finding-came');
  const moment = await recording.at((down?.t ?? 0) + 1_000);
  const { nodes } = topologyOf(moment.estate, moment.snapshot);
  expect(nodes.map(({ health }) => health)).toContain('down');
  // The output that shows it, and not the one before.
  const raw = moment.evidenceOf('web', 'host.poll')?.raw;
  expect(raw).toContain('sshd');
  expect(raw).not.toContain('apache2');
});

test('it is small, and holds nothing of the machine it was made on', async () => {
  const bytes = await readFile(FILE);
  expect(bytes.length).toBeLessThan(400_000);
  const text = gunzipSync(bytes).toString('utf8');
  expect(text.match(/\/(root|home|work|tmp)\/[^\s"]*|BEGIN [A-Z ]*PRIVATE KEY/g)).toBeNull();
});
