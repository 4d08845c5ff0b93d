import { z } from 'zod';

/**
 * A sentence that is not yet in a language: a code and what goes into it. Plans carry these, so that one plan reads
 * the same in every language and its hash does not depend on one.
 */
export const Said = z.strictObject({
  code: z.string().max(60),
  params: z.record(z.string(), z.string()).default({}),
});
export type Said = z.infer<typeof Said>;

export const said = (code: string, params: Record<string, string> = {}): Said => ({ code, params });
