import type { Contract } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import type { PlanExportFormat } from '@shared/paper/plan/export-request';
import { failure } from '../net/failure';
import { writePack } from './plan-pack';
import { type PlanSource, planPapers } from './plan-papers';
import type { PrintPdf } from './print';
import { writeWhole } from './write-whole';

/** What the contract promises of paper. */
export function paperHandlers(options: {
  /** The plan that is shown, with the estate file it was made from. */
  source(): Promise<{ source: PlanSource; estateFile: string }>;
  /** Main's own dialog; null when the person chose nothing. Absent where nobody can choose. */
  choosePaper: ((format: PlanExportFormat) => Promise<string | null>) | undefined;
  printPdf: PrintPdf | undefined;
}): Pick<Handlers<Contract>, 'plan.export'> {
  const print: PrintPdf =
    options.printPdf ?? (() => Promise.reject(failure('E_PRINT_RUNTIME', null, { file: 'Electron' })));
  return {
    'plan.export': async ({ format, language }) => {
      const { source, estateFile } = await options.source();
      const papers = planPapers(source, language);
      // a calendar without a window is refused before a person is asked where to put it
      const text = format === 'pdf' || format === 'pack' ? null : papers.text(format);
      const file = (await options.choosePaper?.(format)) ?? null;
      if (file === null) return { file };
      if (format === 'pack') {
        const { withoutPdf } = await writePack({ source, estateFile, folder: file, print, language });
        if (withoutPdf !== null) throw withoutPdf;
      } else await writeWhole(file, text ?? (await print(papers.job())));
      return { file };
    },
  };
}
