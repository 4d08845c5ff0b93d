import type { Cluster } from './schema';

/** How the database service of a member is stopped, started and kept from starting. */

export const CONTROLS = ['stop', 'start', 'disable', 'enable', 'state', 'boot'] as const;
export type ServiceCommands = Readonly<Record<(typeof CONTROLS)[number], readonly string[]>>;

/** What `state` and `boot` print: systemd's own words. */
export const ACTIVE = 'active';
export const INACTIVE = 'inactive';
export const ENABLED = 'enabled';
export const DISABLED = 'disabled';

/**
 * The commands for one service, as the estate states them or, by default, systemd's. `show` ends with 0 whatever the
 * state is, where `is-active` does not (systemctl(1)).
 */
export function serviceControl(
  { acting }: Pick<Cluster, 'acting'>,
  service: string,
  dialect: 'mysql' | 'mariadb',
): ServiceCommands {
  const stated = acting?.service?.[service] ?? {};
  const unit = stated.unit ?? dialect;
  const asRoot = (verb: string) => ['sudo', '-n', 'systemctl', verb, unit];
  const property = (name: string) => ['systemctl', 'show', '--property', name, '--value', unit];
  return {
    stop: stated.stop ?? asRoot('stop'),
    start: stated.start ?? asRoot('start'),
    disable: stated.disable ?? asRoot('disable'),
    enable: stated.enable ?? asRoot('enable'),
    state: stated.state ?? property('ActiveState'),
    boot: stated.boot ?? property('UnitFileState'),
  };
}
