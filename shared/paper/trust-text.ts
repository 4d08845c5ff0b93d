import type { Language } from '../contract';
import { texts } from '../text';
import type { Trust } from '../views/status';

/** The answer of `patronus trust HOST` for people: the key, the verdict, and the next move. */
export function trustToText(trust: Trust, language: Language): string {
  const text = texts(language).paper.trust;
  const lines = [
    text.presents(trust.host, trust.address),
    `  ${trust.type} ${trust.fingerprint}`,
    text[trust.verdict],
  ];
  if (trust.written !== null) lines.push(text.written(trust.written));
  else if (trust.verdict === 'unknown') lines.push(text.confirm(trust.host));
  return `${lines.join('\n')}\n`;
}
