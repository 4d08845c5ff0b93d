import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WhatIf } from '../views/what-if';
import {
  codesOf,
  ESTATES,
  type EstateName,
  entered,
  estateNamed,
  fail,
  figuresIn,
  inScenario,
  readEstates,
  stepsOf,
  whatIfOf,
} from './what-if.test-kit';

readEstates((name) => readFileSync(resolve(import.meta.dirname, `../../estates/${name}.yaml`), 'utf8'));

const nodesOf = (name: EstateName): string[] => {
  const { services, hosts } = estateNamed(name);
  return [...new Set([...services.map(({ id }) => id), ...hosts.map(({ id }) => id)])];
};

describe.each(ESTATES)('%s', (name) => {
  it.each(nodesOf(name))('without %s: an answer in which every number opens to its sources', (node) => {
    for (const language of ['en', 'fr'] as const) {
      const whatIf = whatIfOf(name, [fail(node), { kind: 'load', times: 2 }], [], language);
      expect(WhatIf.safeParse(whatIf).error).toBeUndefined();
      expect(JSON.stringify(whatIf)).not.toMatch(/NaN|Infinity|undefined/);
      expect(Object.values(whatIf.overlay.nodes)).toContain('stopped');
      expect(whatIf.verdict).not.toBe('');
      for (const { value, missing, opened, title } of figuresIn(whatIf)) {
        const inputs = opened.filter(({ symbols }) => symbols === undefined);
        expect(opened[0]?.depth, title).toBe(0);
        expect(inputs.length, title).toBeGreaterThan(0);
        if (value === null) expect(missing.length, title).toBeGreaterThan(0);
        else for (const input of inputs) expect(input, title).not.toMatchObject({ source: 'unknown' });
      }
    }
  });
});

describe('Patronus', () => {
  it('is broken for everybody without its web server, and its data is untouched', () => {
    const whatIf = whatIfOf('patronus', [fail('web')]);
    expect(whatIf.workflows).toMatchObject([{ id: 'request', actor: 'Users', verdict: 'broken' }]);
    expect(stepsOf(whatIf, 'request')).toEqual([
      '1 fails',
      '2 not-reached',
      '3 not-reached',
      '4 not-reached',
      '5 not-reached',
    ]);
    expect(codesOf(whatIf.takeovers)).toEqual(['only-one']);
    expect(whatIf.losses).toEqual([]);
    expect(whatIf.outage).toMatchObject({ value: null, missing: ['availability/web/repair'] });
  });
  it.each([
    ['db', 3],
    ['files', 4],
  ])('without %s, step %i fails, and only if its branch is taken', (node, step) => {
    const whatIf = whatIfOf('patronus', [fail(node)]);
    expect(whatIf.workflows).toMatchObject([{ verdict: 'sometimes' }]);
    expect(stepsOf(whatIf, 'request').filter((each) => !each.endsWith('works'))).toEqual([`${step} fails`]);
    expect(codesOf(whatIf.losses)).toEqual(['since-backup']);
  });
  it('knows how long as soon as somebody says how long a repair takes', () => {
    const whatIf = whatIfOf('patronus', [fail('files')], [entered('availability/files/repair', 8, 'h')]);
    expect(whatIf.outage).toMatchObject({ value: 28_800, text: '8\u00a0h', missing: [] });
  });
  it('goes on when a link is cut that carries nothing, and stops where it does', () => {
    expect(whatIfOf('patronus', [{ kind: 'cut', link: 'web-db' }]).workflows).toMatchObject([
      { verdict: 'sometimes' },
    ]);
    expect(whatIfOf('patronus', [{ kind: 'cut', link: 'users-web' }]).workflows).toMatchObject([
      { verdict: 'broken' },
    ]);
  });
  it('with a replica, a person promotes it, and what it had not received is lost', () => {
    const changes = [inScenario('minimal-replica'), fail('db')];
    const lag = entered('clusters/patronus-db/lag', 2, 's');
    const parts = ['detect', 'decide', 'act', 'client'].map((part) =>
      entered(`availability/db/${part}`, 5, 'min'),
    );
    const whatIf = whatIfOf('patronus', changes, [lag, ...parts]);
    expect(whatIf.takeovers).toMatchObject([{ code: 'by-hand', nodes: ['db2'] }]);
    expect(whatIf.losses).toMatchObject([{ code: 'rows', figures: [{ value: 2 }] }]);
    expect(whatIf.outages[0]?.parts.map(({ part }) => part)).toEqual(['detect', 'decide', 'act', 'client']);
    expect(whatIf.outage).toMatchObject({ value: 1200 });
    expect(whatIf.overlay.nodes).toMatchObject({ db: 'stopped', db2: 'takes-over', web: 'unaffected' });
  });
  it('with semi-synchronous replication, no committed row is lost', () => {
    const estate = structuredClone(estateNamed('patronus'));
    const scenario = estate.scenarios.find(({ id }) => id === 'minimal-replica');
    Object.assign(scenario?.set ?? {}, { 'clusters/patronus-db/technology': 'mysql-semi-sync' });
    const whatIf = whatIfOf(estate, [inScenario('minimal-replica'), fail('db')]);
    expect(codesOf(whatIf.losses)).toEqual(['no-committed']);
  });
  it('as a pair: one web server is lost and the balancer sends its work to the other', () => {
    const whatIf = whatIfOf('patronus', [inScenario('balanced-pair'), fail('web-1')]);
    expect(whatIf.workflows).toMatchObject([{ verdict: 'works' }]);
    expect(whatIf.takeovers).toMatchObject([{ code: 'balancer', nodes: ['web@web-2'] }]);
    expect(whatIf.loads.find(({ code }) => code === 'each')?.text).toContain('1 of 2');
    const both = whatIfOf('patronus', [inScenario('balanced-pair'), fail('web-1'), fail('web-2')]);
    expect(both.workflows).toMatchObject([{ verdict: 'broken' }]);
  });
  it('what is set changes the outage of the plan, and nothing else can', () => {
    const change = { kind: 'set', path: 'dataSets/files/size', value: 2, unit: 'TB' } as const;
    expect(whatIfOf('patronus', [change]).plan).not.toBeNull();
    expect(whatIfOf('patronus', [fail('web')]).plan).toBeNull();
  });
});

