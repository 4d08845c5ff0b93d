import { LeverRequest } from '@shared/views/lever';
import { expect, test } from 'vitest';
import { leverRequest } from './lever-act';

test('an address asks main for an act of the contract, and for nothing else', () => {
  for (const act of ['resume', 'undo', 'hand-over', 'take-over'])
    expect(LeverRequest.parse(leverRequest('r', act, undefined))).toEqual({ act, run: 'r' });
  for (const act of ['go', 'no-go', 'again', 'enough']) {
    expect(LeverRequest.parse(leverRequest('r', act, 'gate'))).toEqual({ act, run: 'r', step: 'gate' });
    expect(leverRequest('r', act, undefined)).toBeNull();
  }
  for (const act of [undefined, '', 'start', 'hold', 'go-on', 'toString'])
    expect(leverRequest('r', act, 'gate')).toBeNull();
});
