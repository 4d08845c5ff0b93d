import type { ErrorTexts } from '../error-params';

/** What keeps a measurement from being begun. */
export const measureErrors = {
  E_MEASURE_UNKNOWN: (p) => ({
    sentence: `There is no ${p.what} to be measured of ${p.name} in this estate.`,
    remedy: 'Look at what can be measured: patronus measure list.',
  }),
  E_MEASURE_TREES: (p) => ({
    sentence: `Nobody has said where the files of ${p.name} lie, and the last look saw no share.`,
    remedy: 'Look at the file server first, or name the path: --tree PATH.',
  }),
  E_MEASURE_BUSY: (p) => ({
    sentence: `${p.what} of ${p.name} is being measured; two at once would measure each other.`,
    remedy: 'Wait until it is over, or cancel it.',
  }),
} satisfies ErrorTexts;
