import type { Kind } from './kind';
import { mysqlProbes } from './mysql-probes';

/** MySQL 5.7–9.x and MariaDB 10.5+: two dialects of one kind of server. */
export const mysql: Kind = {
  id: 'mysql',
  aliases: ['mariadb', 'percona-server'],
  title: { en: 'MySQL or MariaDB', fr: 'MySQL ou MariaDB' },
  icon: 'database',
  tier: 'database',
  port: 3306,
  protocol: 'mysql',
  processes: ['mysqld', 'mariadbd'],
  probes: mysqlProbes,
  product: 'mysql.product',
  version: 'mysql.version',
  vital: { fact: 'mysql.queries.rate', format: 'rate', unit: { en: 'queries/s', fr: 'requêtes/s' } },
  fields: [
    { fact: 'mysql.product', label: { en: 'Product', fr: 'Produit' }, format: 'text' },
    { fact: 'mysql.version', label: { en: 'Version', fr: 'Version' }, format: 'mono' },
    { fact: 'mysql.hostname', label: { en: 'Calls itself', fr: 'Se nomme' }, format: 'mono' },
    { fact: 'mysql.uptime', label: { en: 'Running since', fr: 'En marche depuis' }, format: 'seconds' },
    { fact: 'mysql.writable', label: { en: 'Writable', fr: 'Ouvert en écriture' }, format: 'yes-no' },
    {
      fact: 'mysql.queries.rate',
      label: { en: 'Queries, the console’s own included', fr: 'Requêtes, celles de la console comprises' },
      format: 'rate',
      unit: { en: 'queries/s', fr: 'requêtes/s' },
    },
    { fact: 'mysql.threads.connected', label: { en: 'Connections', fr: 'Connexions' }, format: 'count' },
    { fact: 'mysql.threads.running', label: { en: 'of them at work', fr: 'dont actives' }, format: 'count' },
    {
      fact: 'mysql.maxConnections',
      label: { en: 'Connections allowed', fr: 'Connexions permises' },
      format: 'count',
    },
    {
      fact: 'mysql.data.bytes',
      label: { en: 'Data in InnoDB files', fr: 'Données dans les fichiers InnoDB' },
      format: 'bytes',
    },
    { fact: 'mysql.logBin', label: { en: 'Binary log', fr: 'Binlog' }, format: 'yes-no' },
    {
      fact: 'mysql.binlog.format',
      label: { en: 'Binary log format', fr: 'Format du binlog' },
      format: 'mono',
    },
    { fact: 'mysql.binlog.file', label: { en: 'Current binary log', fr: 'Binlog courant' }, format: 'mono' },
    {
      fact: 'mysql.binlog.bytes',
      label: { en: 'Binary logs kept', fr: 'Binlogs conservés' },
      format: 'bytes',
    },
    { fact: 'mysql.gtid', label: { en: 'GTIDs executed', fr: 'GTID exécutés' }, format: 'mono' },
    { fact: 'mysql.serverId', label: { en: 'Server id', fr: 'Identifiant de serveur' }, format: 'mono' },
    { fact: 'mysql.uuid', label: { en: 'Server UUID', fr: 'UUID du serveur' }, format: 'mono' },
    { fact: 'mysql.sources', label: { en: 'Its sources', fr: 'Ses sources' }, format: 'list' },
    { fact: 'mysql.replicas', label: { en: 'Its replicas', fr: 'Ses réplicas' }, format: 'list' },
    { fact: 'mysql.clock', label: { en: 'Clock', fr: 'Horloge' }, format: 'time' },
  ],
};
