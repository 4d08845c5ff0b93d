import type { HttpOutput, Parsed, Probe } from './kind';
import { lines, present, toNumber, unknown } from './parse-kit';

const FILLS = [
  'apache.requests.total',
  'apache.bytes.total',
  'apache.reqPerSec',
  'apache.workers.busy',
  'apache.workers.idle',
  'apache.uptime',
] as const;

const nothing = (why: string): Parsed => ({
  facts: Object.fromEntries(FILLS.map((fact) => [fact, unknown(why)])),
});

/**
 * mod_status in its machine-readable form ("Total Accesses: 12"). A server without mod_status still answers:
 * that is no fault of it, the counters are unknown. A 5xx is a fault.
 */
export function parseStatus(out: HttpOutput): Parsed {
  if (out.status >= 500) return { facts: {}, error: httpFault('/server-status', out.status) };
  if (out.status !== 200) return nothing(`mod_status answers ${out.status}`);
  const words = new Map<string, string>();
  for (const line of lines(out.body, 500)) {
    const at = line.indexOf(': ');
    if (at > 0) words.set(line.slice(0, at), line.slice(at + 2).trim());
  }
  const number = (...names: string[]) =>
    names.map((name) => toNumber(words.get(name))).find((value) => value !== null) ?? undefined;
  // below 1 Apache leaves the leading zero out: "ReqPerSec: .25"
  const perSecond = toNumber(words.get('ReqPerSec')?.replace(/^\./, '0.')) ?? undefined;
  const workers = number('BusyWorkers');
  if (workers === undefined) return nothing('this is not the page of mod_status');
  const kilobytes = number('Total kBytes');
  const banner = words.get('ServerVersion')?.match(/^Apache\/(\d+(?:\.\d+)*)/)?.[1];
  return {
    facts: {
      ...nothing('ExtendedStatus is off').facts,
      ...present({
        'apache.requests.total': number('Total Accesses'),
        'apache.bytes.total': kilobytes === undefined ? undefined : kilobytes * 1024,
        'apache.reqPerSec': perSecond,
        'apache.workers.busy': workers,
        'apache.workers.idle': number('IdleWorkers'),
        'apache.uptime': number('ServerUptimeSeconds', 'Uptime'),
        'apache.product': banner === undefined ? undefined : 'Apache',
        'apache.version': banner,
      }),
    },
  };
}

const httpFault = (path: string, status: number) => ({
  code: 'E_HTTP_STATUS',
  stage: 'http' as const,
  message: `${path} answers ${status}.`,
  remedy: 'Read the error log of the web server.',
  retryable: true,
  params: { path, status: String(status) },
});

export const apacheStatus: Probe = {
  id: 'apache.status',
  every: 'poll',
  via: 'http',
  timeoutMs: 2_500,
  fills: FILLS,
  withMore: {
    en: 'mod_status with "Require local" gives the request counters.',
    fr: 'mod_status avec « Require local » donne les compteurs de requêtes.',
  },
  path: () => '/server-status?auto',
  parse: parseStatus,
};

/** Only the path that the estate names: that one is safe to ask for again and again, `/` may not be. */
export const apacheHealth: Probe = {
  id: 'apache.health',
  every: 'poll',
  via: 'http',
  timeoutMs: 2_500,
  fills: ['apache.health'],
  path: ({ service }) => service?.healthPath ?? null,
  parse: (out, { service }) => ({
    facts: { 'apache.health': out.status },
    ...(out.status >= 400 ? { error: httpFault(service?.healthPath ?? '/', out.status) } : {}),
  }),
};