describe('the embassy', () => {
  it('does not notice a server that is down, but for 3 s: once, or at every request', () => {
    for (const server of ['master', 'standby']) {
      const whatIf = whatIfOf('embassy', [fail(server)]);
      expect(whatIf.workflows[0]).toMatchObject({ id: 'request', verdict: 'slower' });
      expect(stepsOf(whatIf, 'request')).toEqual(['1 waits', '2 works', '3 waits']);
      const waits = whatIf.breaks.filter(({ code }) => code.endsWith('remembered'));
      expect(waits).toMatchObject([
        { code: 'remembered', figures: [{ value: 3 }, { value: 1.5 }] },
        { code: 'not-remembered', figures: [{ value: 3 }] },
      ]);
      expect(waits[0]?.text).toContain('1\u00a0h');
    }
  });
  it('cannot publish without the master, and can without the standby', () => {
    const publish = (server: string) => whatIfOf('embassy', [fail(server)]).workflows[1];
    expect(publish('master')).toMatchObject({ id: 'publish', verdict: 'broken' });
    expect(publish('standby')).toMatchObject({
      verdict: 'works',
      steps: [{}, {}, {}, { state: 'postponed' }],
    });
  });
  it('leaves all 200 streams to the survivor, which 1 GbE carries at 480p and not at 720p', () => {
    const link = entered('capacity/api/link', 1, 'Gbit/s');
    const { loads } = whatIfOf('embassy', [fail('master')], [link]);
    const streams = loads.find(({ code }) => code === 'concurrent-streams');
    const value = (title: string) => streams?.figures.find((figure) => figure.title === title)?.value;
    expect(value('Streams on one server')).toBe(200);
    expect(value('480p, share of the line')).toBeCloseTo(0.5 / 0.93, 10);
    expect(value('720p, share of the line')).toBeCloseTo(1 / 0.93, 10);
    expect(value('1080p, share of the line')).toBeCloseTo(1.6 / 0.93, 10);
  });
  it('has 122 of 200 on one of two servers, and 400 in all when the load doubles', () => {
    const on = (...changes: Parameters<typeof whatIfOf>[1]) =>
      whatIfOf('embassy', changes)
        .loads.flatMap(({ figures }) => figures)
        .find(({ title }) => title === 'Streams on one server')?.value;
    expect(on(fail('cmi'))).toBe(122);
    expect(on(fail('master'), { kind: 'load', times: 2 })).toBe(400);
  });
  it('is cut off when both are gone', () => {
    const whatIf = whatIfOf('embassy', [fail('master'), fail('standby')]);
    expect(whatIf.workflows.map(({ verdict }) => verdict)).toEqual(['broken', 'broken']);
    expect(codesOf(whatIf.breaks)).toContain('no-server-left');
  });
  it('has 43 min 50 s a month, of which a repair of 8 h is more', () => {
    const repair = entered('availability/cmi/repair', 8, 'h');
    const [allowance] = whatIfOf('embassy', [fail('cmi')], [repair]).allowances;
    expect(allowance?.allowed.text).toBe('43\u00a0min 50\u00a0s');
    expect(allowance?.left?.value).toBeLessThan(0);
  });
});

