import type { Row } from '../../kinds/kind';
import { isOn } from '../../kinds/mysql-parse';
import { toPort } from '../../kinds/parse-kit';
import { cell, digitsOf, wholeOf } from '../../replication/rows';
import type { ChannelConfiguration } from '../readings';

/**
 * The channels of a server with everything that was set, so that each can be made anew elsewhere as it was (trap T14:
 * other tools lose TLS options here). null: a row did not say what it follows.
 */

/** MySQL: SHOW REPLICA STATUS for the threads, performance_schema for all that it leaves out. */
export function mysqlChannels(
  status: readonly Row[],
  connections: readonly Row[],
  appliers: readonly Row[],
): ChannelConfiguration[] | null {
  const channels = connections
    // a group's own channels follow no source that a person named
    .filter((row) => !/^group_replication_/.test(cell(row, 'CHANNEL_NAME') ?? ''))
    .map((row): ChannelConfiguration | null => {
      const name = cell(row, 'CHANNEL_NAME') ?? '';
      const threads = status.find((one) => (cell(one, 'Channel_Name') ?? '') === name);
      const applier = appliers.find((one) => (cell(one, 'CHANNEL_NAME') ?? '') === name);
      const sourceHost = cell(row, 'HOST');
      const sourcePort = toPort(cell(row, 'PORT'));
      if (!threads || !applier || sourceHost === null || sourcePort === null) return null;
      const text = (column: string) => cell(row, column) ?? '';
      return {
        name,
        sourceHost,
        sourcePort,
        user: text('USER'),
        autoPosition: isOn(cell(row, 'AUTO_POSITION')) === true,
        usingGtid: null,
        delaySeconds: wholeOf(cell(applier, 'DESIRED_DELAY')) ?? 0,
        connectRetry: wholeOf(cell(row, 'CONNECTION_RETRY_INTERVAL')) ?? 60,
        retryCount: digitsOf(cell(row, 'CONNECTION_RETRY_COUNT')),
        heartbeatSeconds: cell(row, 'HEARTBEAT_INTERVAL'),
        tls: {
          on: isOn(cell(row, 'SSL_ALLOWED')) === true,
          verify: isOn(cell(row, 'SSL_VERIFY_SERVER_CERTIFICATE')) === true,
          ca: text('SSL_CA_FILE'),
          caPath: text('SSL_CA_PATH'),
          cert: text('SSL_CERTIFICATE'),
          key: text('SSL_KEY'),
          cipher: text('SSL_CIPHER'),
          crl: text('SSL_CRL_FILE'),
          version: text('TLS_VERSION'),
          getPublicKey: isOn(cell(row, 'GET_PUBLIC_KEY')) === true,
          publicKeyPath: text('PUBLIC_KEY_PATH'),
        },
        ...threadsOf(threads),
      };
    });
  return whole(channels);
}

/** MariaDB: SHOW ALL SLAVES STATUS has all that can be read. */
export function mariadbChannels(status: readonly Row[]): ChannelConfiguration[] | null {
  const channels = status.map((row): ChannelConfiguration | null => {
    const sourceHost = cell(row, 'Master_Host');
    const sourcePort = toPort(cell(row, 'Master_Port'));
    const usingGtid = cell(row, 'Using_Gtid');
    if (sourceHost === null || sourcePort === null || usingGtid === null) return null;
    const text = (column: string) => cell(row, column) ?? '';
    return {
      name: text('Connection_name'),
      sourceHost,
      sourcePort,
      user: text('Master_User'),
      autoPosition: usingGtid.toLowerCase() !== 'no',
      usingGtid: usingGtid.toLowerCase(),
      delaySeconds: wholeOf(cell(row, 'SQL_Delay')) ?? 0,
      connectRetry: wholeOf(cell(row, 'Connect_Retry')) ?? 60,
      retryCount: digitsOf(cell(row, 'Master_Retry_Count')),
      heartbeatSeconds: cell(row, 'Slave_heartbeat_period'),
      tls: {
        on: isOn(cell(row, 'Master_SSL_Allowed')) === true,
        verify: isOn(cell(row, 'Master_SSL_Verify_Server_Cert')) === true,
        ca: text('Master_SSL_CA_File'),
        caPath: text('Master_SSL_CA_Path'),
        cert: text('Master_SSL_Cert'),
        key: text('Master_SSL_Key'),
        cipher: text('Master_SSL_Cipher'),
        crl: text('Master_SSL_Crl'),
        version: '',
        getPublicKey: false,
        publicKeyPath: '',
      },
      ...threadsOf(row),
    };
  });
  return whole(channels);
}

/** "Connecting" and "Preparing" run as well: whoever started them wants them to. */
const threadsOf = (row: Row): Pick<ChannelConfiguration, 'receiverOn' | 'applierOn'> => ({
  receiverOn: runs(cell(row, 'Replica_IO_Running', 'Slave_IO_Running')),
  applierOn: runs(cell(row, 'Replica_SQL_Running', 'Slave_SQL_Running')),
});
const runs = (text: string | null): boolean => text !== null && text !== 'No';

const whole = (channels: readonly (ChannelConfiguration | null)[]): ChannelConfiguration[] | null => {
  const known = channels.filter((channel) => channel !== null);
  return known.length === channels.length ? known : null;
};
