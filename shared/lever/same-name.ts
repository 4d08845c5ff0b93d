/** Accents are written differently by every keyboard; case and outer blanks are nobody's intention. */
const plain = (text: string): string =>
  text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');

/** Is what was typed the name that was asked for? Compared without case, accents and outer blanks. */
export const sameName = (typed: string, expected: string): boolean => {
  const wanted = plain(expected);
  return wanted !== '' && plain(typed) === wanted;
};

/** How many characters are still to be typed; null: what stands there is not the beginning of the name. */
export function leftToType(typed: string, expected: string): number | null {
  const [given, wanted] = [plain(typed), plain(expected)];
  return wanted.startsWith(given) ? [...wanted].length - [...given].length : null;
}
