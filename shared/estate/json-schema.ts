import { z } from 'zod';
import * as parts from './schema';

/** The schema's own names for its parts, so that editors and readers of the file see `Host`, not a number. */
const names = z.registry<{ id: string }>();
for (const [id, part] of Object.entries(parts))
  if (part instanceof z.ZodType && part !== parts.Estate) names.add(part, { id });

/**
 * JSON Schema (draft 2020-12) of the estate file, as text: editors complete and check by it. It says what a person
 * writes, so keys with a default may be left out. `estates/estate.schema.json` holds it; its test compares.
 */
export function estateJsonSchema(): string {
  const schema = z.toJSONSchema(parts.Estate, { io: 'input', metadata: names });
  return `${JSON.stringify({ ...schema, title: 'Estate of Patronus Console, version 1' }, null, 2)}\n`;
}
