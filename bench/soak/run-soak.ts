import { reportText } from '../report';
import { SOAKS } from './soak';

/** Runs one soak and prints its report as Markdown. Exit code: 0 every bound held, 1 one did not, 2 no such soak. */
export async function runSoak(
  name: string | undefined,
  scale: number,
  say: (text: string) => void,
): Promise<number> {
  const soak = name === undefined || !Object.hasOwn(SOAKS, name) ? undefined : SOAKS[name];
  if (!soak || !(scale > 0 && scale <= 1)) {
    for (const [known, { about, minutes }] of Object.entries(SOAKS))
      say(`${known}: ${about} (${minutes} min)`);
    return name === undefined ? 0 : 2;
  }
  const { sections, broken } = await soak.run(scale, say);
  const verdict =
    broken.length === 0 ? 'Every bound held.' : broken.map((what) => `- BROKEN: ${what}`).join('\n');
  const length = scale === 1 ? '' : `Shortened to ${scale} of its length.\n\n`;
  process.stdout.write(`${soak.about}\n\n${length}${verdict}\n\n\`\`\`\n${reportText(sections)}\`\`\`\n`);
  return broken.length === 0 ? 0 : 1;
}
