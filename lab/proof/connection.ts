import { type Connection, createConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2';

/** One account of the servers. */
export interface Login {
  user: string;
  password: string;
}
export interface Address {
  name: string;
  host: string;
  port: number;
}

/** `sentAt`: of this statement, by the load's clock. */
export type Answer =
  | { ok: true; rows: RowDataPacket[]; gtid: string | null; sentAt: number }
  /** `errno` null: the server said nothing, or the connection was lost. */
  | { ok: false; errno: number | null; sentAt: number };

/** A client's connection, as an ordinary application opens one: to the server's own address, by mysql2. */
export interface Link {
  readonly node: string;
  readonly living: boolean;
  /** Never rejects: a failure is an answer. */
  say(statement: string): Promise<Answer>;
  end(): void;
}

const CONNECT_MS = 2_000;
/** A write without an answer for so long is given up, and nobody knows what became of it. */
const ANSWER_MS = 10_000;
/** Errors that mysql2 gives in the server's name carry the server's number; its own have none, or a negative one. */
const numberOf = (thrown: { errno?: number | undefined; fatal?: boolean | undefined }): number | null =>
  thrown.errno !== undefined && thrown.errno > 0 ? thrown.errno : null;

/** Logs in, and has the server tell the GTID of each write with its answer. */
export async function connect(address: Address, login: Login, engine: Engine): Promise<Link | Refused> {
  const connection = createConnection({
    host: address.host,
    port: address.port,
    user: login.user,
    password: login.password,
    database: 'patronus',
    connectTimeout: CONNECT_MS,
    disableEval: true,
  });
  let living = true;
  connection.on('error', () => {
    living = false;
  });
  connection.on('end', () => {
    living = false;
  });
  const refused = await new Promise<Refused | undefined>((resolve) => {
    connection.connect((thrown) => resolve(thrown ? { errno: numberOf(thrown) } : undefined));
  });
  if (refused) {
    connection.destroy();
    return refused;
  }
  const link: Link = {
    node: address.name,
    get living() {
      return living;
    },
    say: async (statement) => {
      const answer = await ask(connection, statement);
      if (!answer.ok && answer.errno === null) {
        living = false;
        connection.destroy();
      }
      return answer;
    },
    end: () => {
      living = false;
      connection.destroy();
    },
  };
  const tracked = await link.say(TRACK[engine]);
  return tracked.ok ? link : { errno: tracked.errno };
}

export type Engine = 'mysql' | 'mariadb';
/** No connection: the server's error number, or null when nobody answered. */
export interface Refused {
  errno: number | null;
}
export const isLink = (opened: Link | Refused): opened is Link => 'say' in opened;

const TRACK: Readonly<Record<Engine, string>> = {
  mysql: 'SET SESSION session_track_gtids=OWN_GTID',
  mariadb: "SET SESSION session_track_system_variables='last_gtid'",
};

/** What mysql2 makes of the session's own news in an answer. */
interface Tracked {
  stateChanges?: { gtids?: string[]; systemVariables?: Record<string, string> };
}

function ask(connection: Connection, statement: string): Promise<Answer> {
  const sentAt = performance.now();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, errno: null, sentAt }), ANSWER_MS);
    connection.query<RowDataPacket[] | ResultSetHeader>(statement, (thrown, result) => {
      clearTimeout(timer);
      if (thrown) resolve({ ok: false, errno: numberOf(thrown), sentAt });
      else if (Array.isArray(result)) resolve({ ok: true, rows: result, gtid: null, sentAt });
      else resolve({ ok: true, rows: [], gtid: gtidIn(result as Tracked), sentAt });
    });
  });
}

const gtidIn = ({ stateChanges }: Tracked): string | null =>
  stateChanges?.gtids?.[0] ?? stateChanges?.systemVariables?.last_gtid ?? null;
