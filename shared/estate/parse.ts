import { type AppError, err, ok, type Result } from '../errors';
import { checkEstate } from './check-estate';
import { checkScenarios } from './check-scenarios';
import { MAX_MISTAKES, mistakeToError } from './mistake';
import { readYaml, type TextMistake } from './read-yaml';
import { salvage } from './salvage';
import { Estate } from './schema';
import { schemaMistakes } from './schema-mistakes';

export { applyScenario } from './apply-scenario';

/**
 * Reads an estate file. All mistakes are found at once, in the order of the text, each with file, line, column
 * and path in `params`: those of the text (YAML, hidden characters, secrets), of the schema, and of the whole
 * (references, addresses, scenarios). Two wait for what they stand on: a text that is no YAML means nothing yet,
 * and scenarios are tried on an estate that is right.
 * @param text content, decoded as UTF-8 by the caller
 * @param file its name, as it shall stand in the messages
 * @returns the estate, or at most 200 errors of stage `estate`. Never throws.
 */
export function parseEstate(text: string, file: string): Result<Estate, AppError[]> {
  const yaml = readYaml(text);
  if (!yaml.ok) return err(inOrder(yaml.error, undefined, file));
  const { value, locate, secrets } = yaml.value;
  const parsed = Estate.safeParse(value);
  const mistakes = parsed.success ? [] : schemaMistakes(Estate, value, parsed.error.issues);
  const estate = parsed.success ? parsed.data : salvage(value);
  const whole = estate ? checkEstate(estate) : [];
  // What is wrong with the estate is wrong in every scenario of it, and is told once.
  if (estate && whole.length === 0) mistakes.push(...checkScenarios(estate));
  mistakes.push(...whole);
  const placed = mistakes
    .slice(0, MAX_MISTAKES)
    .map((p): TextMistake => ({ ...p, position: locate(p.path, p.at) }));
  if (parsed.success && placed.length + secrets.length === 0) return ok(parsed.data);
  return err(inOrder([...placed, ...secrets], value, file));
}

/** As a reader meets them; two tests that found the same thing on one line say it once. */
function inOrder(mistakes: readonly TextMistake[], root: unknown, file: string): AppError[] {
  const seen = new Set<string>();
  return [...mistakes]
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .filter(({ code, position, message }) => {
      const sight =
        code === 'E_ESTATE_SECRET'
          ? `${code} ${position.line}`
          : `${message} ${position.line}:${position.column}`;
      return !seen.has(sight) && seen.add(sight);
    })
    .slice(0, MAX_MISTAKES)
    .map((p) => mistakeToError(p, root, file, p.position));
}
