import { parseEstate } from '@shared/estate/parse';
import { describe, expect, it } from 'vitest';
import { ENGINES } from '../engine/spec';
import { BALANCER } from './addresses';
import { statedEstate } from './estate';
import { channelsIn } from './hands';
import { expectedOf, isHere, nodesOf } from './scenario';
import { SCENARIOS, scenarioNamed } from './scenarios';

describe('states of replication', () => {
  it('have names of their own', () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    expect(() => scenarioNamed('no-such')).toThrow(/there are chain, star/);
  });

  it.each(SCENARIOS.map((scenario) => ({ name: scenario.name, scenario })))(
    '$name: a good estate file, and findings on its own servers that cite their source',
    ({ scenario }) => {
      for (const engine of ENGINES) {
        const { text, hosts } = statedEstate(scenario, engine);
        expect(parseEstate(text, 'estate.yaml')).toMatchObject({ ok: true });
        const known: string[] = [...nodesOf(scenario), BALANCER.host];
        expect(known).toEqual(expect.arrayContaining([...(hosts ?? [])]));
        const expected = expectedOf(scenario, engine);
        if (!isHere(expected)) expect(expected.notHere).not.toBe('');
        else
          for (const { nodes, because } of expected) {
            expect(hosts).toEqual(expect.arrayContaining([...nodes]));
            expect(because).toMatch(/\b(T\d+|F\d+|2c|orchestrator|issue 4|reliability|PMM)\b/);
          }
      }
    },
  );
});

it('reads the vertical form of either client in the same words', () => {
  const text = [
    '*************************** 1. row ***************************',
    '              Connection_name: second',
    '                  Master_Host: 10.0.20.11',
    '             Slave_IO_Running: Yes',
    '               Last_SQL_Error: a: b',
    '*************************** 2. row ***************************',
    '           Replica_IO_Running: No',
  ].join('\n');
  expect(channelsIn(text)).toEqual([
    {
      Connection_name: 'second',
      Source_Host: '10.0.20.11',
      Replica_IO_Running: 'Yes',
      Last_SQL_Error: 'a: b',
    },
    { Replica_IO_Running: 'No' },
  ]);
});
