import { type Random, random } from './prng';
import { LAST_NAMES } from './words';

/** One file of the share, described. Its bytes follow from it (see content.ts). */
export interface FileSpec {
  /** 1 … count, the id of its row in `documents`. */
  readonly id: number;
  /** Below the share, at most 100 bytes of UTF-8. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly mime: string;
  readonly text: boolean;
}

const FIRST_DAY = Date.UTC(2016, 0, 4) / 1000;
const LAST_DAY = Date.UTC(2025, 11, 19) / 1000;

/** extension, media type, how many of a hundred, how big compared to the others, is it text */
const FORMATS = [
  ['pdf', 'application/pdf', 44, 1, false],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 14, 0.5, false],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 9, 0.4, false],
  ['jpg', 'image/jpeg', 11, 2.5, false],
  ['eml', 'message/rfc822', 10, 0.2, true],
  ['csv', 'text/csv', 6, 0.8, true],
  ['txt', 'text/plain', 5, 0.1, true],
  ['zip', 'application/zip', 1, 12, false],
] as const;
const NAMES = [
  'contrat',
  'facture',
  'devis',
  'bon-de-livraison',
  'plan',
  'photo',
  'compte-rendu',
  'relevé',
  'courrier',
] as const;

/**
 * The files of the share: a few deep trees, most files small and some large, as in life, accents and spaces included.
 * @param total bytes of all together (met within one byte a file)
 */
export function planFiles(seed: number, count: number, total: number): FileSpec[] {
  const rng = random(seed, 'files');
  const drafts = Array.from({ length: count }, (_, i) => draft(rng, i + 1));
  const weights = drafts.reduce((sum, d) => sum + d.weight, 0);
  return drafts.map(({ weight, ...file }) => ({
    ...file,
    size: Math.max(1, Math.floor((total * weight) / weights)),
  }));
}

function draft(rng: Random, id: number): Omit<FileSpec, 'size'> & { weight: number } {
  const [extension, mime, , scale, text] = format(rng);
  const modified = FIRST_DAY + rng.below(LAST_DAY - FIRST_DAY);
  const date = new Date(modified * 1000).toISOString();
  const name = `${rng.pick(NAMES)}-${String(id).padStart(6, '0')}.${extension}`;
  // a power has the long tail that real folders have; plain multiplication gives the same bits on every machine
  const x = 0.1 + rng.next();
  const weight = scale * x * x * x * x;
  return {
    id,
    path: `${folder(rng, date.slice(0, 4), date.slice(5, 7))}/${name}`,
    modified,
    mime,
    text,
    weight,
  };
}

function format(rng: Random): (typeof FORMATS)[number] {
  let left = rng.below(100);
  for (const entry of FORMATS) {
    left -= entry[2];
    if (left < 0) return entry;
  }
  return FORMATS[0];
}

function folder(rng: Random, year: string, month: string): string {
  const where = rng.below(100);
  if (where < 60) {
    const number = rng.below(400);
    const client = `${String(number).padStart(4, '0')}-${LAST_NAMES[number % LAST_NAMES.length]?.toLowerCase() ?? 'x'}`;
    return `clients/${client.slice(0, 2)}/${client}/${year}`;
  }
  if (where < 80) return `Comptabilité/${year}/${month}`;
  if (where < 92) return `archives/${year}/lot ${1 + rng.below(6)}`;
  return `échanges/${year}-${month}`;
}
