import { z } from 'zod';

/** What stands at the foot of every sheet, beside the number of the page. */
export const PaperFoot = z.strictObject({
  left: z.string().max(500),
  right: z.string().max(500),
  language: z.enum(['en', 'fr']),
});
export type PaperFoot = z.infer<typeof PaperFoot>;

/** One paper to be printed, as the command line hands it to the runtime that prints. */
export const PrintJob = z.strictObject({
  html: z.string(),
  foot: PaperFoot,
  /** The file to write. */
  pdf: z.string(),
});
export type PrintJob = z.infer<typeof PrintJob>;
