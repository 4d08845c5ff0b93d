import type { Settings } from '@shared/contract';
import { RECORDING_ENDING } from '@shared/recording/frame';
import { islandsOf } from '@shared/rejoin/rejoin-view';
import type { ReplicationCluster } from '@shared/replication/model';
import { findingText } from '@shared/text/finding-text';
import { failoverRoute } from '../failover/failover-route';
import { findingKey } from '../memory';
import { rejoinRoute } from '../rejoin/rejoin-route';
import { go, PLACES, type Route } from '../route';
import type { Watched } from '../watched';
import type { Words } from '../words';

export interface PaletteItem {
  id: string;
  group: string;
  title: string;
  /** What else it is found by: address, code, kind. */
  also: string;
  /** The same on the command line, where there is such a command. */
  command: string | null;
  run: () => void;
}

interface Verbs {
  /** null while the past is shown: then nobody is asked. */
  look: ((host?: string) => void) | null;
  openRecording: () => void;
  language: () => void;
  theme: () => void;
  projector: () => void;
  keys: () => void;
  secrets: () => void;
}

/** Quoted for a shell when it needs to be. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** What the palette offers: nouns first, then verbs. Nothing in it acts on a server. */
export function paletteItems(
  {
    file,
    estate,
    topology,
    findings,
    replication,
  }: Pick<Watched, 'file' | 'estate' | 'topology' | 'findings' | 'replication'>,
  { ui, language, secrets, recording, say, failoverView, rejoinView }: Words,
  { theme, projector }: Pick<Settings, 'theme' | 'projector'>,
  verbs: Verbs,
): PaletteItem[] {
  const { palette } = ui;
  const command = (name: string) =>
    file.endsWith(RECORDING_ENDING)
      ? `patronus replay ${shellWord(file)}`
      : `patronus ${name} --estate ${shellWord(file)}`;
  const to = (route: Route) => () => go(route);
  const looks = verbs.look ? topology.hosts : [];
  const plain = (place: Route['place'], query: Record<string, string> = {}): Route => ({
    place,
    id: null,
    query,
  });
  /** Pages that plan and act: the palette opens them, and never acts. */
  const pagesOf = (cluster: ReplicationCluster) => {
    const { id, members } = cluster;
    const title = say(estate.clusters.find((stated) => stated.id === id)?.title ?? cluster.title);
    const failover = {
      id: `failover ${id}`,
      group: palette.groups.do,
      title: failoverView.palette(title),
      also: `failover ${id}`,
      command: command(`failover ${id}`),
      run: to(failoverRoute(id)),
    };
    const rejoins = islandsOf(cluster).map(({ node }) => ({
      id: `rejoin ${id} ${node}`,
      group: palette.groups.do,
      title: rejoinView.palette(node),
      also: `rejoin ${id}`,
      command: command(`rejoin ${id} --server ${shellWord(node)}`),
      run: to(rejoinRoute(id, node)),
    }));
    return members.length > 1 ? [failover, ...rejoins] : [];
  };
  return [
    ...topology.nodes.map((node) => ({
      id: `node ${node.id}`,
      group: palette.groups.server,
      title: palette.evidence(node.id),
      also: [node.host, node.address, node.kind, node.product, node.site].filter(Boolean).join(' '),
      command: command('status'),
      run: to({ place: 'topology', id: node.id, query: {} }),
    })),
    ...findings.map((finding) => ({
      id: `finding ${findingKey(finding)}`,
      group: palette.groups.finding,
      title: findingText(finding, language).title,
      also: `${finding.code} ${finding.nodes.join(' ')}`,
      command: command('topology'),
      run: to({ place: 'topology', id: finding.nodes[0] ?? null, query: { finding: findingKey(finding) } }),
    })),
    ...PLACES.map((place) => ({
      id: `place ${place}`,
      group: palette.groups.place,
      title: ui.places[place],
      also: place,
      command:
        place === 'runs'
          ? 'patronus run list'
          : place === 'journal'
            ? 'patronus audit search'
            : command(place),
      run: to(plain(place)),
    })),
    ...(verbs.look ? replication.clusters : []).flatMap((cluster) => pagesOf(cluster)),
    ...looks.map((host) => ({
      id: `look ${host.id}`,
      group: palette.groups.do,
      title: palette.lookHost(host.id),
      also: host.address,
      command: command('status'),
      run: () => verbs.look?.(host.id),
    })),
    ...(verbs.look
      ? [
          {
            id: 'look',
            title: palette.lookAll,
            also: 'refresh',
            command: command('status'),
            run: () => verbs.look?.(),
          },
        ]
      : []),
    { id: 'recording', title: recording.choose, also: 'replay', command: null, run: verbs.openRecording },
    {
      id: 'path',
      title: palette.showPath,
      also: '',
      command: command('topology'),
      run: to(plain('topology')),
    },
    {
      id: 'table',
      title: palette.showTable,
      also: '',
      command: command('topology'),
      run: to(plain('topology', { view: 'table' })),
    },
    {
      id: 'language',
      title: palette.switchLanguage,
      also: ui.frame.language,
      command: null,
      run: verbs.language,
    },
    { id: 'theme', title: palette.switchTheme(theme), also: ui.frame.theme, command: null, run: verbs.theme },
    {
      id: 'projector',
      title: palette.switchProjector(projector),
      also: 'zoom projector projecteur',
      command: null,
      run: verbs.projector,
    },
    {
      id: 'secrets',
      title: secrets.title,
      also: `${secrets.vaultTitle} ${secrets.keyring}`,
      command: command('secrets list'),
      run: verbs.secrets,
    },
    { id: 'keys', title: palette.keys, also: '?', command: null, run: verbs.keys },
  ].map((item) => ({ group: palette.groups.do, ...item }));
}

const plainText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Items in which every word of the query occurs; those whose title starts with it come first. */
export function matchItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = plainText(query).split(/\s+/).filter(Boolean);
  const first = words[0];
  const found = items.filter((item) => {
    const text = plainText(`${item.title} ${item.also} ${item.group}`);
    return words.every((word) => text.includes(word));
  });
  if (first === undefined) return found;
  const starts = (item: PaletteItem) => (plainText(item.title).startsWith(first) ? 0 : 1);
  return found.toSorted((a, b) => starts(a) - starts(b));
}
