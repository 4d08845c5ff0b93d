import type { Change } from '@shared/what-if/change';
import { expect, it } from 'vitest';
import { changesIn, changesText, replaced, toggled } from './changes';

const fail = (node: string): Change => ({ kind: 'fail', node });

it('reads from an address what it wrote into it', () => {
  const changes: Change[] = [fail('web'), { kind: 'load', times: 2 }, { kind: 'scenario', id: 'pair' }];
  expect(changesIn(changesText(changes) ?? undefined)).toEqual(changes);
  expect(changesText([])).toBeNull();
});

it.each([[undefined], ['{'], ['"x"'], ['[{"kind":"fail"}]'], ['[{"kind":"drop","node":"web"}]']])(
  '%j names no change',
  (text) => {
    expect(changesIn(text)).toEqual([]);
  },
);

it('takes a change back when it is made again', () => {
  const once = toggled([fail('db')], fail('web'));
  expect(once).toEqual([fail('db'), fail('web')]);
  expect(toggled(once, fail('db'))).toEqual([fail('web')]);
});

it('keeps one of what there can be one of', () => {
  const isLoad = ({ kind }: Change) => kind === 'load';
  const two = replaced([fail('db'), { kind: 'load', times: 2 }], isLoad, { kind: 'load', times: 5 });
  expect(two).toEqual([fail('db'), { kind: 'load', times: 5 }]);
  expect(replaced(two, isLoad, null)).toEqual([fail('db')]);
});
