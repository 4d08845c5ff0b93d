import mono from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2?inline';
import greek from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-400-normal.woff2?inline';
import regular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?inline';
import strong from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?inline';
import condensed from '@fontsource/ibm-plex-sans-condensed/files/ibm-plex-sans-condensed-latin-400-normal.woff2?inline';
import type { PaperFont } from '@shared/paper/plan/html';

/** The fonts of the window, carried by every page of paper: it looks the same where none of them is installed. */
export const PAPER_FONTS: readonly PaperFont[] = [
  { family: 'Plex', weight: 400, data: regular },
  { family: 'Plex', weight: 600, data: strong },
  { family: 'Plex Condensed', weight: 400, data: condensed },
  { family: 'Plex Mono', weight: 400, data: mono },
  // formulas: η, ρ, σ, Σ
  { family: 'Plex Greek', weight: 400, data: greek },
];
