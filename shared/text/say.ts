import type { Language } from '../contract';
import type { Text } from '../estate/schema';

/** A text of the estate or of a kind in the reader's language; a plain string stands for both. */
export function say(text: Text, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}
