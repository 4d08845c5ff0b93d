import type { Language } from '../contract';
import { texts } from '../text';
import { findingText } from '../text/finding-text';
import type { Mark } from './frame';

/** What happened, in one sentence, for the scrubber and the command line. */
export function markText(mark: Mark, language: Language): string {
  const words = texts(language).recording.mark;
  switch (mark.what) {
    case 'host-lost':
    case 'host-back':
      return words[mark.what](mark.host);
    case 'finding-came':
    case 'finding-went':
      return words[mark.what](findingText(mark.finding, language).title);
    case 'estate-changed':
      return words[mark.what];
  }
}
