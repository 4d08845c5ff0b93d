import { Readable } from 'node:stream';
import { statedIn } from '../access/estate-file';
import { readSecret } from '../access/secrets';
import { contentMaker } from '../data/content';
import { planFiles } from '../data/files';
import { tarOf } from '../data/tar';
import { MYSQL_97 } from '../debian/layer';
import { inHost, type Lab } from '../engine/lab';
import type { HostSpec, LabSpec, ServiceSpec } from '../engine/spec';
import { fillDatabase } from './patronus-database';

const WEB = '10.0.10.1';
const DATABASE = '10.0.20.2';
const FILES = '10.0.20.1';
const USERS = '10.0.9.9';

const sshd: ServiceSpec = { name: 'sshd', script: () => 'sshd', processes: () => ['sshd'] };

const database: HostSpec = {
  name: 'db',
  address: DATABASE,
  gate: '127.0.20.2',
  layer: (engine) => (engine === 'mysql' ? MYSQL_97 : undefined),
  services: [
    sshd,
    {
      name: 'mysql',
      aliases: ['mariadb', 'database', 'mysqld'],
      script: (engine) => (engine === 'mysql' ? 'mysql' : 'mariadb'),
      processes: (engine) => (engine === 'mysql' ? ['mysqld'] : ['mariadbd']),
      prepare: async (lab, host) => {
        await inHost(lab, host.name, [
          `/opt/lab/${lab.config.engine === 'mysql' ? 'mysql' : 'mariadb'}.sh`,
          'conf',
        ]);
      },
      fill: fillDatabase,
    },
  ],
};

const files: HostSpec = {
  name: 'files',
  address: FILES,
  gate: '127.0.20.1',
  services: [
    sshd,
    {
      name: 'samba',
      aliases: ['smbd', 'cifs', 'files'],
      script: () => 'samba',
      processes: () => ['smbd'],
      prepare: async (lab, host) => {
        const input = await readSecret(lab.paths, 'share');
        await inHost(lab, host.name, ['/opt/lab/samba.sh', 'conf'], { input });
        await fillShare(lab, host);
      },
    },
  ],
};

const web: HostSpec = {
  name: 'web',
  address: WEB,
  gate: '127.0.10.1',
  services: [
    sshd,
    {
      name: 'share',
      aliases: ['rclone', 'mount'],
      script: () => 'share',
      processes: () => ['rclone'],
      after: ['files/samba'],
      prepare: async (lab, host) => {
        const input = await readSecret(lab.paths, 'share');
        await inHost(lab, host.name, ['/opt/lab/share.sh', 'conf', FILES], { input });
      },
    },
    {
      name: 'apache',
      aliases: ['apache2', 'httpd', 'web'],
      script: () => 'apache',
      processes: () => ['apache2'],
      after: ['web/share'], // PHP children that saw an empty folder would keep it for a second
      prepare: async (lab, host) => {
        const input = await readSecret(lab.paths, 'sql-app');
        await inHost(lab, host.name, ['/opt/lab/apache.sh', 'conf', DATABASE], { input });
      },
    },
  ],
};

/** People with browsers: outside the estate, so without a gate. */
const users: HostSpec = {
  name: 'users',
  address: USERS,
  services: [
    {
      name: 'traffic',
      script: () => 'traffic',
      processes: () => ['curl'],
      after: ['web/apache', 'db/mysql'],
      prepare: async (lab, host) => {
        await inHost(lab, host.name, ['/opt/lab/traffic.sh', 'conf', WEB, String(lab.config.files)]);
      },
    },
  ],
};

/** Patronus as it is today: three servers in a row. */
export const patronus: LabSpec = {
  name: 'patronus',
  title: 'Patronus: web 10.0.10.1, database 10.0.20.2, files 10.0.20.1',
  estate: () => statedIn('estates/patronus.yaml'),
  hosts: [web, database, files, users],
  packages: [
    'apache2',
    'libapache2-mod-php',
    'php-mysql',
    'mariadb-server',
    'mariadb-backup',
    'samba',
    'smbclient',
    'rclone',
    'fuse3',
  ],
  secrets: [
    { name: 'sql-watch', console: true },
    { name: 'sql-act', console: true },
    { name: 'sql-app' },
    { name: 'sql-repl' },
    { name: 'share' },
  ],
  page: { from: 'users', url: `http://${WEB}/`, expect: '"ok":true' },
  sql: {
    hosts: ['db'],
    read: { user: 'patronus_watch', secret: 'sql-watch' },
    act: { user: 'patronus_act', secret: 'sql-act' },
  },
};

/** The seeded tree, through one tar stream. Starts from an empty share each time. */
async function fillShare(lab: Lab, host: HostSpec): Promise<void> {
  const { seed, files: count, filesSize } = lab.config;
  const stream = Readable.from(tarOf(planFiles(seed, count, filesSize), contentMaker(seed), 'patronus'));
  const unpack = 'cd /srv/patronus && rm -rf ./* && umask 002 && tar -xf - && chown -R patronus:patronus .';
  await inHost(lab, host.name, ['sh', '-c', unpack], { input: stream });
}
