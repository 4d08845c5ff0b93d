import type { Check, Hit, Outcome, SubjectFacts } from './model';
import { hitOf, unread } from './model';
import { fieldOf, only } from './records';

const DAY_MS = 86_400_000;
/** A certificate that ends within this time ends around the move, when nobody has time to renew it. */
const RENEW_DAYS = 30;

/** What Debian's Apache loads when it is freshly installed; of these nobody has to think. */
const USUAL = new Set(
  (
    'core so watchdog http log_config logio version unixd access_compat alias auth_basic authn_core authn_file ' +
    'authz_core authz_host authz_user autoindex deflate dir env filter mime mpm_event negotiation reqtimeout setenvif'
  ).split(' '),
);

const isMissing = (facts: SubjectFacts, reading: string) => only(facts.rows(reading), 'missing').length > 0;
const notInstalled = unread('not-installed', { program: 'apache2' });
const hiddenOf = (facts: SubjectFacts): string | null =>
  fieldOf(facts.rows('apache.config'), 'hidden', 'file');

function modules(facts: SubjectFacts): Outcome {
  if (isMissing(facts, 'apache.config')) return notInstalled;
  const names = only(facts.rows('apache.config'), 'module').flatMap((row) => (row.name ? [row.name] : []));
  if (names.length === 0) return unread('not-told', { what: 'apache2 -M' });
  return hitOf(
    names.filter((name) => !USUAL.has(name)),
    { params: { all: String(names.length) } },
  );
}

function virtualHosts(facts: SubjectFacts): Outcome {
  if (isMissing(facts, 'apache.config')) return notInstalled;
  const rows = facts.rows('apache.config');
  const hidden = hiddenOf(facts);
  if (hidden !== null) return unread('root', { what: hidden });
  if (only(rows, 'vhosts').length === 0) return unread('not-told', { what: 'apache2 -S' });
  return hitOf(only(rows, 'vhost').map(({ on, name }) => `${name ?? '?'} (${on ?? '?'})`));
}

function faulty(facts: SubjectFacts): Outcome {
  if (isMissing(facts, 'apache.test')) return notInstalled;
  const [test] = only(facts.rows('apache.test'), 'test');
  if (!test) return unread('not-told', { what: 'apachectl -t' });
  return test.exit === '0' ? [] : [{ params: { said: test.said ?? '?' } }];
}

function certificates(facts: SubjectFacts): Outcome {
  if (isMissing(facts, 'apache.config')) return notInstalled;
  const all = only(facts.rows('apache.config'), 'certificate');
  const ends = all.map((row) => ({ file: row.file ?? '?', at: row.end ? Date.parse(row.end) : Number.NaN }));
  const hits = ends.flatMap(({ file, at }): Hit[] => {
    const left = Math.floor((at - facts.now) / DAY_MS);
    if (Number.isNaN(at) || left >= RENEW_DAYS) return [];
    const date = new Date(at).toISOString().slice(0, 10);
    return left < 0
      ? [{ severity: 'blocker', params: { file, date, form: 'past' } }]
      : [{ params: { file, date, form: 'soon', days: String(left) } }];
  });
  const untold = ends.find(({ at }) => Number.isNaN(at))?.file ?? hiddenOf(facts);
  return hits.length === 0 && untold !== null ? unread('root', { what: untold }) : hits;
}

const hasCertificates = (facts: SubjectFacts): boolean => {
  const rows = facts.maybe('apache.config');
  return rows === null || rows.some(({ what }) => what === 'certificate' || what === 'hidden');
};

/** PHP keeps sessions in files of its own host unless a line says otherwise; the last line that says so wins. */
function localSessions(facts: SubjectFacts): Outcome {
  const said = only(facts.rows('apache.config'), 'sessions');
  const last = said.findLast(({ file }) => file === 'vhost') ?? said.at(-1);
  return (last?.handler ?? 'files') === 'files' ? [{ params: { file: last?.file ?? 'php.ini' } }] : [];
}
const runsPhp = (facts: SubjectFacts): boolean =>
  facts.maybe('apache.config')?.some(({ what, name }) => what === 'module' && /^php\d*$/.test(name ?? '')) ??
  true;

const row = (
  code: string,
  severity: Check['severity'],
  when: Check['when'],
  more: Partial<Check> = {},
): Check => ({
  code,
  subject: 'host',
  kind: 'apache',
  severity,
  needs: ['apache.config'],
  when,
  ...more,
});

export const APACHE_CHECKS: readonly Check[] = [
  row('APACHE_CONFIG_FAULTY', 'blocker', faulty, { needs: ['apache.test'] }),
  row('APACHE_CERTIFICATE_ENDS', 'warning', certificates, { concerns: hasCertificates }),
  row('APACHE_SESSIONS_LOCAL', 'warning', localSessions, { concerns: runsPhp }),
  row('APACHE_VHOSTS', 'note', virtualHosts),
  row('APACHE_MODULES', 'note', modules),
];
