import type { TrafficHook } from '../estate/schema-access';
import type { Check, Command, Fact } from '../runbook/command';
import { check, fact, is, said, ssh } from './commands';

/**
 * How clients are led to who takes writes, as the estate says it. What a hook shows before a switchover is given by
 * the estate too: for the server that stops, what leads to it; anything else is drift, and the run does not begin.
 */
export interface HookPlan {
  id: string;
  /** Key of the target. */
  target: string;
  facts: Fact[];
  /** Before writes stop: no new client is led to the server that stops. null: this kind has no such state. */
  close: (HookChange & { undo: Command[] }) | null;
  /** In an emergency: nobody is led to the server that is given up any more. null: this kind has no such state. */
  takeOut: { apply: Command[]; undo: Command[]; verify: Check; undone: Check } | null;
  /** After the new server is open: from then on there is no way back. */
  point: HookChange;
  /** Does whoever is led find the new server in order. null: nothing but the facts tells. */
  healthy: Check | null;
}
interface HookChange {
  changes: [key: string, value: string][];
  apply: Command[];
}

interface Ends {
  /** Services of the cluster. */
  from: string;
  to: string;
}

/** One for each host that the hook touches. `targetOf` names the target that stands for a host. */
export function hookPlans(hook: TrafficHook, ends: Ends, targetOf: (host: string) => string): HookPlan[] {
  switch (hook.kind) {
    case 'haproxy':
      return [haproxy(hook, ends, targetOf(hook.host))];
    case 'setting':
      return hook.hosts.map((host) => setting(hook, ends, targetOf(host)));
    case 'command':
      return [command(hook, ends, targetOf(hook.host))];
  }
}

/** Hosts on which the hook runs something. */
export const hookHosts = (hook: TrafficHook): readonly string[] =>
  hook.kind === 'setting' ? hook.hosts : [hook.host];
/** Does it name both servers? */
export function hookKnows(hook: TrafficHook, service: string): boolean {
  switch (hook.kind) {
    case 'haproxy':
      return hook.servers[service] !== undefined;
    case 'setting':
      return hook.values[service] !== undefined;
    case 'command':
      return hook.run[service] !== undefined && hook.values[service] !== undefined;
  }
}

/**
 * By socat, as the acting account: it belongs to the group that may write the socket. Columns of "show servers state" (HAProxy management
 * guide): 4 the server, 6 its operational state (2: running), 7 its administrative state (odd: maintenance, 8: drain).
 */
const ASK = 'printf "show servers state %s\\n" "$1" | socat - "UNIX-CONNECT:$2"';
const ADMIN = `${ASK} | awk -v s="$3" '$4 == s { print $7 % 2 ? "maint" : int($7 / 8) % 2 ? "drain" : "ready" }'`;
const HEALTH = `${ASK} | awk -v s="$3" '$4 == s { print $6 }'`;
const SET = 'printf "set server %s/%s state %s\\n" "$1" "$3" "$4" | socat - "UNIX-CONNECT:$2"';
const RUNNING = '2';

type Hook<K extends TrafficHook['kind']> = Extract<TrafficHook, { kind: K }>;

function haproxy(hook: Hook<'haproxy'>, { from, to }: Ends, target: string): HookPlan {
  const { backend, socket, servers } = hook;
  const sh = (script: string, ...words: string[]) =>
    ssh(target, ['sh', '-c', script, 'sh', backend, socket, ...words]);
  const [old = '', next = ''] = [servers[from], servers[to]];
  const key = (server: string) => `${target}/${backend} ${server}`;
  const state = (server: string, value: string) =>
    fact(
      key(server),
      said('FACT_BALANCER', { host: target, backend, server }),
      sh(ADMIN, server),
      null,
      value,
    );
  return {
    id: hook.id,
    target,
    facts: [
      state(old, 'ready'),
      ...Object.entries(servers)
        .filter(([service]) => service !== from)
        .map(([, server]) => state(server, 'maint')),
    ],
    close: {
      changes: [[key(old), 'drain']],
      apply: [sh(SET, old, 'drain')],
      undo: [sh(SET, old, 'ready')],
    },
    takeOut: {
      apply: [sh(SET, old, 'maint')],
      undo: [sh(SET, old, 'ready')],
      verify: check(
        'out',
        said('FACT_BALANCER', { host: target, backend, server: old }),
        sh(ADMIN, old),
        is(null, 'maint'),
      ),
      undone: check(
        'in',
        said('FACT_BALANCER', { host: target, backend, server: old }),
        sh(ADMIN, old),
        is(null, 'ready'),
      ),
    },
    point: {
      // The new one first: nobody is turned away in between.
      changes: [
        [key(next), 'ready'],
        [key(old), 'maint'],
      ],
      apply: [sh(SET, next, 'ready'), sh(SET, old, 'maint')],
    },
    healthy: check(
      'balancer',
      said('CHECK_BALANCER', { host: target, server: next }),
      sh(HEALTH, next),
      is(null, RUNNING),
    ),
  };
}

/** A basic regular expression in which the key stands for itself. */
const asPattern = (key: string) => key.replaceAll('.', '\\.');
/** What stands on the right of `s/…/…/`. */
const asReplacement = (value: string) => value.replace(/[\\/&]/g, '\\$&');

/** The expression that puts a value in the place of the one that stands there, and touches nothing else of the line. */
const setTo = (key: string, value: string) =>
  `s/^([[:space:]]*${asPattern(key)}[[:space:]]*=[[:space:]]*).*$/\\1${asReplacement(value)}/`;

/** sed writes a new file and puts it in the place of the old one, with its owner and mode. */
export const settingCommand = ({ file, key, values }: Hook<'setting'>, service: string): string[] => [
  'sed',
  '-i',
  '-E',
  '--follow-symlinks',
  setTo(key, values[service] ?? ''),
  file,
];

function setting(hook: Hook<'setting'>, { from, to }: Ends, target: string): HookPlan {
  const { file, key: name, values, reload } = hook;
  const key = `${target}/${hook.id}`;
  const read = ssh(target, [
    'sed',
    '-n',
    '-E',
    `s/^[[:space:]]*${asPattern(name)}[[:space:]]*=[[:space:]]*//p`,
    file,
  ]);
  return {
    id: hook.id,
    target,
    facts: [
      fact(key, said('FACT_SETTING', { host: target, key: name, file }), read, null, values[from] ?? ''),
    ],
    close: null,
    takeOut: null,
    point: {
      changes: [[key, values[to] ?? '']],
      apply: [
        ssh(target, settingCommand(hook, to), { sudo: true }),
        ...(reload ? [ssh(target, reload)] : []),
      ],
    },
    healthy: null,
  };
}

/** Run exactly as the estate writes it, by the acting account. */
function command(hook: Hook<'command'>, { from, to }: Ends, target: string): HookPlan {
  const key = `${target}/${hook.id}`;
  const leads = said('FACT_COMMAND', { host: target, hook: hook.id });
  return {
    id: hook.id,
    target,
    facts: [fact(key, leads, ssh(target, hook.verify), null, hook.values[from] ?? '')],
    close: null,
    takeOut: null,
    point: {
      changes: [[key, hook.values[to] ?? '']],
      apply: [ssh(target, hook.run[to] ?? [])],
    },
    healthy: null,
  };
}
