import path from 'node:path';
import type { Row } from '@shared/kinds/kind';
import { createDialer } from '../net/dial';
import { readEstate } from '../read-estate';
import { createSecretStore } from '../secrets/secret-store';
import { runSql } from '../sql/run-sql';
import { createSqlSession } from '../sql/sql-session';
import { createSessions } from '../ssh/sessions';
import { makeHome } from '../ssh/testing/home';

/** Statements by the acting accounts over connections as the product opens them, and nothing of the product around. */
export interface ActingSessions {
  /** One statement to the database of a host; the connection is opened at the first. Rejects with Failure. */
  say(host: string, statement: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const STATEMENT_MS = 30_000;

/** @throws Error when the estate file is wrong */
export async function actingSessions(estateFile: string): Promise<ActingSessions> {
  const read = await readEstate(estateFile);
  if (!read.ok) throw new Error(read.error.map(({ message }) => message).join('\n'));
  const estate = read.value;
  const home = makeHome();
  const ports = home.ports();
  const estateDir = path.dirname(estateFile);
  const dialer = createDialer({ mode: 'loopback' }, ports);
  const secrets = createSecretStore({ estateDir, ports });
  const sessions = createSessions({ estate, estateDir, dialer, secrets, ports });
  const common = { estate, estateDir, sessions, dialer, secrets, ports, account: 'act' } as const;
  const databases = estate.services.filter(({ sql }) => sql?.credentials.act);
  const opened = new Map(
    databases.map(({ id, hosts }) => {
      const host = hosts?.[0] ?? id;
      return [host, createSqlSession({ ...common, hostId: host, serviceId: id })];
    }),
  );
  const { signal } = new AbortController();
  return {
    async say(host, statement) {
      const session = opened.get(host);
      if (!session) throw new Error(`the estate names no acting account for ${host}`);
      const how = { name: 'bare', timeoutMs: STATEMENT_MS, background: false, signal };
      return (await runSql(session, { ...how, statement })).rows;
    },
    async close() {
      await Promise.all([...opened.values()].map((session) => session.close()));
      await sessions.dispose();
      home.remove();
    },
  };
}
