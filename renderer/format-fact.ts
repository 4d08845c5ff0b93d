import type { Language } from '@shared/contract';
import type { Format } from '@shared/kinds/kind';
import type { FactValue } from '@shared/snapshot';
import {
  DASH,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
} from '@shared/text/format';

export interface Shown {
  text: string;
  unit: string;
}

/** "5 GB" in two parts, so that the number can be large and its unit small. */
const apart = (text: string): Shown => {
  const at = text.lastIndexOf('\u00a0');
  return at < 0 || text.indexOf('\u00a0') !== at
    ? { text, unit: '' }
    : { text: text.slice(0, at), unit: text.slice(at + 1) };
};

interface Words {
  yes: string;
  no: string;
  none: string;
}

/** A fact as its kind wants it shown, in number and unit. What does not have the announced type is shown as it came. */
export function formatFact(
  value: FactValue,
  format: Format,
  unit: string,
  language: Language,
  zone: string,
  words: Words,
): Shown {
  if (value === null) return { text: DASH, unit: '' };
  if (Array.isArray(value)) return { text: value.length === 0 ? words.none : value.join(', '), unit };
  if (typeof value === 'boolean') return { text: value ? words.yes : words.no, unit: '' };
  if (typeof value === 'string') return { text: value, unit };
  switch (format) {
    case 'count':
      return { text: Number.isInteger(value) ? formatCount(value) : formatNumber(value, language), unit };
    case 'bytes':
      return apart(formatBytes(value, language, unit));
    case 'percent':
      return apart(formatPercent(value, language));
    case 'seconds':
      return apart(formatDuration(value * 1000, language));
    case 'milliseconds':
      return apart(formatDuration(value, language));
    case 'time':
      return { text: formatTime(value, zone), unit: '' };
    case 'rate':
    case 'text':
    case 'mono':
    case 'list':
    case 'yes-no':
      return { text: formatNumber(value, language), unit };
  }
}
