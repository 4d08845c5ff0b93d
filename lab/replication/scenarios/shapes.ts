import { onBoth, type Scenario } from '../scenario';
import { CHAIN, CIRCLE, ISLANDS, MULTI_SOURCE, STAR, TREE } from '../wirings';

/** Forms of the whole. Those without a bend are well, or are what they are on purpose. */
export const SHAPES: readonly Scenario[] = [
  { name: 'chain', title: 'One primary and two tiers', wiring: CHAIN, expected: onBoth() },
  { name: 'star', title: 'One primary and two replicas', wiring: STAR, balanced: true, expected: onBoth() },
  {
    name: 'tree',
    title: 'One primary, two replicas, one of them with its own',
    wiring: TREE,
    balanced: true,
    expected: onBoth(),
  },
  {
    name: 'multi-source',
    title: 'A replica of two primaries',
    wiring: MULTI_SOURCE,
    // two primaries that number their own transactions: on MariaDB each in a domain of its own
    before: async ({ engine, sql }) => {
      if (engine === 'mariadb') await sql('db-b', 'SET GLOBAL gtid_domain_id=2;');
    },
    expected: onBoth({ code: 'MULTI_SOURCE', nodes: ['db-c'], because: 'F32: multi-source' }),
  },
  {
    name: 'circular',
    title: 'Two servers that follow each other, one of them open',
    wiring: CIRCLE,
    expected: onBoth({ code: 'CIRCULAR', nodes: ['db-a', 'db-b'], because: 'F32: circular' }),
  },
  {
    name: 'several-writable',
    title: 'Two servers that follow each other, both open',
    wiring: { ...CIRCLE, open: ['db-a', 'db-b'] },
    expected: onBoth({
      code: 'SEVERAL_WRITABLE',
      nodes: ['db-a', 'db-b'],
      because: 'orchestrator: co-masters, both writable; split brain',
    }),
  },
  {
    name: 'islands',
    title: 'One cluster by name, two by fact',
    wiring: ISLANDS,
    expected: onBoth({
      code: 'ISLANDS',
      nodes: ['db-a', 'db-b', 'db-c', 'db-d'],
      because: 'issue 4, Deliver 3: islands',
    }),
  },
  {
    name: 'unknown-member',
    title: 'A replica that the estate does not name',
    wiring: { ...STAR, follows: [...STAR.follows, ['db-d', 'db-a']] },
    expected: onBoth({
      code: 'UNKNOWN_MEMBER',
      nodes: ['db-a'],
      because: 'issue 4, Deliver 3: members found that the estate does not name',
    }),
  },
  {
    name: 'role-differs',
    title: 'The estate takes a replica for the primary',
    wiring: { ...STAR, members: { 'db-a': 'replica', 'db-b': 'primary', 'db-c': 'replica' } },
    expected: onBoth(
      { code: 'DECLARED_ROLE_DIFFERS', nodes: ['db-a'], because: 'issue 4, Deliver 3: declared and found' },
      { code: 'DECLARED_ROLE_DIFFERS', nodes: ['db-b'], because: 'issue 4, Deliver 3: declared and found' },
    ),
  },
];
