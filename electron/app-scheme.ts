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

/**
 * The page may run its own files and nothing else; it talks to the world through the bridge alone. No policy
 * for trusted types is allowed: the page has no use for a string that becomes markup or script.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer. The first paint already has the person's language and theme. */
export const serveRenderer = (folder: string, settings: () => Promise<Settings>): void =>
  protocol.handle('app', serve({ host: 'console', index: 'index.html', folder, settings }));

/** Serves the page of main's own surface, in a session that serves nothing else. */
export const serveLever = (session: Session, folder: string, settings: () => Promise<Settings>): void =>
  session.protocol.handle('app', serve({ host: 'lever', index: 'lever.html', folder, settings }));

interface Served {
  host: string;
  index: string;
  folder: string;
  settings(): Promise<Settings>;
}

function serve({ host, index, folder, settings }: Served): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const name = url.pathname === '/' ? index : decodeURIComponent(url.pathname);
    const file = path.normalize(path.join(folder, name));
    const type = TYPES[path.extname(file)];
    if (url.host !== host || !file.startsWith(folder + path.sep) || !type) return notFound();
    const body = await readFile(file).catch(() => null);
    if (!body) return notFound();
    const headers = { 'content-type': type, 'x-content-type-options': 'nosniff' };
    if (path.extname(file) !== '.html') return new Response(new Uint8Array(body), { headers });
    const nonce = randomUUID();
    const { language, theme } = await settings();
    const html = body
      .toString('utf8')
      .replaceAll('__CSP_NONCE__', nonce)
      .replaceAll('__LANG__', language)
      .replaceAll('__THEME__', theme);
    return new Response(html, {
      headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce) },
    });
  };
}

const notFound = () => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
