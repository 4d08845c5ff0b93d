import { truthOf } from '../kinds/fact-of';
import type { Row } from '../kinds/kind';
import type { Check, Outcome, SubjectFacts } from './model';
import { listed, unread } from './model';
import { countOf, fieldOf, only } from './records';

const DAY_SECONDS = 86_400;
/** apt's own timer runs once a day: two that were missed are one too many. */
const RUN_DAYS = 3;
/** Lists older than this say little about what is missing today. */
const LIST_DAYS = 7;

/** What was seen of how security updates come to a host. */
export interface UpdatesSeen {
  /** null: it cannot be told. */
  automatic: boolean | null;
  /** Why not, where it is false. */
  form: 'not-installed' | 'off' | 'timer' | 'other' | null;
  /** Packages apt would install, and those of them that close a hole; null: apt did not tell. */
  pending: number | null;
  security: number | null;
  names: readonly string[];
  /** Age of the lists by which that is told, and of the last run, in days; null: not told. */
  listDays: number | null;
  runDays: number | null;
  /** Who installed last: "2026-05-01 apt-get (marie)", or null. */
  applied: string | null;
}

/** From the reading `host.updates`; `look`: what the last look says, for systems without apt. */
export function updatesOf(rows: readonly Row[], look: boolean | null): UpdatesSeen {
  const value = (what: string, column: string) => fieldOf(rows, what, column);
  const isApt = value('manager', 'name') === 'apt';
  const enabled = value('enabled', 'value');
  const form = !isApt
    ? look === false
      ? 'other'
      : null
    : value('installed', 'state') !== 'ii'
      ? 'not-installed'
      : enabled === null || /^(0|no|false)$/i.test(enabled)
        ? 'off'
        : /^(disabled|masked)$/.test(value('timer', 'state') ?? '')
          ? 'timer'
          : null;
  const now = countOf(value('now', 'at'));
  const daysSince = (text: string | null) => {
    const at = countOf(text);
    return at === null || now === null ? null : Math.max(0, Math.floor((now - at) / DAY_SECONDS));
  };
  const last = only(rows, 'applied').at(-1);
  return {
    automatic: isApt ? form === null : look,
    form,
    pending: countOf(value('pending', 'all')),
    security: countOf(value('pending', 'security')),
    names: only(rows, 'security').flatMap((row) => (row.name ? [row.name] : [])),
    listDays: daysSince(value('lists', 'at')),
    runDays: daysSince(value('ran', 'at')),
    applied: last ? `${last.date ?? '?'} ${last.program ?? '?'}${last.by ? ` (${last.by})` : ''}` : null,
  };
}

const seen = (facts: SubjectFacts): UpdatesSeen =>
  updatesOf(facts.rows('host.updates'), truthOf(facts.answer?.facts['host.updates.automatic']));
const days = (count: number | null): string => (count === null ? '?' : String(count));

function notAutomatic(facts: SubjectFacts): Outcome {
  const { automatic, form, security } = seen(facts);
  if (automatic === null) return unread('not-told', { what: 'unattended-upgrades' });
  return automatic ? [] : [{ params: { form: form ?? 'other', security: days(security) } }];
}

function notRun(facts: SubjectFacts): Outcome {
  const { runDays } = seen(facts);
  if (runDays === null) return unread('not-told', { what: '/var/lib/apt/periodic' });
  return runDays < RUN_DAYS ? [] : [{ params: { days: String(runDays) } }];
}

function pendingSecurity(facts: SubjectFacts): Outcome {
  const { security, pending, names, listDays, applied } = seen(facts);
  if (security === null) return unread('not-told', { what: 'apt-get -s dist-upgrade' });
  if (security > 0) {
    const params = {
      count: String(security),
      names: listed(names),
      all: days(pending),
      applied: applied ?? '?',
    };
    return [{ params: { ...params, days: days(listDays) } }];
  }
  // None by lists of last month is not none.
  return listDays === null || listDays > LIST_DAYS ? unread('not-told', { what: '/var/lib/apt/lists' }) : [];
}

function listsOld(facts: SubjectFacts): Outcome {
  const { listDays } = seen(facts);
  if (listDays === null) return unread('not-told', { what: '/var/lib/apt/lists' });
  return listDays <= LIST_DAYS ? [] : [{ params: { days: String(listDays) } }];
}

/** A package that says so, or a kernel that is newer than the one that runs. */
function restartWaits(facts: SubjectFacts): Outcome {
  const [waits] = only(facts.rows('host.updates'), 'restart');
  const kernel = only(facts.rows('host.system'), 'kernel')[0];
  if (waits) return [{ params: { form: 'asked', packages: waits.packages ?? '?' } }];
  const { running = null, newest = null } = kernel ?? {};
  return newest === null || running === null || newest === running
    ? []
    : [{ params: { form: 'kernel', running, newest } }];
}

function appliedBy(facts: SubjectFacts): Outcome {
  const { applied } = seen(facts);
  return applied === null
    ? unread('not-told', { what: '/var/log/apt/history.log' })
    : [{ params: { applied } }];
}

const isApt = (facts: SubjectFacts): boolean => {
  const rows = facts.maybe('host.updates');
  return rows === null || fieldOf(rows, 'manager', 'name') === 'apt';
};
const row = (
  code: string,
  severity: Check['severity'],
  when: Check['when'],
  more: Partial<Check> = {},
): Check => ({
  code,
  subject: 'host',
  severity,
  needs: ['host.updates'],
  when,
  ...more,
});

export const UPDATES_CHECKS: readonly Check[] = [
  row('UPDATES_NOT_AUTOMATIC', 'warning', notAutomatic, { looks: ['host.identity'] }),
  row('UPDATES_NOT_RUN', 'warning', notRun, {
    concerns: (facts) =>
      isApt(facts) && (facts.maybe('host.updates') === null || seen(facts).automatic === true),
  }),
  row('UPDATES_SECURITY_PENDING', 'warning', pendingSecurity),
  row('UPDATES_LISTS_OLD', 'warning', listsOld, { concerns: isApt }),
  row('UPDATES_RESTART_WAITS', 'warning', restartWaits, { needs: ['host.updates', 'host.system'] }),
  row('UPDATES_APPLIED_BY', 'note', appliedBy, { concerns: isApt }),
];
