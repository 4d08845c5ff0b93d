import { numberOf } from '../kinds/fact-of';
import { plainAddress } from '../kinds/net-address';
import type { Check, Hit, Outcome, SubjectFacts } from './model';
import { hitOf, listed, unread } from './model';
import { countOf, fieldOf, only } from './records';

const DAY_MS = 86_400_000;
/** A release that ends within this time ends while people are still busy with the move. */
const SUPPORT_DAYS = 180;
/** Readings to the second differ by less than this without any skew (shared/findings/host-rules.ts). */
const CLOCK_SECONDS = 2;
const NEARLY_FULL_PERCENT = 90;

/** How far the host's clock is off, in seconds, from the last look; the time the answer took could hide as much. */
function clockOff({ answer }: SubjectFacts): Outcome {
  const fact = answer?.facts['host.clock'];
  const value = numberOf(fact);
  if (!answer || !fact || value === null) return unread('not-told', { what: 'host.clock' });
  const took = answer.evidence.find((head) => head.id === fact.evidence)?.durationMs ?? 0;
  const seconds = (value - fact.at) / 1000;
  return Math.abs(seconds) <= CLOCK_SECONDS + took / 1000
    ? []
    : [{ params: { seconds: `${seconds > 0 ? '+' : '−'}${Math.abs(Math.round(seconds))}` } }];
}

function supportEnds(facts: SubjectFacts): Outcome {
  const os = new Map(only(facts.rows('host.system'), 'os').map((row) => [row.name, row.value]));
  const release = os.get('PRETTY_NAME') ?? os.get('ID') ?? '?';
  const end = os.get('SUPPORT_END') ?? null;
  const at = end !== null && /^\d{4}-\d{2}-\d{2}$/.test(end) ? Date.parse(`${end}T00:00:00Z`) : Number.NaN;
  if (end === null || Number.isNaN(at)) return unread('not-stated', { what: `SUPPORT_END (${release})` });
  const days = Math.floor((at - facts.now) / DAY_MS);
  return days >= SUPPORT_DAYS ? [] : [{ params: { release, date: end, form: days < 0 ? 'past' : 'soon' } }];
}

function nearlyFull(facts: SubjectFacts): Outcome {
  const disks = only(facts.rows('host.system'), 'disk');
  if (disks.length === 0) return unread('nothing-counted', { what: 'df' });
  const full = disks.flatMap((row) => {
    const [used, free] = [countOf(row.used), countOf(row.free)];
    if (used === null || free === null || used + free === 0) return [];
    const percent = Math.ceil((100 * used) / (used + free));
    return percent >= NEARLY_FULL_PERCENT ? [`${row.mount} ${percent} %`] : [];
  });
  return hitOf(full);
}

/** Jobs by name: those of cron and of timers, each once. */
function jobs(facts: SubjectFacts): Outcome {
  const rows = facts.rows('host.jobs');
  const names = [
    ...only(rows, 'cron').flatMap((row) => (row.program ? [row.program] : [])),
    ...only(rows, 'timer').flatMap((row) => (row.unit ? [row.unit] : [])),
  ];
  return hitOf([...new Set(names)], { params: { hidden: String(only(rows, 'hidden').length) } });
}

const sendsMail = (facts: SubjectFacts): boolean =>
  (facts.maybe('host.mail') ?? [{ what: 'unknown' }]).some((row) => row.what !== 'queue');

function mailSender(facts: SubjectFacts): Outcome {
  const rows = facts.rows('host.mail');
  const ports = only(rows, 'listens').flatMap((row) => (row.port ? [row.port] : []));
  const program = fieldOf(rows, 'sendmail', 'program');
  if (ports.length === 0 && program === null) return [];
  return [{ params: { program: program ?? '–', ports: ports.length === 0 ? '–' : listed(ports) } }];
}

function mailWaiting(facts: SubjectFacts): Outcome {
  const count = countOf(fieldOf(facts.rows('host.mail'), 'queue', 'count'));
  if (count === null) return unread('not-told', { what: 'mailq' });
  return count === 0 ? [] : [{ params: { count: String(count) } }];
}

function mounts(facts: SubjectFacts): {
  stated: Map<string, string>;
  mounted: Map<string, string>;
  kept: Set<string>;
} {
  const rows = facts.rows('host.mounts');
  const named = (what: string) =>
    new Map(only(rows, what).map((row) => [row.to ?? '?', `${row.from ?? '?'} → ${row.to ?? '?'}`]));
  const stated = named('stated');
  const units = only(rows, 'unit').map((row) => row.to ?? '?');
  return { stated, mounted: named('mounted'), kept: new Set([...stated.keys(), ...units]) };
}
const fstabHidden = (facts: SubjectFacts) => only(facts.rows('host.mounts'), 'hidden').length > 0;

