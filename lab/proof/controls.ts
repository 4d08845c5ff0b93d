import type { Lab } from '../api';
import { handsOn, until } from '../replication/hands';
import type { Node } from '../replication/scenario';
import type { ClientKind } from './attempts';
import type { Load } from './start-load';

/**
 * Switchovers done wrong, each by one omission that is known to lose writes. The checker is worth something only as
 * long as it is seen to find what these lose. Bare statements as root: the product could not be made to do them.
 */
export interface Control {
  name: string;
  engines: readonly Lab['engine'][];
  clients: readonly ClientKind[];
  /** What must be found: acknowledged writes that are gone, two servers that took writes, or both. */
  loses: boolean;
  overlaps: boolean;
  run(load: Load, from: Node, to: Node): Promise<void>;
}

type Engine = Lab['engine'];
const STOP = { mysql: 'STOP REPLICA;', mariadb: 'STOP SLAVE;' };
const OPEN = {
  mysql: 'SET GLOBAL super_read_only=0, GLOBAL read_only=0;',
  mariadb: 'SET GLOBAL read_only=0;',
};
const CLOSE = { mysql: 'SET GLOBAL super_read_only=1;', mariadb: 'SET GLOBAL read_only=1;' };
const POSITION = {
  mysql: "SELECT REPLACE(@@gtid_executed, '\\n', '');",
  mariadb: 'SELECT @@gtid_binlog_pos;',
};
const WAIT = {
  mysql: (position: string) => `SELECT WAIT_FOR_EXECUTED_GTID_SET('${position}', 20);`,
  mariadb: (position: string) => `SELECT MASTER_GTID_WAIT('${position}', 20);`,
};
const APP: readonly ClientKind[] = ['autocommit', 'transfer', 'sticky'];
/** Writes on the wrong server that a control waits for. */
const ENOUGH = 20;

/** Resolves when clients have written that much to a server since it was asked. */
async function writesOn({ lab }: Load, node: Node): Promise<void> {
  const hands = handsOn(lab.raw);
  const rows = async () => Number(await hands.sql(node, 'SELECT COUNT(*) FROM patronus.load_row;'));
  const before = await rows();
  await until(`${node} takes writes`, async () => (await rows()) > before + ENOUGH);
}

/** Resolves when a server has taken probes since it was asked: the application's, or the privileged ones of a fence. */
async function takesProbes({ lab }: Load, node: Node, table = 'load_probe'): Promise<void> {
  const hands = handsOn(lab.raw);
  const probes = async () => Number(await hands.sql(node, `SELECT SUM(n) FROM patronus.${table};`));
  const before = await probes();
  await until(`${node} takes probes`, async () => (await probes()) > before);
}

/** Everything that `from` has logged up to now is on `to`. */
async function caughtUp({ lab }: Load, engine: Engine, from: Node, to: Node): Promise<void> {
  const hands = handsOn(lab.raw);
  await hands.sql(to, WAIT[engine]((await hands.sql(from, POSITION[engine])).trim()));
}

/** Closes, catches up and opens as one should; what is left out is the control's. */
async function fenceOnly(load: Load, close: string, from: Node, to: Node): Promise<void> {
  const { engine } = load.lab;
  const hands = handsOn(load.lab.raw);
  await hands.sql(from, close);
  await caughtUp(load, engine, from, to);
  await hands.sql(to, STOP[engine] + OPEN[engine]);
}

export const CONTROLS: readonly Control[] = [
  {
    name: 'the new one is opened before the old one is closed',
    engines: ['mysql', 'mariadb'],
    clients: APP,
    loses: true,
    overlaps: true,
    async run(load, from, to) {
      const hands = handsOn(load.lab.raw);
      await hands.sql(to, STOP[load.lab.engine] + OPEN[load.lab.engine]);
      await takesProbes(load, to);
      await writesOn(load, from);
      await hands.sql(from, CLOSE[load.lab.engine]);
    },
  },
  {
    name: 'read_only alone, with a privileged writer',
    engines: ['mysql', 'mariadb'],
    clients: ['autocommit', 'privileged'],
    loses: true,
    overlaps: true,
    async run(load, from, to) {
      await fenceOnly(load, 'SET GLOBAL read_only=1;', from, to);
      await takesProbes(load, to);
      await writesOn(load, from);
    },
  },
  {
    name: 'privileged accounts are not locked, though none of them happens to write',
    engines: ['mariadb'],
    clients: APP,
    loses: false,
    overlaps: true,
    async run(load, from, to) {
      await fenceOnly(load, CLOSE.mariadb, from, to);
      await takesProbes(load, to);
      await takesProbes(load, from, 'load_fence');
    },
  },
  {
    name: 'a global read lock instead of a fence, released while sessions wait behind it',
    engines: ['mysql', 'mariadb'],
    clients: APP,
    loses: true,
    overlaps: true,
    async run(load, from, to) {
      const { engine } = load.lab;
      const hands = handsOn(load.lab.raw);
      await hands.hold(from, 'FLUSH TABLES WITH READ LOCK;');
      await until('writes wait behind the lock', async () => {
        const waiting = await hands.sql(
          from,
          "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'app' AND STATE LIKE 'Waiting for%lock';",
        );
        return Number(waiting) > 0;
      });
      await caughtUp(load, engine, from, to);
      await hands.sql(to, STOP[engine] + OPEN[engine]);
      await takesProbes(load, to);
      // whoever held the lock is gone, and what waited behind it wakes
      await hands.sql(
        from,
        await hands.sql(
          from,
          "SELECT CONCAT('KILL ', ID, ';') FROM information_schema.PROCESSLIST WHERE USER = 'root' AND COMMAND = 'Sleep';",
        ),
      );
      await writesOn(load, from);
    },
  },
  {
    name: 'prepared transactions are committed behind the fence',
    engines: ['mysql'],
    clients: ['autocommit', 'prepared', 'prepared', 'prepared', 'prepared', 'prepared'],
    loses: true,
    overlaps: true,
    async run(load, from, to) {
      await fenceOnly(load, CLOSE.mysql, from, to);
      const hands = handsOn(load.lab.raw);
      await until('nothing is prepared any more', async () => (await hands.sql(from, 'XA RECOVER;')) === '');
    },
  },
];
