import { texts } from '../../text';
import { escapeMarkup } from './escape';
import type { PaperFoot } from './print-job';

/** The foot of a sheet as Chromium's printing wants it: it puts in the numbers where the two classes stand. */
export function pageFoot({ left, right, language }: PaperFoot): string {
  const page = texts(language).planPaper.footer.page(
    '<span class="pageNumber"></span>',
    '<span class="totalPages"></span>',
  );
  return `<div style="${STYLE}"><span>${escapeMarkup(left)}</span><span>${escapeMarkup(right)}</span><span>${page}</span></div>`;
}

const STYLE =
  'font:7.2pt/9pt sans-serif;color:#222;width:100%;margin:0 11mm;padding-top:1mm;border-top:.8pt solid #000;display:flex;justify-content:space-between;gap:4mm';
