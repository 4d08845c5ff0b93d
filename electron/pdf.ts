import { readFile } from 'node:fs/promises';
import { PAPER_POLICY } from '@shared/paper/plan/html';
import { pageFoot } from '@shared/paper/plan/page-foot';
import { type PaperFoot, PrintJob } from '@shared/paper/plan/print-job';
import { BrowserWindow, type Session, session } from 'electron';
import { hardenSession, PAGE } from './hardening';

/** Paper is of an origin of its own, in a session that serves this one page and nothing else. */
export const PAPER_ORIGIN = 'app://paper';

/** Inches: 11 mm at the sides, 10 mm above, 17 mm below for the foot. */
const MARGINS = { marginType: 'custom', top: 0.4, bottom: 0.68, left: 0.44, right: 0.44 } as const;

let made: Session | null = null;
let page = '';

/** In memory, without scripts, without a network: whatever a server's name says, nothing of it can run or go out. */
function paperSession(): Session {
  if (made) return made;
  made = session.fromPartition('paper');
  hardenSession(made, PAPER_ORIGIN);
  made.protocol.handle('app', ({ url }) =>
    url === `${PAPER_ORIGIN}/`
      ? new Response(page, {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': PAPER_POLICY,
            'x-content-type-options': 'nosniff',
          },
        })
      : new Response('not found', { status: 404 }),
  );
  made.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: url !== `${PAPER_ORIGIN}/` && !url.startsWith('data:') }),
  );
  return made;
}

/** One page of HTML as a PDF, A4, with the foot on every sheet. One at a time. */
export async function htmlToPdf(html: string, foot: PaperFoot): Promise<Buffer> {
  page = html;
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...PAGE, session: paperSession(), javascript: false },
  });
  try {
    await window.loadURL(`${PAPER_ORIGIN}/`);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      margins: MARGINS,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: pageFoot(foot),
      generateTaggedPDF: true,
    });
  } finally {
    window.destroy();
    page = '';
  }
}

/** The job that the command line left in a file. @throws when it is none. */
export async function readPrintJob(file: string): Promise<PrintJob> {
  return PrintJob.parse(JSON.parse(await readFile(file, 'utf8')));
}
