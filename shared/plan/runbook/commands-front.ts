import type { Service } from '../../estate/schema';
import type { StepCommand } from '../../views/plan';
import {
  type Commands,
  hostOf,
  NO_COMMANDS,
  type Scene,
  shell,
  slot,
  targetOf,
  titleOf,
} from './command-scene';
import type { RowId } from './row';

/** What is typed for the web servers, the names and the trials. */
export function frontCommands(row: RowId, scene: Scene): Commands {
  const { words, facts } = scene;
  const { slots } = words;
  const name = slot(slots.name);
  switch (row) {
    case 'inventory':
      return { ...NO_COMMANDS, commands: onEveryHost(scene, 'ss -Htnp') };
    case 'lower-ttl':
      return {
        ...NO_COMMANDS,
        commands: [
          ...shell(slots.nameServer, `nsupdate -k ${slot(slots.key)} ${slot(slots.records)}`),
          ...shell(slots.anyResolver, `dig +noall +answer ${name} @${slot(slots.resolver)}`),
        ],
        undo: shell(slots.nameServer, `nsupdate -k ${slot(slots.key)} ${slot(slots.oldRecords)}`),
      };
    case 'freeze':
      return forFronts(
        scene,
        (service, host) => reloaded(service, host, 'on', slot(slots.maintenance)),
        'off',
        slots.maintenance,
      );
    case 'deploy':
      return forFronts(scene, (service) => tested(service, targetOf(hostOf(service, service.id), scene)));
    case 'switch':
      return forFronts(scene, (service) => restarted(service, targetOf(hostOf(service, service.id), scene)));
    case 'back-switch':
      return forFronts(scene, restarted);
    case 'check':
      return {
        ...NO_COMMANDS,
        commands: facts.fronts
          .filter(({ protocol }) => protocol === 'http')
          .flatMap((service) =>
            shell(
              slots.thisDesk,
              `curl --fail --resolve ${name}:${service.port ?? 80}:${slot(slots.targetAddress)} http://${name}:${service.port ?? 80}${service.healthPath ?? '/'}`,
            ),
          ),
      };
    case 'open':
      return {
        ...NO_COMMANDS,
        commands: [
          ...shell(slots.nameServer, `nsupdate -k ${slot(slots.key)} ${slot(slots.records)}`),
          ...facts.fronts.flatMap((service) =>
            reloaded(service, hostOf(service, service.id), 'on', slot(slots.bridge)),
          ),
        ],
        undo: shell(slots.nameServer, `nsupdate -k ${slot(slots.key)} ${slot(slots.oldRecords)}`),
      };
    case 'back-open':
      return {
        ...NO_COMMANDS,
        commands: shell(slots.nameServer, `nsupdate -k ${slot(slots.key)} ${slot(slots.oldRecords)}`),
      };
    default:
      return NO_COMMANDS;
  }
}

const onEveryHost = ({ estate }: Scene, text: string): StepCommand[] =>
  estate.hosts.flatMap(({ id }) => shell(id, text));

/** The commands of every front whose program is known, and the names of the others. */
function forFronts(
  scene: Scene,
  write: (service: Service, host: string) => StepCommand[],
  undo?: 'off',
  page = '',
): Commands {
  const { facts, words, language } = scene;
  const known = facts.fronts.filter(({ kind }) => kind === 'apache' || kind === 'nginx');
  const others = facts.fronts.filter((service) => !known.includes(service));
  return {
    commands: known.flatMap((service) => write(service, hostOf(service, service.id))),
    undo: undo
      ? known.flatMap((service) => reloaded(service, hostOf(service, service.id), undo, slot(page)))
      : [],
    note:
      others.length === 0
        ? null
        : words.notes.programUnknown(others.map((service) => titleOf(service, language)).join(', ')),
  };
}

/** A configuration switched on or off, checked before it is read anew; requests under way end first (graceful). */
function reloaded({ kind }: Service, host: string, state: 'on' | 'off', what: string): StepCommand[] {
  if (kind === 'apache') {
    return shell(
      host,
      `${state === 'on' ? 'a2enconf' : 'a2disconf'} ${what}`,
      'apachectl configtest',
      'apachectl graceful',
    );
  }
  if (kind !== 'nginx') return [];
  const link = `/etc/nginx/conf.d/${what}.conf`;
  const turn = state === 'on' ? `ln -s ../${what}.conf ${link}` : `rm ${link}`;
  return shell(host, turn, 'nginx -t', 'nginx -s reload');
}

const tested = ({ kind }: Service, host: string): StepCommand[] =>
  kind === 'apache' ? shell(host, 'apachectl configtest', 'apachectl -S') : shell(host, 'nginx -t');

const restarted = ({ kind }: Service, host: string): StepCommand[] =>
  kind === 'apache'
    ? shell(host, 'apachectl configtest', 'apachectl graceful')
    : shell(host, 'nginx -t', 'nginx -s reload');
