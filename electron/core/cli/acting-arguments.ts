import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import { type AppError, ok, type Result } from '@shared/errors';
import { RejoinWay } from '@shared/rejoin/model';
import { APPROVAL_MINUTES } from '@shared/runbook/approval';
import { bad, ESTATE_OPTIONS, egressOf, languageOf, parsedBy } from './usage';

/** `patronus switchover | rejoin | run | grants | approve …`: everything that acts, or is about acting. */
export const ACTING_COMMANDS = ['switchover', 'failover', 'rejoin', 'run', 'grants', 'approve'] as const;
type ActingCommand = (typeof ACTING_COMMANDS)[number];
export const isActing = (word: string | undefined): word is ActingCommand =>
  ACTING_COMMANDS.some((one) => one === word);

export const RUN_VERBS = [
  'list',
  'show',
  'resume',
  'undo',
  'abort',
  'hand-over',
  'take-over',
  'throttle',
  'go',
  'no-go',
] as const;
export type RunVerb = (typeof RUN_VERBS)[number];

interface Common {
  estate: string;
  json: boolean;
  language: Language;
  dataDir: string | null;
  egress: 'offline' | 'loopback' | null;
  /** What a person types at the lever; null: nothing is done. */
  confirm: string | null;
}
export interface SwitchoverArguments extends Common {
  command: 'switchover';
  cluster: string;
  /** Host or service that will take writes; of a saved plan it is known. */
  to: string;
  dryRun: boolean;
  overrides: { code: string; typed: string }[];
  /** A plan that was saved: this one is run, and no other is made. */
  plan: string | null;
  approval: string | null;
  /** Where the plan goes, and where the script to be pasted by hand. */
  save: string | null;
  script: string | null;
}
export interface RejoinArguments extends Common {
  command: 'rejoin';
  cluster: string;
  /** Host or service that was the primary and comes back. */
  server: string;
  /** null: nothing is planned, what is known is shown. */
  way: RejoinWay | null;
  overrides: { code: string; typed: string }[];
}
export interface FailoverArguments extends Common {
  command: 'failover';
  cluster: string;
  /** Who takes over, and for whom the loss is told; null: the one that the console ranks first. */
  to: string | null;
  /** Every statement is shown; else, without `confirm`, only what is known. */
  dryRun: boolean;
  overrides: { code: string; typed: string }[];
  /** A plan that was saved: the loss that it names is the one that is consented to. */
  plan: string | null;
  approval: string | null;
  save: string | null;
  script: string | null;
}
export interface RunArguments extends Common {
  command: 'run';
  verb: RunVerb;
  /** '' for `list`. */
  id: string;
  /** `list`: what the servers tell of runs that were never ended, too. */
  servers: boolean;
  /** `throttle`: as fast as it may go at most, and which step, by id or number; null: the only one that can. */
  level: number | null;
  step: string | null;
}
export interface GrantsArguments extends Common {
  command: 'grants';
  host: string;
}
export interface ApproveArguments extends Common {
  command: 'approve';
  plan: string;
  /** File of a private key, or "agent"; null: the plan is only shown. */
  key: string | null;
  minutes: number;
  save: string | null;
}
export type ActingArguments =
  | SwitchoverArguments
  | FailoverArguments
  | RejoinArguments
  | RunArguments
  | GrantsArguments
  | ApproveArguments;

/** Reads the words from the command on. Every mistake is one sentence that names the word it is about. */
export function readActingArguments(
  argv: readonly string[],
  locale: string,
): Result<ActingArguments, AppError> {
  const parsed = parsedBy(() => parse(argv));
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [command, ...words] = positionals;
  if (!isActing(command)) return bad(`There is no command "${command ?? ''}" in this version.`);
  if (!values.estate) return bad(`${command}: --estate FILE is missing.`);
  const language = languageOf(values.lang, locale);
  if (!language.ok) return language;
  const egress = egressOf(values.egress);
  if (!egress.ok) return egress;
  const foreign = Object.keys(values).find((name) => !OWN[command].includes(name) && !COMMON.includes(name));
  if (foreign !== undefined) return bad(`${command} knows no --${foreign}.`);
  const common: Common = {
    estate: values.estate,
    json: values.json ?? false,
    language: language.value,
    dataDir: values['data-dir'] ?? null,
    egress: egress.value,
    confirm: values.confirm ?? null,
  };
  switch (command) {
    case 'switchover':
      return switchover(words, values, common);
    case 'failover':
      return failover(words, values, common);
    case 'rejoin':
      return rejoin(words, values, common);
    case 'run':
      return run(words, values, common);
    case 'grants':
      return one(words, 'grants: name the host, as the estate file calls it.', (host) =>
        ok({ ...common, command, host }),
      );
    case 'approve':
      return one(words, 'approve: name the file of the plan, as --save wrote it.', (plan) => {
        const minutes = Number(values.minutes ?? APPROVAL_MINUTES);
        if (!Number.isInteger(minutes) || minutes < 1 || minutes > 24 * 60)
          return bad(`--minutes: "${values.minutes}" is no whole number from 1 to 1440.`);
        const { key = null, save = null } = values;
        return ok({ ...common, command, plan, key, minutes, save });
      });
  }
}

type Values = ReturnType<typeof parse>['values'];

