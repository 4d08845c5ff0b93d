import type { Language } from '../../contract';
import type { Estate, Service } from '../../estate/schema';
import { answerOf, type Snapshot } from '../../snapshot';
import { say, type Texts } from '../../text';
import type { StepCommand } from '../../views/plan';
import type { EstateFacts, Subject } from './estate-facts';

/** What the commands of a plan are written from. */
export interface Scene {
  estate: Estate;
  facts: EstateFacts;
  snapshot: Snapshot | null;
  language: Language;
  words: Texts['planSteps'];
}

/** The commands of a step and of its undoing; `note` where some cannot be written, and why. */
export interface Commands {
  commands: StepCommand[];
  undo: StepCommand[];
  note: string | null;
}
export const NO_COMMANDS: Commands = { commands: [], undo: [], note: null };

/** ⟨name⟩: what only the day knows. */
export const slot = (name: string): string => `⟨${name}⟩`;

export const shell = (on: string, ...lines: string[]): StepCommand[] =>
  lines.map((text) => ({ on, dialect: 'shell', text }));

/** Where a service runs, by the estate's own names; its own name while it is placed nowhere. */
export const hostOf = (service: Service | undefined, otherwise: string): string =>
  service?.hosts?.[0] ?? service?.id ?? otherwise;

/** The target's counterpart of a subject or service, which has no name yet. */
export const targetOf = (name: string, { words }: Scene): string => slot(words.slots.target(name));

export const titleOf = (of: Subject | Service, language: Language): string =>
  say(of.title ?? of.id, language);

/** The words of a database server's statements. MySQL renamed them in 8.0.22 (REPLICA) and 8.0.26 (--source-data). */
export interface Dialect {
  name: 'mysql' | 'mariadb';
  /** SOURCE and REPLICA, or MASTER and SLAVE. */
  renamed: boolean;
}

/** By what the last look saw; null: nobody has looked, or it is another program. */
export function dialectOf({ service }: Subject, snapshot: Snapshot | null): Dialect | null {
  const [host] = service?.hosts ?? [];
  if (!snapshot || !service || host === undefined) return null;
  const facts = answerOf(snapshot.hosts[host])?.services[service.id]?.facts;
  const name = facts?.['mysql.dialect']?.value;
  if (name === 'mariadb') return { name, renamed: false };
  return name === 'mysql' ? { name, renamed: isRenamed(facts?.['mysql.version']?.value) } : null;
}

function isRenamed(version: unknown): boolean {
  const [major = 0, minor = 0, patch = 0] = String(version).split('.').map(Number);
  return major > 8 || (major === 8 && (minor > 0 || patch >= 26));
}

/** Why the statements for a database cannot be written. */
export function dialectNote({ service, id }: Subject, { words }: Scene): string {
  const kind = service?.kind ?? 'unknown';
  return kind === 'mysql' || kind === 'unknown'
    ? words.notes.dialectUnknown(service?.id ?? id)
    : words.notes.otherDatabase(kind);
}
