import { z } from 'zod';

/** What the window can save a plan as; `pack` is the folder of the offline pack. */
export const PLAN_EXPORT_FORMATS = ['pdf', 'html', 'md', 'csv', 'ledger-csv', 'ics', 'pack'] as const;
export const PlanExportFormat = z.enum(PLAN_EXPORT_FORMATS);
export type PlanExportFormat = z.infer<typeof PlanExportFormat>;

export const PlanExport = z.strictObject({ format: PlanExportFormat, language: z.enum(['en', 'fr']) });
export type PlanExport = z.infer<typeof PlanExport>;