function switchover(words: readonly string[], values: Values, common: Common): Result<ActingArguments> {
  return one(words, 'switchover: name the cluster, as the estate file calls it.', (cluster) => {
    const { to = '', plan = null, approval = null, save = null, script = null } = values;
    if (to === '' && plan === null)
      return bad('switchover: --to HOST is missing: the server that will take writes.');
    const dryRun = values['dry-run'] ?? false;
    if (!dryRun && common.confirm === null)
      return bad(
        'switchover: nothing is done without --confirm NAME, the server that stops taking writes. --dry-run shows what would be done.',
      );
    if (dryRun && common.confirm !== null) return bad('switchover: either --dry-run or --confirm, not both.');
    const overrides = overridesOf(values);
    if (!overrides.ok) return overrides;
    return ok({
      ...common,
      command: 'switchover',
      cluster,
      to,
      dryRun,
      overrides: overrides.value,
      plan,
      approval,
      save,
      script,
    });
  });
}

/** Each is CODE=TEXT, split at the first "=". */
function overridesOf({ override = [] }: Values): Result<{ code: string; typed: string }[]> {
  const overrides: { code: string; typed: string }[] = [];
  for (const text of override) {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) return bad(`--override: "${text}" is not CODE=TEXT.`);
    overrides.push({ code: text.slice(0, at), typed: text.slice(at + 1) });
  }
  return ok(overrides);
}

function rejoin(words: readonly string[], values: Values, common: Common): Result<ActingArguments> {
  return one(words, 'rejoin: name the cluster, as the estate file calls it.', (cluster) => {
    const { server } = values;
    if (server === undefined)
      return bad('rejoin: --server HOST is missing: the server that was the primary and comes back.');
    const dryRun = values['dry-run'] ?? false;
    const way = RejoinWay.options.find((known) => known === values.way);
    if (values.way !== undefined && way === undefined)
      return bad(`rejoin: --way: "${values.way}" is none of ${RejoinWay.options.join(', ')}.`);
    const plans = dryRun || common.confirm !== null;
    if (way !== undefined && !plans)
      return bad(
        'rejoin: nothing is done without --confirm NAME, the server that comes back. --dry-run shows what would be done.',
      );
    if (dryRun && common.confirm !== null) return bad('rejoin: either --dry-run or --confirm, not both.');
    const overrides = overridesOf(values);
    if (!overrides.ok) return overrides;
    // Without a way: as it is, which is refused where it holds anything of its own.
    const planned = way ?? (plans ? 'attach' : null);
    return ok({ ...common, command: 'rejoin', cluster, server, way: planned, overrides: overrides.value });
  });
}

function failover(words: readonly string[], values: Values, common: Common): Result<ActingArguments> {
  return one(words, 'failover: name the cluster, as the estate file calls it.', (cluster) => {
    const dryRun = values['dry-run'] ?? false;
    if (dryRun && common.confirm !== null) return bad('failover: either --dry-run or --confirm, not both.');
    const overrides = overridesOf(values);
    if (!overrides.ok) return overrides;
    const { to = null, plan = null, approval = null, save = null, script = null } = values;
    if (save !== null && !dryRun)
      return bad('failover: --save goes with --dry-run: what is saved is what was shown.');
    const files = { plan, approval, save, script };
    return ok({ ...common, command: 'failover', cluster, to, dryRun, overrides: overrides.value, ...files });
  });
}

function run(words: readonly string[], values: Values, common: Common): Result<ActingArguments> {
  const [word, id, extra] = words;
  const verb = RUN_VERBS.find((known) => known === word);
  if (!verb) return bad(`run: ${word === undefined ? 'say' : `"${word}" is not`} ${RUN_VERBS.join(', ')}.`);
  const tooMany = verb === 'list' ? id : extra;
  if (tooMany !== undefined) return bad(`run ${verb}: "${tooMany}" is one word too many.`);
  if (verb !== 'list' && id === undefined) return bad(`run ${verb}: name the run, as run list shows it.`);
  const { to: level = null, step = null } = values;
  if (verb !== 'throttle' && (level !== null || step !== null))
    return bad(`run ${verb}: --to and --step are about run throttle.`);
  if (verb === 'throttle' && !/^[1-9]\d{0,8}$/.test(level ?? ''))
    return bad('run throttle: --to LEVEL is missing: one of the levels that run show names.');
  if (!['list', 'show', 'throttle'].includes(verb) && common.confirm === null)
    return bad(
      verb === 'take-over'
        ? 'run take-over: nothing is done without --confirm NAME, who began the run, or the run itself.'
        : `run ${verb}: nothing is done without --confirm NAME, the server that the run is about.`,
    );
  const { servers = false } = values;
  const most = level === null ? null : Number(level);
  return ok({ ...common, command: 'run', verb, id: id ?? '', servers, level: most, step });
}

function one<T>(
  [word, extra]: readonly string[],
  missing: string,
  then: (word: string) => Result<T>,
): Result<T> {
  if (word === undefined) return bad(missing);
  return extra === undefined ? then(word) : bad(`"${extra}" is one word too many.`);
}

const COMMON = ['estate', 'json', 'lang', 'data-dir', 'egress', 'confirm'];
const OWN: Readonly<Record<ActingCommand, readonly string[]>> = {
  switchover: ['to', 'dry-run', 'override', 'plan', 'approval', 'save', 'script'],
  failover: ['to', 'dry-run', 'override', 'plan', 'approval', 'save', 'script'],
  rejoin: ['server', 'way', 'dry-run', 'override'],
  run: ['servers', 'to', 'step'],
  grants: [],
  approve: ['key', 'minutes', 'save'],
};

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: {
      ...ESTATE_OPTIONS,
      to: { type: 'string' },
      step: { type: 'string' },
      server: { type: 'string' },
      way: { type: 'string' },
      'dry-run': { type: 'boolean' },
      override: { type: 'string', multiple: true },
      plan: { type: 'string' },
      approval: { type: 'string' },
      save: { type: 'string' },
      script: { type: 'string' },
      servers: { type: 'boolean' },
      key: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