describe('LongJump', () => {
  it('has no target for backups, reports and exports without its replica', () => {
    const whatIf = whatIfOf('longjump', [fail('db-replica')]);
    expect(whatIf.workflows).toMatchObject([{ verdict: 'works' }]);
    const lost = whatIf.breaks.filter(({ code }) => code === 'no-target-but');
    expect(lost.map(({ text }) => text.split(':')[0])).toEqual(['Backups', 'Reports', 'Exports']);
    expect(lost[0]?.text).toContain('db-primary would have to carry them');
    expect(codesOf(whatIf.breaks)).toContain('replication-stops');
  });
  it.each(['fail', 'remove'] as const)('cache: %s leaves its load to the databases, all at once', (kind) => {
    const change = kind === 'fail' ? fail('cache') : ({ kind: 'remove', service: 'cache' } as const);
    const whatIf = whatIfOf('longjump', [change], [entered('capacity/cache/hits', 90, '%')]);
    expect(whatIf.workflows).toMatchObject([{ verdict: 'slower' }]);
    expect(whatIf.breaks.find(({ code }) => code === 'stampede')?.nodes).toEqual([
      'cache',
      'db-primary',
      'db-replica',
    ]);
    const [behind] = whatIf.loads.filter(({ code }) => code === 'behind-cache');
    expect(behind?.figures[0]?.value).toBeCloseTo(10, 9);
    expect(codesOf(whatIf.losses)).toEqual(['refilled']);
  });
  it('stands still where only one may run', () => {
    const { breaks, workflows } = whatIfOf('longjump', [fail('backend-host')]);
    expect(workflows).toMatchObject([{ verdict: 'works' }]);
    expect(breaks.find(({ code }) => code === 'stands-still')?.text).toContain('Scheduling (Quartz)');
  });
});

describe('ParKING', () => {
  it.each([
    [[], 'sessions-not-decided'],
    [[inScenario('memcached')], 'sessions-nothing'],
    [[inScenario('redis')], 'sessions-what-was-saved'],
  ])('logs everybody out without its session store (%#)', (start, kept) => {
    const whatIf = whatIfOf('parking', [...start, fail('session')]);
    expect(codesOf(whatIf.breaks)).toContain('logged-out');
    expect(codesOf(whatIf.losses)).toEqual([kept]);
    expect(whatIf.workflows).toMatchObject([{ verdict: 'broken' }]);
  });
  it('saves nothing more without its backup server, and watches nothing without monitoring', () => {
    expect(codesOf(whatIfOf('parking', [fail('backup')]).breaks)).toContain('not-backed-up');
    expect(codesOf(whatIfOf('parking', [fail('monitoring')]).breaks)).toContain('unwatched');
  });
});

describe('software servers', () => {
  it('run on unwatched without their health server, which nobody replaces', () => {
    const whatIf = whatIfOf('software-servers', [fail('health')]);
    expect(whatIf.workflows.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['start', 'broken'],
      ['request', 'works'],
    ]);
    expect(whatIf.breaks.find(({ code }) => code === 'unwatched')?.nodes).toEqual([
      'module-a',
      'module-b',
      'module-c',
    ]);
    expect(codesOf(whatIf.takeovers)).toEqual(['singleton']);
  });
  it('fall with the machine that their containers run on', () => {
    const whatIf = whatIfOf('software-servers', [inScenario('containers'), fail('node')]);
    expect(Object.values(whatIf.overlay.nodes)).not.toContain('unaffected');
  });
});
