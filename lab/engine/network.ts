import { SWITCH } from './host';
import { initPid, inNetwork, type Lab } from './lab';
import type { HostSpec } from './spec';

/** Second number of the address: 10.0.x.x is site 0, 10.1.x.x site 1. Each site is one bridge of the switch. */
function siteOf(address: string): string {
  return address.split('.')[1] ?? '0';
}

/** Name of a host's cable at the switch's end. */
export function cableOf(host: string): string {
  return `v-${host}`;
}

/** Bridges of all sites; the switch routes between them and has no way out. Every step may be done twice. */
export async function setUpSwitch(lab: Lab): Promise<void> {
  const sites = new Set(lab.spec.hosts.map((host) => siteOf(host.address)));
  const ip = (...args: string[]) => inNetwork(lab, SWITCH, ['ip', ...args]);
  await ip('link', 'set', 'lo', 'up');
  for (const site of sites) {
    await inNetwork(lab, SWITCH, ['ip', 'link', 'add', `br${site}`, 'type', 'bridge'], {
      allowFailure: true,
    });
    await ip('addr', 'replace', `10.${site}.0.1/16`, 'dev', `br${site}`);
    await ip('link', 'set', `br${site}`, 'up');
  }
  await inNetwork(lab, SWITCH, ['sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
}

/** Plugs a host into the switch and gives it its address. Every step may be done twice. */
export async function plugIn(lab: Lab, host: HostSpec): Promise<void> {
  const site = siteOf(host.address);
  const cable = cableOf(host.name);
  const there = await inNetwork(lab, host.name, ['ip', 'link', 'show', 'eth0'], { allowFailure: true });
  if (there.status !== 0) {
    await inNetwork(lab, SWITCH, ['ip', 'link', 'del', cable], { allowFailure: true });
    const pid = String(await initPid(lab, host.name));
    await inNetwork(lab, SWITCH, [
      'ip',
      'link',
      'add',
      cable,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      pid,
    ]);
  }
  await inNetwork(lab, SWITCH, ['ip', 'link', 'set', cable, 'master', `br${site}`, 'up']);
  const commands = [
    'link set lo up',
    `addr replace ${host.address}/16 dev eth0`,
    'link set eth0 up',
    `route replace default via 10.${site}.0.1`,
  ];
  await inNetwork(lab, host.name, ['ip', '-batch', '-'], { input: `${commands.join('\n')}\n` });
}
