import { hostDisks } from './host-disks';
import { hostIdentity } from './host-identity';
import { hostPoll } from './host-poll';
import { hostSockets } from './host-sockets';
import type { Kind } from './kind';

/** The machine itself. Nothing is installed on it, nothing written, no privilege needed. */
export const host: Kind = {
  id: 'host',
  title: { en: 'Host', fr: 'Hôte' },
  icon: 'host',
  tier: 'host',
  processes: [],
  probes: [hostPoll, hostSockets, hostDisks, hostIdentity],
  product: 'host.os',
  version: 'host.os.version',
  vital: { fact: 'host.load', format: 'count', unit: { en: 'load', fr: 'charge' } },
  fields: [
    { fact: 'host.name', label: { en: 'Name', fr: 'Nom' }, format: 'mono' },
    { fact: 'host.os', label: { en: 'System', fr: 'Système' }, format: 'text' },
    { fact: 'host.kernel', label: { en: 'Kernel', fr: 'Noyau' }, format: 'mono' },
    { fact: 'host.machine', label: { en: 'Machine', fr: 'Machine' }, format: 'text' },
    { fact: 'host.addresses', label: { en: 'Addresses', fr: 'Adresses' }, format: 'list' },
    { fact: 'host.uptime', label: { en: 'Running since', fr: 'En marche depuis' }, format: 'seconds' },
    { fact: 'host.cpus', label: { en: 'Processors', fr: 'Processeurs' }, format: 'count' },
    {
      fact: 'host.cpuSeconds.rate',
      label: { en: 'Processors in use', fr: 'Processeurs occupés' },
      format: 'rate',
    },
    { fact: 'host.load', label: { en: 'Load, 1 min', fr: 'Charge, 1 min' }, format: 'count' },
    {
      fact: 'host.blocked',
      label: { en: 'Processes waiting for a disk', fr: 'Processus en attente de disque' },
      format: 'count',
    },
    {
      fact: 'host.halted',
      label: { en: 'Stopped processes', fr: 'Processus arrêtés (état T)' },
      format: 'list',
    },
    { fact: 'host.memory.size', label: { en: 'Memory', fr: 'Mémoire' }, format: 'bytes' },
    {
      fact: 'host.memory.available',
      label: { en: 'Memory available', fr: 'Mémoire disponible' },
      format: 'bytes',
    },
    { fact: 'host.swap.used', label: { en: 'Swap used', fr: 'Swap utilisé' }, format: 'bytes' },
    { fact: 'host.disk.mount', label: { en: 'Fullest disk', fr: 'Disque le plus plein' }, format: 'mono' },
    { fact: 'host.disk.percent', label: { en: 'of it used', fr: 'part utilisée' }, format: 'percent' },
    { fact: 'host.disk.free', label: { en: 'of it free', fr: 'reste libre' }, format: 'bytes' },
    { fact: 'host.disks', label: { en: 'Disks', fr: 'Disques' }, format: 'list' },
    { fact: 'host.inodes.percent', label: { en: 'Inodes used', fr: 'Inodes utilisés' }, format: 'percent' },
    { fact: 'host.mounts', label: { en: 'Remote mounts', fr: 'Montages distants' }, format: 'list' },
    {
      fact: 'host.sent.rate',
      label: { en: 'Sent', fr: 'Envoyé' },
      format: 'bytes',
      unit: '/s',
    },
    {
      fact: 'host.received.rate',
      label: { en: 'Received', fr: 'Reçu' },
      format: 'bytes',
      unit: '/s',
    },
    { fact: 'host.clock', label: { en: 'Clock', fr: 'Horloge' }, format: 'time' },
    { fact: 'host.zone', label: { en: 'Time zone', fr: 'Fuseau horaire' }, format: 'mono' },
    {
      fact: 'host.updates.automatic',
      label: { en: 'Automatic security updates', fr: 'Mises à jour de sécurité automatiques' },
      format: 'yes-no',
    },
  ],
};
