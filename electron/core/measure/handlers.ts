import type { Contract } from '@shared/contract';
import type { Handlers, Signal } from '@shared/contract-kit';
import type { MeasureRequest } from '@shared/measure/model';
import { offerFor, offersOf } from '@shared/measure/offers';
import type { Emitter } from '../emitter';
import { failure } from '../net/failure';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import type { View } from '../recorder/view';
import { measure } from './measure';

export interface MeasureHandlersOptions {
  /** The estate that is open and shown as it is now. @throws Failure E_NO_ESTATE, E_NOT_LIVE */
  scope(): OpenEstate;
  /** What is shown, now or of a recording. */
  view(): View;
  ports: Ports;
  events: Emitter;
  abortSignal(signal: Signal): AbortSignal;
}

/** What the contract promises of measurements: one at a time, begun by a person, read by the looking accounts. */
export function measureHandlers(
  options: MeasureHandlersOptions,
): Pick<Handlers<Contract>, 'measure.list' | 'measure.start'> {
  let underWay: MeasureRequest | null = null;
  return {
    'measure.list': () => {
      const { estate, snapshot } = options.view();
      return offersOf(estate, snapshot);
    },
    'measure.start': async (asked, { signal }) => {
      const open = options.scope();
      const { kind, subject } = asked;
      if (underWay) throw failure('E_MEASURE_BUSY', null, { what: underWay.kind, name: underWay.subject });
      const offers = offersOf(open.estate, open.watcher.snapshot().snapshot);
      const offer = offerFor(offers, kind, subject);
      if (!offer) throw failure('E_MEASURE_UNKNOWN', null, { what: kind, name: subject });
      const request = withTrees(asked, offer.request);
      underWay = request;
      try {
        return await measure(request, {
          open,
          ports: options.ports,
          offer,
          signal: options.abortSignal(signal),
          tell: (progress) => options.events.emit('measure.progress', progress),
        });
      } finally {
        underWay = null;
      }
    },
  };
}

/** Where a person names no tree, those that the file server shares. */
function withTrees(asked: MeasureRequest, offered: MeasureRequest): MeasureRequest {
  const isBare = 'trees' in asked && asked.trees.length === 0;
  return isBare && 'trees' in offered ? { ...asked, trees: offered.trees } : asked;
}
