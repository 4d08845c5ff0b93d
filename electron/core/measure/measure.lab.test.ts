import type { LedgerEntry } from '@shared/contract';
import { toAppError } from '@shared/errors';
import type { MeasureProgress, MeasureRequest } from '@shared/measure/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { builtCommandLine, runProgram } from '../testing/command-line';
import { openConsole, type TestConsole } from '../testing/console';
import { afterReadings, entered, ROW_BYTES, writeRows } from './testing/measured.lab-kit';

const TREE = '/srv/measured';

let base: string;
let lab: Lab;
let desk: TestConsole;

async function begin(engine: 'mysql' | 'mariadb', gatePort: number): Promise<void> {
  base = await freshBase();
  lab = await smallLab(base, await buildPrograms(), { gatePort, engine });
  // Whoever else writes or reads here would be measured, too.
  await lab.fault('kill', 'users', 'traffic');
  desk = await openConsole(lab.estateFile);
}
async function end(): Promise<void> {
  await desk?.close();
  await lab?.down({ purge: true });
  await removeBase(base);
}

const start = (request: MeasureRequest) => desk.client.call('measure.start', request);
const refused = (request: MeasureRequest) =>
  start(request).then(
    () => 'no error',
    (thrown) => toAppError(thrown).code,
  );
const ledger = () => desk.client.call('ledger.get', undefined);
const entry = async (path: string): Promise<LedgerEntry | undefined> =>
  (await ledger()).find((one) => one.path === path);
const sql = (statement: string) =>
  lab.exec('db', [`/opt/lab/${lab.engine}.sh`, 'sql', '-N', '-B', '-e', statement]);

function databaseTests(): void {
  it('a known load is measured as what it is', async () => {
    await sql(
      'CREATE TABLE patronus.measured (id BIGINT AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6), pad LONGTEXT)',
    );
    const writing = writeRows(lab, 140);
    await expect
      .poll(async () => Number((await sql('SELECT COUNT(*) FROM patronus.measured')).stdout), {
        timeout: 30_000,
      })
      .toBeGreaterThan(2);
    const result = await start({ kind: 'write-rate', subject: 'db', seconds: 8 });
    await writing;
    const { 'dataSets/db/changeRate': rate } = entered(result);
    const { seconds = 0, bytes = 0 } = result.facts;
    const { stdout } = await sql(
      `SELECT COUNT(*) FROM patronus.measured WHERE UNIX_TIMESTAMP(at) BETWEEN ${result.at / 1000 - seconds} AND ${result.at / 1000}`,
    );
    const written = Number(stdout) * ROW_BYTES;
    console.info(`${lab.engine}: ${bytes} B in ${seconds.toFixed(2)} s of the log, ${written} B of rows`);
    expect(written).toBeGreaterThan(20 * ROW_BYTES);
    // What the log adds to each row, and a row on either edge.
    expect(Math.abs(bytes - written)).toBeLessThan(0.05 * written + 2 * ROW_BYTES);
    expect(rate?.quantity).toMatchObject({
      source: 'measured',
      where: 'db',
      when: new Date(result.at).toISOString(),
    });
    const { value = 0, range = { low: 1, high: 0 } } = rate?.quantity ?? {};
    expect(range.low <= value && value <= range.high).toBe(true);
    expect(await entry('dataSets/db/changeRate')).toMatchObject({ at: result.at, quantity: rate?.quantity });
  });

  it('rotation and purge of older logs do not matter; where the log begins anew there is no value', async () => {
    const resets = lab.engine === 'mysql' ? 'RESET BINARY LOGS AND GTIDS' : 'RESET MASTER';
    const measuring = start({ kind: 'write-rate', subject: 'db', seconds: 6 });
    await afterReadings(desk, 2);
    await sql('FLUSH BINARY LOGS; FLUSH BINARY LOGS');
    const { facts } = await measuring;
    // The head of two new files, and nothing else.
    expect(facts.bytes).toBeGreaterThan(0);
    expect(facts.bytes).toBeLessThan(4_000);
    const before = await ledger();
    const again = start({ kind: 'write-rate', subject: 'db', seconds: 6 });
    await afterReadings(desk, 2);
    await sql(resets);
    expect((await again).outcome).toEqual({ state: 'unknown', why: 'counter-back' });
    expect(await ledger()).toEqual(before);
  });

  it('nothing written is 0 bytes in so many seconds: a value with its range', async () => {
    const result = await start({ kind: 'write-rate', subject: 'db', seconds: 5 });
    expect(result.facts.bytes).toBe(0);
    const { quantity, before } = entered(result)['dataSets/db/changeRate'] ?? {};
    expect(quantity).toMatchObject({ value: 0, unit: 'B/day', range: { low: 0, high: 0 } });
    // What it replaced is told.
    expect(before).toMatchObject({ source: 'measured' });
  });
}

