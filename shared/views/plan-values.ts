import { z } from 'zod';

export const Minutes = z.strictObject({
  optimistic: z.number(),
  likely: z.number(),
  pessimistic: z.number(),
});
export type Minutes = z.infer<typeof Minutes>;
