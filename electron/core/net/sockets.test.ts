import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** Everything in Node that opens a connection or listens, and the libraries that would. */
const OPENERS: Record<string, RegExp> = {
  'node:net': /from 'node:net'/,
  'node:tls': /from 'node:tls'/,
  'node:dgram': /from 'node:dgram'/,
  'node:http': /from 'node:http'/,
  'node:https': /from 'node:https'/,
  'node:http2': /from 'node:http2'/,
  'node:dns': /from 'node:dns/,
  'bare module': /from '(net|tls|dgram|http|https|http2|dns|dns\/promises)'/,
  'require or import()': /\b(require|import)\(['"](node:)?(net|tls|dgram|https?|http2|dns)/,
  fetch: /(?<![\w.])fetch\(/,
  socket: /new (WebSocket|Socket|EventSource|XMLHttpRequest)\b/,
  ssh2: /from 'ssh2'/,
  mysql2: /from 'mysql2/,
};

/** Who may, and why that is no second way out. */
const ALLOWED: Record<string, string[]> = {
  'electron/core/net/dial.ts': ['node:net', 'require or import()'],
  // isIP only.
  'electron/core/net/egress.ts': ['node:net'],
  'electron/core/sql/sql-target.ts': ['node:net'],
  // Speaks over the lease's forward: `createConnection` returns it.
  'electron/core/http/run-http.ts': ['node:http'],
  // ssh2 speaks over a given `sock`; mysql2 over a given `stream`.
  'electron/core/ssh/handshake.ts': ['ssh2'],
  'electron/core/ssh/scan-host-key.ts': ['ssh2'],
  'electron/core/ssh/keys.ts': ['ssh2'],
  // Reads keys, and asks the person's own agent for a signature over its local socket.
  'electron/core/runbook/approval-key.ts': ['ssh2'],
  'electron/core/sql/open-sql.ts': ['mysql2'],
  'electron/core/sql/auth-plugins.ts': ['mysql2'],
};

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
const withoutTypeImports = (text: string) => text.replace(/^import type .*$/gm, '');

const found: Record<string, string[]> = {};
for (const file of ['electron', 'shared'].flatMap((dir) => sources(join(ROOT, dir)))) {
  const text = withoutTypeImports(readFileSync(file, 'utf8'));
  const used = Object.keys(OPENERS).filter((name) => OPENERS[name]?.test(text));
  if (used.length > 0) found[relative(ROOT, file)] = used;
}

describe('one dial() opens every socket', () => {
  it('nothing else in electron/ and shared/ can', () => expect(found).toEqual(ALLOWED));
  it('and nobody lets ssh2 or mysql2 dial by themselves', () => {
    for (const file of ['ssh/handshake.ts', 'ssh/scan-host-key.ts']) {
      const text = readFileSync(join(ROOT, 'electron/core', file), 'utf8');
      for (const [call] of text.matchAll(/client\.connect\(\{[\s\S]*?\}\);/g))
        expect(call).toMatch(/\bsock: socket\b/);
      expect(text.match(/\.connect\(/g)).toHaveLength(1);
    }
    const sql = readFileSync(join(ROOT, 'electron/core/sql/open-sql.ts'), 'utf8');
    expect(sql).toMatch(/createConnection\(\{\s*stream,/);
  });
  it('only the fail-closed verifier, or one that always refuses, is given to ssh2', () => {
    const verifiers = Object.keys(ALLOWED).flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/hostVerifier: (.*)/g)].map(
        (match) => `${file}: ${match[1]}`,
      ),
    );
    expect(verifiers).toEqual([
      'electron/core/ssh/handshake.ts: (key: Buffer) => verifier.verify(key),',
      'electron/core/ssh/scan-host-key.ts: (key: Buffer) => {',
    ]);
  });
});
