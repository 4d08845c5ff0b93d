import { estateFileOf } from '../access/estate-file';
import { formatSize } from '../data/sizes';
import type { LabConfig } from './config';
import { faultsOf } from './faults';
import { type ServiceState, serviceState } from './host-processes';
import type { Lab } from './lab';
import { alive } from './process-table';
import type { HostSpec } from './spec';

export interface HostStatus {
  readonly name: string;
  readonly address: string;
  readonly gate: string | null;
  readonly up: boolean;
  /** PID 1 of the host, as the machine numbers it. */
  readonly pid: number | null;
  readonly services: Readonly<Record<string, ServiceState>>;
  /** Faults in force: `console cut`, `console hangs`, `cable pulled`, `lost 10.0.20.2`, `host keys changed`. */
  readonly faults: readonly string[];
}

export interface LabStatus {
  readonly base: string;
  readonly estateFile: string;
  readonly config: LabConfig;
  readonly up: boolean;
  readonly gate: boolean;
  readonly hosts: readonly HostStatus[];
}

/** What is running, seen from outside; asks no server and needs no answer from one. */
export async function labStatus(lab: Lab): Promise<LabStatus> {
  const hosts = await Promise.all(lab.spec.hosts.map((host) => hostStatus(lab, host)));
  const gate = (await alive(lab.paths, 'gate')) !== undefined;
  const whole =
    gate && hosts.every((h) => h.up && Object.values(h.services).every((state) => state === 'running'));
  return { base: lab.paths.base, estateFile: estateFileOf(lab), config: lab.config, up: whole, gate, hosts };
}

async function hostStatus(lab: Lab, host: HostSpec): Promise<HostStatus> {
  const pid = await alive(lab.paths, host.name);
  const services: Record<string, ServiceState> = {};
  for (const service of host.services) {
    services[service.name] = pid === undefined ? 'stopped' : await serviceState(lab, host, service);
  }
  const gate = host.gate === undefined ? null : `${host.gate}:${lab.config.gatePort}`;
  const faults = pid === undefined ? [] : await faultsOf(lab, host);
  return {
    name: host.name,
    address: host.address,
    gate,
    up: pid !== undefined,
    pid: pid ?? null,
    services,
    faults,
  };
}

/** For people. */
export function statusText(status: LabStatus): string {
  const { config } = status;
  const lines = [
    `${config.estate}: ${status.up ? 'up' : 'not whole'} · ${config.engine} · ${formatSize(config.dbSize)} of tables · ${config.files} files of ${formatSize(config.filesSize)} · seed ${config.seed}`,
    `base    ${status.base}`,
    `estate  ${status.estateFile}`,
    `gate    ${status.gate ? 'open' : 'CLOSED'}`,
  ];
  if (config.engine !== config.engineWanted)
    lines.push(`** MariaDB in place of MySQL: ${config.engineNote ?? ''}`);
  for (const host of status.hosts) {
    const services = Object.entries(host.services).map(([name, state]) =>
      state === 'running' ? name : `${name} ${state.toUpperCase()}`,
    );
    const faults = host.faults.length > 0 ? `  [${host.faults.join(', ')}]` : '';
    const how = host.up ? services.join(', ') : 'DOWN';
    lines.push(
      `${host.name.padEnd(7)} ${host.address.padEnd(11)} ${(host.gate ?? '').padEnd(16)} ${how}${faults}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
