import type { Command, SshCommand } from '../runbook/command';
import { shownCommand } from '../runbook/render';

/**
 * Servers as far as a switchover changes them: every statement and command line is understood by its own text, without
 * a look at what the plan says that it changes. One that is not understood throws.
 */
export interface World {
  run(command: Command): void;
  /** Fact → value, in the order of their keys. */
  all(): ReadonlyMap<string, string>;
}

type Set = (what: string, value: string) => void;
type Get = (what: string) => string | undefined;
/** What a statement of this form does to the server it is sent to. */
type Rule = readonly [form: RegExp, does: (set: Set, match: string[], get: Get) => void];

export function createWorld(facts: readonly { key: string; value: string }[]): World {
  const values = new Map(facts.map(({ key, value }) => [key, value]));
  const files = new Map<string, string>();
  const hands = (node: string): [Set, Get] => [
    (what, value) => {
      // Only what the plan stands on is of interest.
      if (values.has(`${node}/${what}`)) values.set(`${node}/${what}`, value);
    },
    (what) => values.get(`${node}/${what}`),
  ];
  return {
    all: () => new Map([...values].sort()),
    run(command) {
      const [set, get] = hands(command.target);
      if (command.kind === 'ssh') {
        runLine(command, set, files);
        return;
      }
      const text = shownCommand(command);
      const rule = STATEMENTS.find(([form]) => form.test(text));
      if (!rule) throw new Error(`not understood: ${text}`);
      rule[1](set, [...(rule[0].exec(text) ?? [])], get);
    },
  };
}

const STATEMENTS: readonly Rule[] = [
  [/^(SELECT|SHOW|XA RECOVER|SET SESSION character_set_client)/, () => undefined],
  [/^SET PERSIST_ONLY (\w+) = (ON|OFF)$/, (set, [, name, value]) => set(`persisted ${name}`, value ?? '?')],
  [/^RESET PERSIST IF EXISTS (\w+)$/, (set, [, name]) => set(`persisted ${name}`, '')],
  [/^SET (GLOBAL .*)$/, (set, [, list = '']) => setGlobals(set, list)],
  [
    /^ALTER DEFINER=\S+ EVENT `([^`]+)`\.`([^`]+)` (ENABLE|DISABLE ON REPLICA|DISABLE ON SLAVE)$/,
    (set, [, schema, name, to]) =>
      set(`event ${schema}.${name}`, to === 'ENABLE' ? 'ENABLED' : 'REPLICA_SIDE_DISABLED'),
  ],
  [
    /^ALTER USER '(.+)'@'(.+)' ACCOUNT (LOCK|UNLOCK)$/,
    (set, [, user, host, to]) =>
      set(`account ${user?.replaceAll("''", "'")}@${host}`, to === 'LOCK' ? 'locked' : 'open'),
  ],
  [/^STOP (REPLICA|SLAVE) /, (set, _, get) => setThreads(set, get, false)],
  [/^START (REPLICA|SLAVE) /, (set, _, get) => setThreads(set, get, true)],
  [
    /^CHANGE REPLICATION SOURCE TO SOURCE_HOST = '([^']+)', SOURCE_PORT = (\d+)/,
    (set, [, host, port]) => set('source', `${host}:${port}`),
  ],
  [
    /^CHANGE MASTER '' TO MASTER_HOST = '([^']+)', MASTER_PORT = (\d+)/,
    (set, [, host = '', port = '']) => {
      set('source', host);
      set('source port', port);
    },
  ],
  [
    /^RESET (REPLICA ALL FOR CHANNEL|SLAVE '' ALL)/,
    (set) => {
      for (const what of ['source', 'source port', 'receiver', 'applier']) set(what, '');
    },
  ],
];

const GLOBALS: Readonly<Record<string, string>> = {
  rpl_semi_sync_source_enabled: 'semi-sync source',
  rpl_semi_sync_replica_enabled: 'semi-sync replica',
  rpl_semi_sync_master_enabled: 'semi-sync source',
  rpl_semi_sync_slave_enabled: 'semi-sync replica',
};

function setGlobals(set: Set, list: string): void {
  for (const part of list.split(', ')) {
    const [, name = '', value = ''] = /^GLOBAL (\w+) = ([01])$/.exec(part) ?? [];
    if (name === '') throw new Error(`not understood: ${part}`);
    set(GLOBALS[name] ?? name, value);
    // MySQL manual, super_read_only: each brings the other with it.
    if (name === 'super_read_only' && value === '1') set('read_only', '1');
    if (name === 'read_only' && value === '0') set('super_read_only', '0');
  }
}

/** Who follows nobody has no threads. MariaDB's fact says Yes and No. */
function setThreads(set: Set, get: Get, on: boolean): void {
  if (get('source') === '') return;
  const isMysql = get('receiver') !== undefined;
  set('receiver', on ? 'on' : 'off');
  set('applier', isMysql ? (on ? 'on' : 'off') : on ? 'Yes' : 'No');
}

function runLine({ argv, stdin }: SshCommand, set: Set, files: Map<string, string>): void {
  const [program = '', ...words] = argv.map((word) => (typeof word === 'string' ? word : '?'));
  const last = words.at(-1) ?? '';
  switch (program) {
    case 'chmod':
    case 'sync':
    case 'cp':
    case 'systemctl':
      return;
    case 'tee':
      files.set(last, (stdin ?? []).join(''));
      return;
    case 'mv':
      set('boot file', (files.get(words.at(-2) ?? '') ?? '?').trim());
      return;
    case 'rm':
      if (!last.endsWith('.before')) set('boot file', '');
      return;
    case 'sed': {
      const form = /^s\/\^\(\[\[:space:\]\]\*DB_HOST\[\[:space:\]\]\*=\[\[:space:\]\]\*\)\.\*\$\/\\1(.*)\/$/;
      const [, value] = form.exec(words[3] ?? '') ?? [];
      if (value === undefined) throw new Error(`not understood: ${words.join(' ')}`);
      set('app', value.replace(/\\(.)/g, '$1'));
      return;
    }
    case 'sh': {
      const [, script, , backend, , server, state] = words;
      if (!script?.includes('set server')) throw new Error(`not understood: ${script}`);
      set(`${backend} ${server}`, state ?? '?');
      return;
    }
    case 'move-address':
      set('address', last);
      return;
    default:
      throw new Error(`not understood: ${program}`);
  }
}
