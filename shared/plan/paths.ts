/** Paths of the ledger that more than one part of the plan asks for. Without texts: workers read them, too. */

/** What a person wants to keep in hand when turning back. */
export const TURN_BACK_MARGIN = 'assumptions/turnBackMargin';

/** A timed copy over the link, as measured: where it is known, nothing is derived from the rate of the line. */
export const MEASURED_COPY = 'measured/copyRate';
