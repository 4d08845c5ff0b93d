import type { AppError } from '../errors';
import { listOf, numberOf, truthOf } from '../kinds/fact-of';
import { plainAddress } from '../kinds/net-address';
import { answered, hostFact, nodesOn, servicesOn, shows } from './ask';
import type { Hit, Rule, View } from './view';

/** What can be said of hosts: whether they answer, as whom they answer, and what they lack. */

/** Everything that cannot be known, or is not believable, while a host is not seen. */
const CONSEQUENCES = [
  'SERVICE_DOWN',
  'SERVICE_FROZEN',
  'SERVICE_SILENT',
  'SERVICE_REFUSES',
  'ACCESS_MISSING',
  'DECLARED_NOT_SEEN',
  'MOUNT_MISSING',
] as const;

function unreachable(view: View): { host: string; error: AppError }[] {
  return view.estate.hosts.flatMap((host) => {
    const reading = view.snapshot.hosts[host.id];
    return reading?.state === 'unreachable' ? [{ host: host.id, error: reading.error }] : [];
  });
}

type Failed = 'hostkey-changed' | 'hostkey-unknown' | 'answer' | 'refused' | 'unreachable';

/** Which of the ways not to see a host this is: each has its own next move. */
function failedBy(error: AppError): Failed {
  if (error.code === 'E_NEEDS_ANSWER' || error.code === 'E_ANSWER_DECLINED') return 'answer';
  if (error.code === 'E_HOSTKEY_CHANGED' || error.code === 'E_HOSTKEY_REVOKED') return 'hostkey-changed';
  if (error.stage === 'hostkey') return 'hostkey-unknown';
  if (error.stage === 'auth' || error.stage === 'estate') return 'refused';
  return 'unreachable';
}

const hitsOf =
  (...kinds: readonly Failed[]) =>
  (view: View): Hit[] =>
    unreachable(view)
      .filter(({ error }) => kinds.includes(failedBy(error)))
      .map(({ host, error }) => ({
        nodes: nodesOn(view, host),
        params: {
          host,
          services: servicesOn(view, host),
          message: error.message,
          ...(error.params?.expected === undefined ? {} : { expected: error.params.expected }),
          ...(error.params?.got === undefined ? {} : { got: error.params.got }),
        },
        evidence: [],
      }));

/** Two readings of clocks that are read to the second differ by less than this without any skew. */
const CLOCK_TOLERANCE_SECONDS = 2;

/** Seconds by which the host is ahead; the time the answer took could hide as much. null: not more than noise. */
function skewOf(answer: Parameters<typeof hostFact>[0]): number | null {
  const clock = hostFact(answer, 'host.clock');
  const value = numberOf(clock);
  if (!clock || value === null) return null;
  const took = answer.evidence.find((head) => head.id === clock.evidence)?.durationMs ?? 0;
  const seconds = (value - clock.at) / 1000;
  return Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS + took / 1000 ? seconds : null;
}

const NEARLY_FULL_PERCENT = 90;
const FULL_PERCENT = 97;

function fullHits(view: View, what: 'disk' | 'inodes'): Hit[] {
  return answered(view).flatMap(({ host, answer }) => {
    const fact = hostFact(answer, `host.${what}.percent`);
    const percent = numberOf(fact);
    if (percent === null || percent < NEARLY_FULL_PERCENT) return [];
    const mount = hostFact(answer, `host.${what}.mount`)?.value;
    return [
      {
        nodes: nodesOn(view, host.id),
        params: { host: host.id, mount: String(mount ?? '?'), percent: String(percent), form: what },
        evidence: shows(host.id, fact),
        severity: percent >= FULL_PERCENT ? ('critical' as const) : ('warning' as const),
      },
    ];
  });
}

export const HOST_RULES: readonly Rule[] = [
  {
    code: 'NOT_ANSWERING_ANY_HOST',
    severity: 'critical',
    masks: ['HOST_UNREACHABLE', ...CONSEQUENCES],
    when: (view) => {
      const lost = unreachable(view).filter(({ error }) => failedBy(error) === 'unreachable');
      const asked = Object.values(view.snapshot.hosts).filter((reading) => reading.state !== 'unasked');
      if (lost.length < 2 || lost.length !== asked.length) return [];
      const nodes = lost.flatMap(({ host }) => nodesOn(view, host));
      return [{ nodes, params: { hosts: lost.map(({ host }) => host).join(', ') }, evidence: [] }];
    },
  },
  {
    code: 'HOSTKEY_CHANGED',
    severity: 'critical',
    masks: CONSEQUENCES,
    when: hitsOf('hostkey-changed'),
  },
  {
    code: 'HOSTKEY_UNKNOWN',
    severity: 'critical',
    masks: CONSEQUENCES,
    when: hitsOf('hostkey-unknown'),
  },
  { code: 'HOST_UNREACHABLE', severity: 'critical', masks: CONSEQUENCES, when: hitsOf('unreachable') },
  { code: 'HOST_REFUSES', severity: 'warning', masks: CONSEQUENCES, when: hitsOf('refused') },
  { code: 'ANSWER_NEEDED', severity: 'warning', masks: CONSEQUENCES, when: hitsOf('answer') },
  {
    code: 'DISK_NEARLY_FULL',
    severity: 'warning',
    masks: [],
    when: (view) => [...fullHits(view, 'disk'), ...fullHits(view, 'inodes')],
  },
  {
    code: 'CLOCK_SKEW',
    severity: 'warning',
    masks: [],
    when: (view) =>
      answered(view).flatMap(({ host, answer }) => {
        const seconds = skewOf(answer);
        if (seconds === null) return [];
        return [
          {
            nodes: nodesOn(view, host.id),
            params: { host: host.id, seconds: `${seconds > 0 ? '+' : '−'}${Math.abs(Math.round(seconds))}` },
            evidence: shows(host.id, hostFact(answer, 'host.clock')),
          },
        ];
      }),
  },
  {
    code: 'DIFFERENT_ADDRESS',
    severity: 'warning',
    masks: [],
    when: (view) =>
      answered(view).flatMap(({ host, answer }) => {
        const fact = hostFact(answer, 'host.addresses');
        const own = listOf(fact);
        const declared = [host.address, ...(host.aliases ?? [])].map(plainAddress);
        // a host name is no address, and cannot be compared with one
        if (own === null || !/^[\d.]+$|:/.test(host.address)) return [];
        if (declared.some((address) => own.includes(address))) return [];
        return [
          {
            nodes: nodesOn(view, host.id),
            params: { host: host.id, address: host.address, addresses: own.join(', ') },
            evidence: shows(host.id, fact),
          },
        ];
      }),
  },
  {
    code: 'UPDATES_BY_HAND',
    severity: 'info',
    masks: [],
    when: (view) =>
      answered(view).flatMap(({ host, answer }) => {
        const fact = hostFact(answer, 'host.updates.automatic');
        return truthOf(fact) === false
          ? [{ nodes: nodesOn(view, host.id), params: { host: host.id }, evidence: shows(host.id, fact) }]
          : [];
      }),
  },
];
