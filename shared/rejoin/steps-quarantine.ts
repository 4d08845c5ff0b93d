import { DISABLED, INACTIVE, type ServiceCommands } from '../estate/service-control';
import type { Fact } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { said } from '../runbook/said';
import type { bootChange } from '../switchover/boot';
import { act, changes, fact, sql, ssh } from '../switchover/commands';
import { isMysql } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';
import type { Side } from '../switchover/scene';
import { eventFact, keys, writableFacts } from '../switchover/server-facts';
import { awakeEvents, putToSleep } from '../switchover/steps-before';
import { isClosed } from './refuse-rejoin';
import { SERVICE_MS, serviceFact, serviceKey } from './restart-steps';
import { bootSteps } from './steps-rejoin';

/** The server that is kept apart. */
export interface QuarantineScene {
  old: Side;
  boot: ReturnType<typeof bootChange>;
  control: ServiceCommands;
  /** What `control.boot` prints now. */
  startsBy: string;
}

/**
 * The host itself, besides the server on it: what is done to the service is done where no SQL answers any more.
 */
export const hostTarget = (node: string): string => `${node} (host)`;
const bootServiceKey = (node: string) => `${node}/service at boot`;

export function quarantineFacts({ old, boot, control, startsBy }: QuarantineScene): Fact[] {
  const { node, member } = old;
  return [
    ...writableFacts(node, member),
    ...eventsToSleep(member).map(({ event, index }) => eventFact(node, event, index)),
    ...(boot === null || boot === 'unknown' ? [] : boot.facts),
    { ...serviceFact(node, control), command: ssh(hostTarget(node), control.state) },
    fact(
      bootServiceKey(node),
      said('FACT_SERVICE_AT_BOOT', { node }),
      ssh(hostTarget(node), control.boot),
      null,
      startsBy,
    ),
  ];
}

/**
 * Closed, kept closed by every start, its events asleep, its service stopped and kept from starting. Each step but the first can
 * be taken back: that it is closed stays, whatever becomes of the run.
 */
export function quarantinePlan(scene: QuarantineScene): Step[] {
  const { old, control } = scene;
  const { node } = old;
  const parts = [closeStep(old), bootSteps(scene), eventStep(old), serviceSteps(node, control)];
  let needs: string[] = [];
  return parts.flat().map((step) => {
    const inOrder = { ...step, needs };
    needs = [step.id];
    return inOrder;
  });
}

function closeStep({ node, member }: Side): Step[] {
  if (isClosed(member)) return [];
  const variable = isMysql(member) ? 'super_read_only' : 'read_only';
  const closed = isMysql(member)
    ? [[keys.readOnly(node), '1'] as const, [keys.superReadOnly(node), '1'] as const]
    : [[keys.readOnly(node), '1'] as const];
  return [
    act({
      id: 'close',
      number: '1',
      title: said('STEP_CLOSE_APART', { node }),
      target: node,
      nature: 'hard',
      // A fence: where it fails, the service is stopped all the same.
      ifItFails: 'go-on',
      confirms: true,
      changes: changes(...closed),
      apply: [sql(node, `SET GLOBAL ${variable} = 1`)],
    }),
  ];
}

/** What would write there in spite of read_only. On MySQL nothing does, and super_read_only keeps events as they are (1290). */
export const eventsToSleep = (member: MemberReading) => (isMysql(member) ? [] : awakeEvents(member));
const eventStep = (old: Side): Step[] => (isMysql(old.member) ? [] : putToSleep(old, '3'));

function serviceSteps(node: string, control: ServiceCommands): Step[] {
  const common = { target: hostTarget(node), nature: 'reversible', confirms: true } as const;
  return [
    act({
      ...common,
      id: 'disable',
      number: '4',
      title: said('STEP_DISABLE', { node }),
      changes: changes([bootServiceKey(node), DISABLED]),
      apply: [ssh(hostTarget(node), control.disable, { timeoutMs: SERVICE_MS })],
      undo: { apply: [ssh(hostTarget(node), control.enable, { timeoutMs: SERVICE_MS })], verify: [] },
    }),
    act({
      ...common,
      id: 'stop',
      number: '5',
      title: said('STEP_STOP_APART', { node }),
      changes: changes([serviceKey(node), INACTIVE]),
      apply: [ssh(hostTarget(node), control.stop, { timeoutMs: SERVICE_MS })],
      undo: { apply: [ssh(hostTarget(node), control.start, { timeoutMs: SERVICE_MS })], verify: [] },
    }),
  ];
}
