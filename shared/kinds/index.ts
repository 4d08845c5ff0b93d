import { apache } from './apache';
import { host } from './host';
import type { Kind } from './kind';
import { mysql } from './mysql';
import { samba } from './samba';

/** The kind of the machine itself: asked of every host, whatever runs on it. */
export const HOST_KIND: Kind = host;

/** Kinds of service, in the order in which a look shows them. */
export const KINDS: readonly Kind[] = [apache, mysql, samba];

const BY_NAME: ReadonlyMap<string, Kind> = new Map(
  KINDS.flatMap((kind) => [kind.id, ...(kind.aliases ?? [])].map((name) => [name, kind] as const)),
);

/** The kind that an estate calls by this id or one of its other names; undefined: shown, but not asked. */
export function kindOf(id: string): Kind | undefined {
  return BY_NAME.get(id);
}
