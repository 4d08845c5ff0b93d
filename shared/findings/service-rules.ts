import { answerOf } from '../snapshot';
import { healthOf, type ReasonCode, type ServiceHealth } from '../topology/health';
import type { TopologyNode } from '../views/topology';
import { answered, dependents, hostFact, nodesOn, shows } from './ask';
import { lookup } from './lookup';
import type { Hit, Rule, View } from './view';

/** What can be said of one service on a host that answers. */

function reasonOf(view: View, node: TopologyNode): ServiceHealth['reason'] {
  // A node without a reason has none, and asking again costs as much as drawing it did.
  const service = node.because ? lookup(view).services.get(node.service) : undefined;
  if (!service) return null;
  const { takenAt, periodMs, suspectBefore, hosts } = view.snapshot;
  const reading = node.host === null ? undefined : hosts[node.host];
  return healthOf({ service, host: node.host, reading, takenAt, periodMs, suspectBefore }).reason;
}

/** The server answers, and what it answers is a failure of its own. */
const FAILING = /^E_HTTP_STATUS$/;
/** A limit passed without an answer: the server took the connection and then said nothing. */
const SILENT = /^E_(SQL_TIMEOUT|SQL_HUNG|HTTP_TIMEOUT|COMMAND_TIMEOUT)$/;

function hitsOf(
  view: View,
  codes: readonly ReasonCode[],
  fits: (code: string) => boolean = () => true,
): Hit[] {
  return view.nodes.flatMap((node) => {
    const reason = reasonOf(view, node);
    if (!reason || !codes.includes(reason.code) || !fits(reason.error?.code ?? '')) return [];
    const answer = answerOf(node.host === null ? undefined : view.snapshot.hosts[node.host]);
    const polled = answer && node.host !== null ? shows(node.host, hostFact(answer, 'host.halted')) : [];
    const failed = answer?.evidence.find(
      (head) =>
        head.id.startsWith(`${node.service}/`) &&
        reason.error &&
        answer.errors.some((one) => one.params?.probe === head.id),
    );
    return [
      {
        nodes: [node.id],
        params: {
          ...reason.params,
          service: node.service,
          services: dependents(view, node.service),
          form: reason.code,
        },
        evidence: [...polled, ...(failed && node.host !== null ? [{ host: node.host, id: failed.id }] : [])],
      },
    ];
  });
}

export const SERVICE_RULES: readonly Rule[] = [
  {
    code: 'SERVICE_DOWN',
    severity: 'critical',
    masks: ['SERVICE_REFUSES', 'SERVICE_SILENT', 'ACCESS_MISSING', 'DECLARED_NOT_SEEN', 'MOUNT_MISSING'],
    when: (view) => hitsOf(view, ['notRunning', 'notListening']),
  },
  {
    code: 'SERVICE_FROZEN',
    severity: 'critical',
    masks: [
      'SERVICE_REFUSES',
      'SERVICE_SILENT',
      'ACCESS_MISSING',
      'LINK_UNANSWERED',
      'DECLARED_NOT_SEEN',
      'MOUNT_MISSING',
    ],
    when: (view) => hitsOf(view, ['frozen']),
  },
  {
    code: 'SERVICE_SILENT',
    severity: 'critical',
    masks: ['ACCESS_MISSING', 'DECLARED_NOT_SEEN'],
    when: (view) => hitsOf(view, ['error'], (code) => SILENT.test(code)),
  },
  {
    code: 'SERVICE_FAILING',
    severity: 'critical',
    masks: [],
    when: (view) => hitsOf(view, ['error'], (code) => FAILING.test(code)),
  },
  {
    code: 'SERVICE_REFUSES',
    severity: 'warning',
    masks: ['ACCESS_MISSING'],
    when: (view) => hitsOf(view, ['error'], (code) => !SILENT.test(code) && !FAILING.test(code)),
  },
  {
    code: 'PORT_WITHOUT_PROCESS',
    severity: 'warning',
    masks: [],
    when: (view) => hitsOf(view, ['portWithoutProcess']),
  },
  {
    code: 'LOOPBACK_ONLY',
    severity: 'warning',
    masks: [],
    when: (view) => hitsOf(view, ['loopbackOnly']),
  },
  {
    code: 'ACCESS_MISSING',
    severity: 'warning',
    masks: [],
    when: (view) =>
      answered(view).flatMap(({ host, answer }) =>
        answer.errors
          .filter((error) => error.code === 'E_SQL_GRANT')
          .map((error) => {
            const probe = error.params?.probe ?? '?';
            const service = probe.includes('/') ? probe.slice(0, probe.indexOf('/')) : host.id;
            const node = view.nodes.find((one) => one.service === service && one.host === host.id);
            return {
              nodes: node ? [node.id] : nodesOn(view, host.id),
              params: {
                host: host.id,
                service,
                probe,
                privilege: error.params?.privilege ?? '?',
                message: error.message,
              },
              evidence: [{ host: host.id, id: probe }],
            };
          }),
      ),
  },
];