function mountNotKept(facts: SubjectFacts): Outcome {
  if (fstabHidden(facts)) return unread('root', { what: '/etc/fstab' });
  const { mounted, kept } = mounts(facts);
  return hitOf([...mounted].flatMap(([to, name]) => (kept.has(to) ? [] : [name])));
}

function mountMissing(facts: SubjectFacts): Outcome {
  if (fstabHidden(facts)) return unread('root', { what: '/etc/fstab' });
  const { stated, mounted } = mounts(facts);
  return hitOf([...stated].flatMap(([to, name]) => (mounted.has(to) ? [] : [name])));
}

/** Passwords of shares that every account of the host can read: in fstab itself, or in a file that is open to all. */
function mountPassword(facts: SubjectFacts): Outcome {
  if (fstabHidden(facts)) return unread('root', { what: '/etc/fstab' });
  const open = only(facts.rows('host.mounts'), 'stated').flatMap((row) => {
    if (row.inline === '1') return [`/etc/fstab (${row.to ?? '?'})`];
    const others = /^[0-7]{3,4}$/.test(row.mode ?? '') ? Number(row.mode?.at(-1)) : 0;
    return row.file && (others & 4) !== 0 ? [`${row.file} (${row.mode})`] : [];
  });
  return hitOf(open);
}

/** The estate's own addresses that stand in files as numbers, each with where. */
function writtenAddresses(facts: SubjectFacts): Outcome {
  const rows = facts.rows('host.addresses');
  const [looked] = only(rows, 'looked');
  const own = new Set(
    facts.estate.hosts.flatMap(({ address, aliases = [] }) => [address, ...aliases]).map(plainAddress),
  );
  const found = only(rows, 'written').filter((row) => own.has(row.address ?? ''));
  const params = { files: looked?.files ?? '?', hidden: looked?.hidden ?? '?' };
  if (found.length > 0) {
    const named = found.map((row) => `${row.address} (${row.file}:${row.line})`);
    const addresses = listed([...new Set(found.map((row) => row.address ?? '?'))]);
    return hitOf(named, { params: { ...params, addresses } });
  }
  // None in what was read says nothing of what was not.
  if (!looked || countOf(looked.files) === 0) return unread('nothing-counted', params);
  if (looked.whole !== '1' || only(rows, 'late').length > 0) return unread('cut', params);
  return countOf(looked.hidden) === 0 ? [] : unread('root', params);
}

function owners(facts: SubjectFacts): Outcome {
  const rows = facts.rows('host.crontabs');
  if (only(rows, 'elsewhere').length > 0) return unread('not-told', { what: '/var/spool/cron' });
  return hitOf(only(rows, 'owner').flatMap((one) => (one.name ? [one.name] : [])));
}

const synchronised = (facts: SubjectFacts): readonly Hit[] | ReturnType<typeof unread> => {
  const value = fieldOf(facts.rows('host.system'), 'sync', 'value');
  if (value === 'yes') return [];
  return value === 'no' ? [{ params: {} }] : unread('not-told', { what: 'NTPSynchronized' });
};

const row = (code: string, severity: Check['severity'], reading: string, when: Check['when']): Check => ({
  code,
  subject: 'host',
  severity,
  needs: [reading],
  when,
});

export const HOST_CHECKS: readonly Check[] = [
  row('HOST_SUPPORT_ENDS', 'warning', 'host.system', supportEnds),
  {
    code: 'HOST_CLOCK_OFF',
    subject: 'host',
    severity: 'warning',
    needs: [],
    looks: ['host.poll'],
    when: clockOff,
  },
  row('HOST_CLOCK_FREE', 'warning', 'host.system', synchronised),
  row('HOST_DISK_NEARLY_FULL', 'warning', 'host.system', nearlyFull),
  row('HOST_ADDRESSES_WRITTEN', 'warning', 'host.addresses', writtenAddresses),
  row('HOST_MOUNT_NOT_KEPT', 'warning', 'host.mounts', mountNotKept),
  row('HOST_MOUNT_MISSING', 'warning', 'host.mounts', mountMissing),
  row('HOST_MOUNT_PASSWORD_OPEN', 'warning', 'host.mounts', mountPassword),
  row('HOST_SENDS_MAIL', 'warning', 'host.mail', mailSender),
  { ...row('HOST_MAIL_WAITING', 'warning', 'host.mail', mailWaiting), concerns: sendsMail },
  row('HOST_JOBS', 'note', 'host.jobs', jobs),
  row('HOST_CRONTABS', 'note', 'host.crontabs', owners),
];
