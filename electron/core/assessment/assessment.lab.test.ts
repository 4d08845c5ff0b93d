import { readFile } from 'node:fs/promises';
import type { Assessment, CheckResult } from '@shared/views/assessment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { type DatabaseDesk, databaseDesk } from './testing/database-desk';

/** Apart from every other lab: all may run at once. */
const GATE_PORT = { mysql: 2600, mariadb: 2601 } as const;
/** A run over everything, on a machine that is busy with other labs. */
const WHOLE_RUN_MS = 600_000;

/** A database with every fault that can be made in one by statements; each is named by the check that must see it. */
const BAD = `
CREATE TABLE patronus.assess_isam (id INT PRIMARY KEY, t TEXT) ENGINE=MyISAM;
CREATE TABLE patronus.assess_nokey (a INT, b TEXT) ENGINE=InnoDB;
CREATE TABLE patronus.assess_tiny (id TINYINT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;
INSERT INTO patronus.assess_tiny VALUES (126);
CREATE TABLE patronus.assess_mb3 (id INT PRIMARY KEY, t VARCHAR(10)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE USER assess_gone@localhost;
GRANT ALL ON patronus.* TO assess_gone@localhost;
CREATE DEFINER=assess_gone@localhost VIEW patronus.assess_view AS SELECT id FROM patronus.assess_tiny;
CREATE DEFINER=assess_gone@localhost PROCEDURE patronus.assess_proc() SELECT 1;
CREATE DEFINER=assess_gone@localhost EVENT patronus.assess_event ON SCHEDULE EVERY 1 YEAR STARTS '2031-01-01' DO SELECT 1;
DROP USER assess_gone@localhost;
`;
const FOUND: Readonly<Record<string, string>> = {
  TABLES_NOT_INNODB: 'patronus.assess_isam',
  TABLES_WITHOUT_KEY: 'patronus.assess_nokey',
  AUTO_INCREMENT_NEAR_END: 'patronus.assess_tiny.id',
  CHARSET_UTF8MB3: 'patronus.assess_mb3',
  VIEW_DEFINER_GONE: 'patronus.assess_view',
  ROUTINE_DEFINER_GONE: 'patronus.assess_proc',
  EVENT_DEFINER_GONE: 'patronus.assess_event',
  EVENTS_RUN: 'patronus.assess_event',
};

const checks = ({ subjects }: Assessment): ReadonlyMap<string, CheckResult> =>
  new Map(
    subjects
      .filter(({ subject }) => subject.kind === 'database')
      .flatMap((subject) => subject.checks.map((check) => [check.code, check] as const)),
  );

describe.each(['mysql', 'mariadb'] as const)('assessing a lab with %s', (engine) => {
  let base: string;
  let lab: Lab;
  let desk: DatabaseDesk;
  let console: TestConsole;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT[engine], engine });
    desk = await databaseDesk(lab.estateFile);
    console = await openConsole(lab.estateFile);
  });
  afterAll(async () => {
    await desk?.close();
    await console?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  const sql = (statements: string) => lab.exec('db', [`/opt/lab/${engine}.sh`, 'sql', '-e', statements]);
  const stored = () => console.client.call('assessment.get', undefined);

  it('knows nothing before anybody asked', async () => {
    const { takenAt, subjects, evidence } = await stored();
    expect([takenAt, evidence]).toEqual([null, []]);
    expect(new Set(subjects.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  });

  it('takes what the watching account may not see for unknown, and names the grants that are missing', async () => {
    const seen = checks(await desk.run());
    for (const code of Object.keys(FOUND)) expect([code, seen.get(code)?.state]).toEqual([code, 'unknown']);
    const lines = new Set([...seen.values()].flatMap(({ reason }) => reason?.more ?? []));
    expect([...lines].join('\n')).toContain(`GRANT REFERENCES ON *.* TO 'patronus_watch'@'10.%';`);
    // exactly what it names, and nothing else, lets it see everything
    await sql([...lines].join('\n'));
  });

  it('finds none of the faults in a sound database', async () => {
    const seen = checks(await desk.run());
    for (const code of Object.keys(FOUND)) expect([code, seen.get(code)?.state]).toEqual([code, 'clear']);
    const untold = [...seen.values()].filter(({ state }) => state === 'unknown').map(({ code }) => code);
    // nobody said how long loading takes
    expect(untold).toEqual(['BINLOG_RETENTION_SHORT']);
  });

  it('finds every fault of a bad one, with what it was read from', async () => {
    await sql(BAD);
    const now = await desk.run();
    const seen = checks(now);
    for (const [code, name] of Object.entries(FOUND)) {
      const check = seen.get(code);
      expect([code, check?.state]).toEqual([code, 'applies']);
      expect(JSON.stringify(check?.hits[0]?.params)).toContain(name);
      const head = check?.evidence[0];
      const raw = now.evidence.find(({ host, id }) => host === head?.host && id === head?.id);
      expect(raw).toMatchObject({ host: 'db', via: 'sql', account: 'patronus_watch' });
      expect(raw?.sent).toMatch(/^SELECT /);
    }
    const verdict = now.subjects.find(({ subject }) => subject.kind === 'database')?.verdict;
    expect(verdict).toBe('not-ready');
  });

  it(
    'asks everything when a person calls for it, and keeps the answer for a look without a connection',
    async () => {
      const now = await console.client.call('assessment.run', undefined);
      expect(checks(now).get('TABLES_NOT_INNODB')?.state).toBe('applies');
      const later = await stored();
      expect(later.subjects).toEqual(now.subjects);
      const file = await readFile(lab.estateFile.replace(/\.yaml$/, '.assessment.json'), 'utf8');
      expect(JSON.parse(file).complete).toBe(true);
    },
    WHOLE_RUN_MS,
  );

  it('leaves the last answer alone when a run is cancelled before it read anything', async () => {
    const before = await stored();
    const cancelled = AbortSignal.abort();
    const { complete, subjects } = await console.app.handlers['assessment.run'](undefined, {
      signal: cancelled,
    });
    expect(complete).toBe(false);
    expect(subjects.some(({ verdict }) => verdict === 'ready')).toBe(false);
    expect(await stored()).toEqual(before);
  });
});
