import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';

/**
 * `--print=JOB`: prints one paper for the command line and ends. No window, no core, no estate; nothing of a console that may
 * be open is touched. Called before the app is ready.
 */
export function printForCommandLine(job: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'patronus-print-'));
  app.setPath('userData', folder);
  // Pages are drawn for a printer: a graphics card has no part in it.
  app.disableHardwareAcceleration();
  // Between the last window and the end of the writing there is none open.
  app.on('window-all-closed', () => {});
  const end = (code: number) => {
    rmSync(folder, { recursive: true, force: true });
    app.exit(code);
  };
  app
    .whenReady()
    .then(() => print(job))
    .then(
      () => end(0),
      (thrown: unknown) => {
        process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
        end(1);
      },
    );
}

/** What prints is loaded when there is something to print: the window starts without it. */
async function print(file: string): Promise<void> {
  const { htmlToPdf, readPrintJob } = await import('./pdf');
  const { html, foot, pdf } = await readPrintJob(file);
  await writeFile(pdf, await htmlToPdf(html, foot), { mode: 0o600 });
}
