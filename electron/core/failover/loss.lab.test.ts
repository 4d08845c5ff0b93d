import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FailoverLook } from '@shared/failover/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { type LossRound, playLoss, untruths } from '../../../lab/proof/loss-round';
import { crash, heldAlone, mendCrash } from '../../../lab/proof/lossy-crash';
import { namedGtids } from '../../../lab/proof/named-gtids';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { builtCommandLine, runProgram } from '../testing/command-line';
import { openConsole, type TestConsole } from '../testing/console';
import { failoverDesk } from '../testing/failover-desk';

const GATE_PORT = { mysql: 2562, mariadb: 2563 } as const;
const ROUNDS = 5;
const LONG = 600_000;

describe.each(['mysql', 'mariadb'] as const)(
  'F24 what would be lost when a primary of %s has died',
  { timeout: LONG },
  (engine) => {
    let base: string;
    let lab: Lab;
    let desk: TestConsole;
    const played: LossRound[] = [];
    const worst = (): LossRound => {
      const most = played.toSorted((a, b) => b.truth.size - a.truth.size)[0];
      if (!most || most.truth.size === 0) throw new Error('nothing was lost in any round');
      return most;
    };

    beforeAll(async () => {
      base = await freshBase();
      const options = { estate: 'replication/star', gatePort: GATE_PORT[engine], engine };
      lab = await smallLab(base, await buildPrograms(), options);
      desk = await openConsole(lab.estateFile);
    }, LONG);
    afterAll(async () => {
      await desk?.close();
      await lab?.down({ purge: true });
      await removeBase(base);
    }, LONG);

    it('is exactly what it is later found to hold alone, while its host answers', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await playLoss(lab, failoverDesk(desk), { round, cutConsole: false });
        expect([round, untruths(one, false)]).toEqual([round, []]);
        played.push(one);
      }
      // otherwise nothing was shown
      expect(played.filter(({ truth }) => truth.size > 0).length).toBeGreaterThanOrEqual(3);
    });

    it('is kept as a log that the server’s own tool reads, for the person’s eyes alone', async () => {
      const { look, stated } = worst();
      const salvage = look.loss?.kind === 'exact' ? look.loss.salvage : null;
      expect(salvage).not.toBeNull();
      const file = salvage?.file ?? '';
      const { mode, size } = await stat(file);
      expect([(mode & 0o777).toString(8), size]).toEqual(['600', salvage?.bytes]);
      const tool = engine === 'mysql' ? 'mysqlbinlog' : 'mariadb-binlog';
      const read = ['sh', '-c', `cat >/tmp/kept.binlog && ${tool} --no-defaults /tmp/kept.binlog`];
      const { stdout } = await lab.exec('db-a', read, { input: await readFile(file) });
      const pattern =
        engine === 'mysql' ? /^SET @@SESSION.GTID_NEXT= '([0-9a-f].*)'/gm : /\tGTID (\d+-\d+-\d+)/g;
      expect(new Set([...stdout.matchAll(pattern)].map(([, gtid]) => gtid))).toEqual(stated);
    });

    it('would be caught if it were told against a wrong position', () => {
      const { look, stated, truth } = worst();
      const fewer = new Set([...stated].slice(1));
      expect(untruths({ look, stated: fewer, truth }, false)).not.toEqual([]);
      const more = new Set([...stated, `${[...stated][0]}0`]);
      expect(untruths({ look, stated: more, truth }, false)).not.toEqual([]);
    });

    it('is a part of it, or unknown, while its host cannot be reached', async () => {
      const cutOff: LossRound[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await playLoss(lab, failoverDesk(desk), { round, cutConsole: true });
        expect([round, untruths(one, true)]).toEqual([round, []]);
        expect(one.look.old).toMatchObject({ process: 'unknown', log: { state: 'unread' } });
        expect(one.look.old.lastSeen).not.toBeNull();
        cutOff.push(one);
      }
      expect(cutOff.some(({ look, truth }) => look.loss?.kind === 'at-least' && truth.size > 0)).toBe(true);
    });

    it('is told in a terminal, in both languages and as a document', async () => {
      const program = builtCommandLine();
      const folder = await mkdtemp(path.join(tmpdir(), 'patronus-cli-'));
      const env = { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'C.UTF-8', PATRONUS_EGRESS: 'loopback' };
      const common = ['--estate', lab.estateFile, '--data-dir', folder];
      const patronus = (...words: string[]) =>
        runProgram([process.execPath, program, 'failover', ...words, ...common], { env, cwd: folder });
      try {
        await crash(lab, { cut: ['db-b', 'db-c'], aloneMs: 200, cutConsole: false });
        const { code, stdout, stderr } = await patronus('data');
        expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
        expect(stdout).toMatch(/These \d+ transactions are lost unless db-a comes back\./);
        expect(stdout).toContain('never fails over by itself');
        expect((await patronus('data', '--lang', 'fr')).stdout).toMatch(/Ces \d+ transactions sont perdues/);
        const asked = await patronus('data', '--to', 'db-b', '--json');
        const look = FailoverLook.parse(JSON.parse(asked.stdout));
        expect(look).toMatchObject({ against: 'db-b', choice: { kind: 'asked', node: 'db-b' } });
        // The server that is given up has to be named: with another name nothing begins.
        expect(await patronus('data', '--confirm', 'db-b')).toMatchObject({ code: 3 });
        expect(await patronus('data', '--to', 'db-x')).toMatchObject({ code: 2 });
        const truth = await heldAlone(lab, 'db-b');
        expect(namedGtids(look.loss?.kind === 'exact' ? look.loss.gtids : '')).toEqual(truth);
        await mendCrash(lab);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);
