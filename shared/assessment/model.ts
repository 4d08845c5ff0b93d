import type { Estate, Host, Service } from '../estate/schema';
import type { CommandOutput, Row, Version } from '../kinds/kind';
import type { ServerReading } from '../replication/model';
import type { HostAnswer, Snapshot } from '../snapshot';
import type { AssessmentSubject, CheckSeverity, Reason, ReasonCode, SubjectKind } from '../views/assessment';

/**
 * The frame of the assessment. A **probe** is data: what is asked, of which kind of server, and a pure parser that
 * makes rows of text from the answer. A **check** is a row of a table: which readings it needs, and a pure function
 * from them to its cases. The frame does the rest: it asks each reading once, gives every check that lacks one the
 * reason, and makes the verdicts. Both are registered in `tables.ts`; the sentences of a check are in
 * `shared/text/{en,fr}/assessment*.ts` under its code.
 */

/** Where a probe runs. `service` is absent for probes of the kind `host`. */
export interface AskedAt {
  host: Host;
  service?: Service;
}

/** What a parser says where there is nothing to be known: a code, and what its sentence names. */
export interface Unread {
  unread: ReasonCode;
  params?: Readonly<Record<string, string>>;
  /** The exact line that would let it be seen; of a probe that names one itself, that one is shown. */
  more?: string;
}
export const unread = (code: ReasonCode, params: Readonly<Record<string, string>> = {}): Unread => ({
  unread: code,
  params,
});

/** Rows, where an empty list is a statement of the server ("there is none"), or why there are none to be had. */
export type Read = readonly Row[] | Unread;

interface ProbeBase {
  /** Unique; evidence bears it: "mysql.assess.tables". */
  id: string;
  /**
   * Name of the reading that checks ask for. Several probes may give the same one, each for its dialect, versions or
   * circumstances: those of which more than one ran are one reading, of the first that has rows.
   */
  gives: string;
  /** `host`: asked of every host. Else of every placed service of this kind (shared/kinds), by its id. */
  kind: string;
  /** Milliseconds; default 30 000. A look has to be quick, an assessment may be thorough. */
  timeoutMs?: number;
  /**
   * The exact line by which the watching account would see it: a GRANT (`{account}` stands for its name) or a line for
   * sudoers (`{user}` for the login). Shown wherever the reading is refused, never used.
   */
  more?: string;
}
/** argv may use sudo only as `sudo -n`: it must never ask. A refused one is `unread('root')` (see `needsRoot`). */
export type AssessmentProbe =
  | (ProbeBase & {
      via: 'ssh';
      argv(at: AskedAt): readonly string[];
      parse(out: CommandOutput, at: AskedAt): Read;
    })
  | (ProbeBase & {
      via: 'sql';
      statement: string;
      dialect?: 'mysql' | 'mariadb';
      /** Only from this version on, and only below that one. */
      from?: Version;
      below?: Version;
      parse(rows: readonly Row[], at: AskedAt): Read;
    });

/** A reading in the reach of a check: of one host or service, with where it is from. */
export interface Reading {
  host: string;
  service: string | null;
  /** null: not read, and then `reason` says why. */
  rows: readonly Row[] | null;
  reason: Reason | null;
}

/** Everything a check may look at. Pure: the same facts, the same cases. */
export interface SubjectFacts {
  estate: Estate;
  subject: AssessmentSubject;
  /** Absent where the subject is a site. */
  host: Host | null;
  service: Service | null;
  /** How long loading the database takes, s, by the plan; null: the plan cannot say. */
  seedSeconds: number | null;
  /** End of the run, epoch ms of the console's clock. */
  now: number;
  /** Rows of a reading named in `needs`: of the service, else of its host. @throws Error for any other name, a bug of ours */
  rows(name: string): readonly Row[];
  /** Rows of a reading that the check can do without; null: not read. */
  maybe(name: string): readonly Row[] | null;
  /** This reading of everything in the subject's reach, read or not: all hosts and services of a site. */
  each(name: string): readonly Reading[];
  /** The last look's answer of its host, null: it did not answer; and of all hosts. Facts of `shared/kinds` are in it. */
  answer: HostAnswer | null;
  look: Snapshot | null;
  /** Of a database: what replication knows of it (versions, settings, accounts, events), null: it did not speak. */
  server: ServerReading | null;
}

/** One case. `severity`: where this case is worse or milder than its row says. */
export interface Hit {
  /** Values of its sentences. Lists by `listed`, which names a few and counts the rest. */
  params: Readonly<Record<string, string>>;
  severity?: CheckSeverity;
  /** What settles it, in the dialect of the server. */
  statements?: readonly string[];
}
/** [] is clear: asked, and it is not so. */
export type Outcome = readonly Hit[] | Unread;

export interface Check {
  /** UPPER_CASE, also the key of its sentences. */
  code: string;
  subject: SubjectKind;
  /** When it applies. */
  severity: CheckSeverity;
  /** Only for subjects with a service of this kind; left out: for all. */
  kind?: string;
  /** Readings without which nothing can be told: while one is missing, the check is unknown with that one's reason. */
  needs: readonly string[];
  /** Readings that it uses where they are there (`maybe`, `each`): their evidence is shown too. */
  uses?: readonly string[];
  /** What it takes from the last look: ids of probes of `shared/kinds` ("mysql.variables", "host.updates"), for the evidence. */
  looks?: readonly string[];
  /** It decides from what the last look knows of the database (`facts.server`): unknown while that does not speak. */
  needsServer?: boolean;
  /** Is there such a thing here at all? false: the row does not stand for this subject and is not counted. */
  concerns?(facts: SubjectFacts): boolean;
  when(facts: SubjectFacts): Outcome;
}

export const isUnread = (outcome: Outcome | Read): outcome is Unread => 'unread' in outcome;

/** A command that sudo or the file system refused; null: it did not. `sudo -n` says "a password is required". */
export function needsRoot({ stderr, exit }: CommandOutput): Unread | null {
  if (exit === 0) return null;
  return /a password is required|may not run sudo|not in the sudoers|not allowed to execute|permission denied/i.test(
    stderr,
  )
    ? unread('root')
    : null;
}

/** A command that is not there: the shell's 127, or sudo's own words. */
export function notInstalled({ stderr, exit }: CommandOutput, program: string): Unread | null {
  return exit === 127 || (exit !== 0 && /command not found|: not found/i.test(stderr))
    ? unread('not-installed', { program })
    : null;
}

const NAMED = 8;
/** Names for a sentence: "a, b, c, … +12"; never more than eight of them. */
export const listed = (names: readonly string[]): string =>
  names.length <= NAMED
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')}, … +${names.length - NAMED}`;

/** A case of a check whose rows are the culprits: `count` and `names`; no rows, no case. */
export const hitOf = (names: readonly string[], more: Partial<Hit> = {}): readonly Hit[] =>
  names.length === 0
    ? []
    : [{ ...more, params: { count: String(names.length), names: listed(names), ...more.params } }];
