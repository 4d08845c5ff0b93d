import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '@shared/contract';
import { protocol, type Session } from 'electron';

/** An own scheme beats file://: a real origin, CSP by header, and no way to the rest of the file system. */
export const ORIGIN = 'app://console';
/** Main's own surface is of another origin, so that it is in another process, too. */
export const LEVER_ORIGIN = 'app://lever';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A script of our own that may run as a worker of the window, and the one policy for trusted types that lets it. */
interface OneWorker {
  address: string;
  policy: string;
}
/** Counts a plan's simulated runs (`renderer/plan/plan-worker.ts`); the build gives it this name. */
const PLAN_WORKER: OneWorker = { address: `${ORIGIN}/assets/plan-worker.js`, policy: 'plan-worker' };

/**
 * The page may run its own files and nothing else; it talks to the world through the bridge alone. The page has no use
 * for a string that becomes markup or script, so no policy for trusted types is allowed but the one that names the
 * address of its worker: the page makes it when it starts, and nobody can make a second one.
 */
const contentSecurityPolicy = (nonce: string, worker: OneWorker | null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    "frame-src 'none'",
    `worker-src ${worker?.address ?? "'none'"}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${worker?.policy ?? "'none'"}`,
  ].join('; ');

/** For a script that runs as a worker, and has no document whose policy it would be under: it can count, and no more. */
const SCRIPT_POLICY = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer. The first paint already has the person's language and theme. */
export const serveRenderer = (folder: string, settings: () => Promise<Settings>): void =>
  protocol.handle(
    'app',
    serve({ host: 'console', index: 'index.html', worker: PLAN_WORKER, folder, settings }),
  );

/** Serves the page of main's own surface, in a session that serves nothing else. */
export const serveLever = (session: Session, folder: string, settings: () => Promise<Settings>): void =>
  session.protocol.handle(
    'app',
    serve({ host: 'lever', index: 'lever.html', worker: null, folder, settings }),
  );

interface Served {
  host: string;
  index: string;
  worker: OneWorker | null;
  folder: string;
  settings(): Promise<Settings>;
}

function serve({ host, index, worker, folder, settings }: Served): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const name = url.pathname === '/' ? index : decodeURIComponent(url.pathname);
    const file = path.normalize(path.join(folder, name));
    const type = TYPES[path.extname(file)];
    if (url.host !== host || !file.startsWith(folder + path.sep) || !type) return notFound();
    const body = await readFile(file).catch(() => null);
    if (!body) return notFound();
    const headers = { 'content-type': type, 'x-content-type-options': 'nosniff' };
    const kind = path.extname(file);
    if (kind === '.js') {
      const scriptHeaders = { ...headers, 'content-security-policy': SCRIPT_POLICY };
      return new Response(new Uint8Array(body), { headers: scriptHeaders });
    }
    if (kind !== '.html') return new Response(new Uint8Array(body), { headers });
    const nonce = randomUUID();
    const { language, theme } = await settings();
    const html = body
      .toString('utf8')
      .replaceAll('__CSP_NONCE__', nonce)
      .replaceAll('__LANG__', language)
      .replaceAll('__THEME__', theme);
    return new Response(html, {
      headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce, worker) },
    });
  };
}

const notFound = () => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
