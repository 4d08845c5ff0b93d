import { contains, isHostName, parseIp, parseNetwork } from './ip';
import { type Mistake, printable, type RawPath } from './mistake';
import type { Estate } from './schema';

/** Addresses and networks that are none, and hosts that stand outside every declared network of their site. */
export const checkAddresses = (estate: Estate): Mistake[] => [
  ...wrongAddresses(estate),
  ...wrongNetworks(estate),
  ...outsideSubnets(estate),
];

function wrongAddresses(estate: Estate): Mistake[] {
  const all: [string | undefined, RawPath][] = [
    ...estate.hosts.flatMap((host, i): [string | undefined, RawPath][] => [
      [host.address, ['hosts', i, 'address']],
      [host.ssh?.host, ['hosts', i, 'ssh', 'host']],
      ...(host.aliases ?? []).map((alias, j): [string, RawPath] => [alias, ['hosts', i, 'aliases', j]]),
    ]),
    ...estate.services.map(({ sql }, i): [string | undefined, RawPath] => [
      sql?.host,
      ['services', i, 'sql', 'host'],
    ]),
  ];
  return all.flatMap(([text, path]) =>
    text === undefined || parseIp(text) || isHostName(text)
      ? []
      : [
          wrong(
            path,
            text,
            'an IP address or a host name',
            'Write it like 10.0.10.1, 2001:db8::1 or web.example.',
          ),
        ],
  );
}

function wrongNetworks(estate: Estate): Mistake[] {
  const remedy = 'Write it like 10.0.10.0/24, with no bits set behind the prefix.';
  return [
    ...estate.subnets.flatMap(({ cidr }, i) =>
      parseNetwork(cidr) ? [] : [wrong(['subnets', i, 'cidr'], cidr, 'a network', remedy)],
    ),
    ...estate.actors.flatMap(({ from = [] }, i) =>
      from.flatMap((text, j) => {
        const path: RawPath = ['actors', i, 'from', j];
        if (parseNetwork(text) || parseIp(text)) return [];
        return [wrong(path, text, 'an IP address or a network', remedy)];
      }),
    ),
  ];
}

function outsideSubnets(estate: Estate): Mistake[] {
  return estate.hosts.flatMap(({ site, address }, i): Mistake[] => {
    const ip = parseIp(address);
    const subnets = estate.subnets.filter((subnet) => subnet.site === site);
    const networks = subnets.map(({ cidr }) => parseNetwork(cidr));
    // A mistyped network is told by itself; until it is mended nothing follows from it.
    if (!ip || networks.length === 0 || networks.some((n) => n === undefined || contains(n, ip))) return [];
    const list = subnets.map(({ cidr }) => cidr).join(', ');
    return [
      {
        code: 'E_ESTATE_OUTSIDE_SUBNET',
        path: ['hosts', i, 'address'],
        at: 'value',
        message: `${address} is in no subnet of the site ${site} (${list})`,
        remedy: 'Correct the address, the site or the subnet.',
        params: { address, site, subnets: list },
      },
    ];
  });
}

const wrong = (path: RawPath, text: string, expected: string, remedy: string): Mistake => ({
  code: 'E_ESTATE_ADDRESS',
  path,
  at: 'value',
  message: `\`${printable(text)}\` is not ${expected}`,
  remedy,
  params: { value: printable(text), expected },
});
