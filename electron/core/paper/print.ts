import type { PrintJob } from '@shared/paper/plan/print-job';

/** Makes a PDF of a paper. @throws Failure E_PRINT, E_PRINT_RUNTIME */
export type PrintPdf = (job: Omit<PrintJob, 'pdf'>) => Promise<Uint8Array>;
