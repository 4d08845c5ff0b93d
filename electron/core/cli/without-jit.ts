import { config } from 'zod';

/**
 * A program of a third of a second never earns back what zod takes to compile its checks. To be imported before
 * anything else: a schema decides when it is made.
 */
config({ jitless: true });
