import { apacheConfig } from './apache-config';
import { apacheHealth, apacheStatus } from './apache-status';
import type { Kind } from './kind';

/** Apache httpd. `/` is never requested: on a web application a page may write. */
export const apache: Kind = {
  id: 'apache',
  aliases: ['httpd', 'apache2'],
  title: { en: 'Apache httpd', fr: 'Apache httpd' },
  icon: 'web',
  tier: 'web',
  port: 80,
  protocol: 'http',
  processes: ['apache2', 'httpd'],
  probes: [apacheStatus, apacheHealth, apacheConfig],
  product: 'apache.product',
  version: 'apache.version',
  vital: { fact: 'apache.requests.rate', format: 'rate', unit: { en: 'req/s', fr: 'req/s' } },
  fields: [
    { fact: 'apache.version', label: { en: 'Version', fr: 'Version' }, format: 'mono' },
    { fact: 'apache.uptime', label: { en: 'Running since', fr: 'En marche depuis' }, format: 'seconds' },
    {
      fact: 'apache.requests.rate',
      label: { en: 'Requests, the console’s own included', fr: 'Requêtes, celles de la console comprises' },
      format: 'rate',
      unit: { en: 'req/s', fr: 'req/s' },
    },
    {
      fact: 'apache.bytes.rate',
      label: { en: 'Sent', fr: 'Envoyé' },
      format: 'bytes',
      unit: '/s',
    },
    { fact: 'apache.workers.busy', label: { en: 'Workers at work', fr: 'Workers occupés' }, format: 'count' },
    { fact: 'apache.workers.idle', label: { en: 'Workers idle', fr: 'Workers libres' }, format: 'count' },
    {
      fact: 'apache.reqPerSec',
      label: { en: 'Requests since its start, mean', fr: 'Requêtes depuis le démarrage, moyenne' },
      format: 'rate',
      unit: { en: 'req/s', fr: 'req/s' },
    },
    {
      fact: 'apache.health',
      label: { en: 'Health path answers', fr: 'Réponse du chemin de santé' },
      format: 'count',
    },
    { fact: 'apache.vhosts', label: { en: 'Virtual hosts', fr: 'Hôtes virtuels' }, format: 'list' },
    { fact: 'apache.modules', label: { en: 'Modules', fr: 'Modules' }, format: 'list' },
  ],
};
