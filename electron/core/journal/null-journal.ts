import type { Journal } from '../ports';

/** For tests of parts that write nothing down: what a console does always has a real one. */
export const nullJournal: Journal = { note: () => {}, commit: async () => {} };
