import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { type AppError, err, ok, type Result } from '../errors';
import { printable } from '../estate/mistake';
import { tooDeepAt } from '../estate/yaml-depth';
import { errorWording } from '../text/error-text';
import { NO_FRAME, PlanFrame } from './approved';

/**
 * What a person entered about the plan that is no number, beside the estate file and its ledger: `<estate>.plan.yaml`.
 *
 *     version: 1
 *     window: { start: 2026-12-05 00:30, end: 2026-12-05 02:30, zone: Europe/Paris }
 *     approved: { hash: 9f3c…, at: 1796428931000, by: operator@desk, … }
 */
const FrameFile = z.strictObject({ version: z.literal(1), ...PlanFrame.shape });

/** An approved plan of two thousand elements is a tenth of it. */
const MAX_BYTES = 10_000_000;

/** `patronus.yaml` → `patronus.plan.yaml`, in the same folder. */
export const frameFileOf = (estateFile: string): string => `${estateFile.replace(/\.ya?ml$/i, '')}.plan.yaml`;

/**
 * Reads it. An empty text is an empty frame.
 * @returns E_PLAN_FILE: the caller must then leave the file alone, since writing would lose it.
 */
export function parseFrame(text: string, file: string): Result<PlanFrame> {
  if (text.trim() === '') return ok(NO_FRAME);
  if (text.length > MAX_BYTES || tooDeepAt(text) !== undefined) return refused(file);
  const document = parseDocument(text, { prettyErrors: false, schema: 'core' });
  if (document.errors.length > 0) return refused(file);
  const parsed = FrameFile.safeParse(plainData(() => document.toJS({ maxAliasCount: 0 })));
  if (!parsed.success) return refused(file);
  const { window, approved } = parsed.data;
  return ok({ window, approved });
}

/** The text of the file; the same frame gives the same text. */
export const printFrame = (frame: PlanFrame): string =>
  `# Window and approved plan, entered in Patronus Console. The estate file beside it stays a person's own.\n${stringify({ version: 1, ...frame }, { aliasDuplicateObjects: false })}`;

/** Aliases have no place in a file that the console writes: expanding one throws, and that is no frame. */
function plainData(expand: () => unknown): unknown {
  try {
    return expand();
  } catch {
    return undefined;
  }
}

function refused(file: string): Result<never> {
  const params = { file: printable(file) };
  const { sentence, remedy } = errorWording('E_PLAN_FILE', params);
  return err<AppError>({
    code: 'E_PLAN_FILE',
    stage: 'store',
    message: sentence,
    remedy,
    retryable: false,
    params,
  });
}