describe('measurements of Patronus with MySQL', () => {
  beforeAll(() => begin('mysql', 2620));
  afterAll(end);

  it('offers what there is, with its cost, as the looking accounts', async () => {
    const offers = await desk.client.call('measure.list', undefined);
    const shown = offers.map(({ kind, subject, host, account, lacks }) =>
      [kind, subject, host, account, lacks].join(' '),
    );
    expect(shown).toEqual([
      'write-rate db db patronus_watch ',
      'changed-files files files patronus-watch ',
      'tree-walk files files patronus-watch ',
      ...['web', 'db', 'files'].flatMap((host) => [
        `copy ${host} ${host} patronus-watch `,
        `latency ${host} ${host} patronus-watch `,
      ]),
    ]);
    expect(offers.find(({ kind }) => kind === 'tree-walk')?.request).toMatchObject({
      trees: ['/srv/patronus'],
    });
  });

  it('a tree with a known number of changed files', async () => {
    const make = `umask 022; mkdir ${TREE}; cd ${TREE}
      for i in $(seq 40); do head -c 1000 /dev/zero >old$i; touch -d '30 days ago' old$i; done
      for i in $(seq 5); do head -c 1000 /dev/zero >mid$i; touch -d '50 hours ago' mid$i; done
      for i in $(seq 7); do head -c 1000 /dev/zero >new$i; done; ln -s / loop`;
    await lab.exec('files', ['sh', '-c', make]);
    const result = await start({
      kind: 'changed-files',
      subject: 'files',
      trees: [TREE, `${TREE}/`],
      seconds: 60,
    });
    const values = entered(result);
    const shown = Object.values(values).map(({ path, quantity }) => [
      path,
      quantity.value,
      quantity.unit,
      quantity.range,
    ]);
    expect(shown).toEqual([
      ['dataSets/files/size', 52, 'kB', undefined],
      ['dataSets/files/fileCount', 52, 'files', undefined],
      ['dataSets/files/changedFiles', 7, 'files/day', { low: 0, high: 7 }],
      ['dataSets/files/changeRate', 7, 'kB/day', { low: 0, high: 7 }],
    ]);
    expect(result.facts.days?.[2]).toEqual({ files: 5, bytes: 5000 });
    const { assumptions } = await desk.client.call('plan.get', undefined);
    expect(assumptions.find(({ path }) => path === 'dataSets/files/fileCount')).toMatchObject({
      value: 52,
      source: 'measured',
    });
  });

  it('without a path: the trees that the file server shares, each file of them', async () => {
    const { stdout } = await lab.exec('files', ['sh', '-c', 'find /srv/patronus -type f | wc -l']);
    const { facts } = await start({ kind: 'changed-files', subject: 'files', trees: [], seconds: 60 });
    expect(facts.files).toBe(Number(stdout));
  });

  it('walks: a time for each, and their spread', async () => {
    const result = await start({ kind: 'tree-walk', subject: 'files', trees: [], seconds: 60, walks: 3 });
    expect(result.facts.walks).toHaveLength(3);
    const { value = -1, range } = entered(result)['assumptions/scanTime']?.quantity ?? {};
    expect(value).toBeGreaterThanOrEqual(0);
    expect((range?.low ?? 9) <= value && value <= (range?.high ?? 0)).toBe(true);
  });

  it('a walk that does not see all, or is cut by its limit, enters nothing and says what it reached', async () => {
    const before = await ledger();
    await lab.exec('files', ['sh', '-c', `mkdir -m 700 ${TREE}/closed`]);
    const closed = await start({ kind: 'changed-files', subject: 'files', trees: [TREE], seconds: 60 });
    expect(closed).toMatchObject({
      outcome: { state: 'unknown', why: 'unreadable' },
      facts: { files: 52, hidden: 1 },
    });
    expect(closed.facts.said).toMatch(/closed.*Permission denied/);
    await lab.exec('files', ['rmdir', `${TREE}/closed`]);
    // A tree that does not end: what find has printed by then is there.
    const endless = '#!/bin/sh\n/usr/bin/find "$@"\nexec sleep 120\n';
    await lab.exec('files', ['sh', '-c', 'cat >/usr/local/bin/find; chmod 755 /usr/local/bin/find'], {
      input: endless,
    });
    const cut = await start({ kind: 'changed-files', subject: 'files', trees: [TREE], seconds: 2 });
    const walks = await start({ kind: 'tree-walk', subject: 'files', trees: [TREE], seconds: 2, walks: 3 });
    await lab.exec('files', ['rm', '/usr/local/bin/find']);
    expect(cut).toMatchObject({
      outcome: { state: 'unknown', why: 'cut-by-limit' },
      facts: { files: 52, bytes: 52_000 },
    });
    expect(walks).toMatchObject({
      outcome: { state: 'unknown', why: 'cut-by-limit' },
      facts: { samples: 1 },
    });
    expect(await ledger()).toEqual(before);
  });

  it('a copy: what was streamed and no more, by one connection and by three, and the hour it was measured in', async () => {
    const one = await start({ kind: 'copy', subject: 'files', bytes: 60_000_000, seconds: 60, streams: 1 });
    expect(one.facts.bytes).toBe(60_000_000);
    const hour = `${one.facts.hour}`.padStart(2, '0');
    const values = entered(one);
    expect(Object.keys(values)).toEqual(['measured/copyRate', `measured/copyRate/files/${hour}`]);
    const { value = 0, range } = values['measured/copyRate']?.quantity ?? {};
    expect(value > 0 && (range?.low ?? 0) > 0 && (range?.high ?? 0) >= value).toBe(true);
    const three = await start({ kind: 'copy', subject: 'files', bytes: 60_000_000, seconds: 60, streams: 3 });
    expect(three.facts).toMatchObject({ bytes: 60_000_000, streams: 3 });
    // The same hour, unless it has just turned: then both count, and what stood there is told all the same.
    expect(entered(three)['measured/copyRate']?.before).toMatchObject({ value });
    // Its seconds end it, too.
    const short = await start({
      kind: 'copy',
      subject: 'files',
      bytes: 100_000_000_000,
      seconds: 1,
      streams: 1,
    });
    expect(short.facts.bytes).toBeLessThan(100_000_000_000);
    expect(short.facts.seconds).toBeLessThan(5);
    const { stdout } = await lab.exec('files', ['sh', '-c', 'pgrep -c -x head || true']);
    expect(Number(stdout)).toBe(0);
  });

  it('a round trip: positive, and far below a second here', async () => {
    const result = await start({ kind: 'latency', subject: 'web', samples: 20 });
    const { value = 0, unit, range } = entered(result)['assumptions/roundTripTime']?.quantity ?? {};
    expect(unit).toBe('ms');
    expect(value > 0 && value < 1000 && (range?.low ?? 0) > 0 && (range?.high ?? 0) >= value).toBe(true);
  });

  it('one at a time; an abort ends it and enters nothing; what is not there is named', async () => {
    const before = await ledger();
    const told: MeasureProgress[] = [];
    const stop = desk.client.on('measure.progress', (progress) => told.push(progress));
    const controller = new AbortController();
    const running = desk.client
      .call('measure.start', { kind: 'write-rate', subject: 'db', seconds: 600 }, controller.signal)
      .catch(toAppError);
    await afterReadings(desk, 1);
    expect(await refused({ kind: 'latency', subject: 'web', samples: 5 })).toBe('E_MEASURE_BUSY');
    controller.abort();
    expect(await running).toMatchObject({ code: 'E_ABORTED' });
    stop();
    expect(told.at(-1)).toMatchObject({ state: 'ended', error: { code: 'E_ABORTED' } });
    expect(await refused({ kind: 'latency', subject: 'nowhere', samples: 5 })).toBe('E_MEASURE_UNKNOWN');
    expect(await refused({ kind: 'write-rate', subject: 'files', seconds: 5 })).toBe('E_MEASURE_UNKNOWN');
    expect(await ledger()).toEqual(before);
  });

  it('the journal holds every command, and every value that was entered', async () => {
    const search = (text: string) =>
      desk.client.call('journal.search', { filter: { text }, offset: 0, limit: 50 });
    for (const text of ['measure.walk', 'measure.copy', 'dataSets/files/fileCount', 'measured/copyRate'])
      expect([text, (await search(text)).total > 0]).toEqual([text, true]);
  });

  it('from a terminal: the cost first, then the value as JSON', async () => {
    const words = [
      'measure',
      'latency',
      'web',
      '--samples',
      '5',
      '--estate',
      lab.estateFile,
      '--json',
      '--egress',
      'loopback',
    ];
    const env = { ...process.env, HOME: desk.home, XDG_DATA_HOME: `${desk.home}/cli`, LANG: 'C' };
    const { code, stdout, stderr } = await runProgram([process.execPath, builtCommandLine(), ...words], {
      env,
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('at most')]);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: {
        state: 'measured',
        entered: [{ path: 'assumptions/roundTripTime', before: { source: 'measured' } }],
      },
    });
  });

  databaseTests();
});

describe('the write rate of MariaDB', () => {
  beforeAll(() => begin('mariadb', 2621));
  afterAll(end);

  databaseTests();
});
