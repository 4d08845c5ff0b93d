import { createServer, type Server } from 'node:net';
import { HOSTILE, inUtf8 } from '@shared/testing/hostile';

/** A MySQL server that lets everybody in and answers every statement with tricks: names, values, types, errors. */

const TRICKS = Object.values(HOSTILE).map(inUtf8);
const text = (value: string) => Buffer.from(`${value}\0`);
const packet = (sequence: number, payload: Buffer) => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
};
/** A string with its length before it, as the protocol counts: one byte up to 250, then 0xfc and two. */
const counted = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  const { length } = bytes;
  return Buffer.concat([Buffer.from(length < 251 ? [length] : [0xfc, length & 0xff, length >> 8]), bytes]);
};

/** Protocol 4.1, secure connection, plugin auth; neither TLS nor the shorter ends of later protocols. */
const greeting = packet(
  0,
  Buffer.concat([
    Buffer.from([10]),
    text(`9.7.0 ${TRICKS.join(' ').replaceAll('\0', '')}`),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('abcdefgh'),
    Buffer.from([0, 0xff, 0xf7, 0x21, 2, 0, 0xff, 0, 21]),
    Buffer.alloc(10),
    Buffer.from('ijklmnopqrst\0'),
    text('mysql_native_password'),
  ]),
);
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const END = Buffer.from([0xfe, 0, 0, 2, 0]);
const refusal = (trick: string) =>
  Buffer.concat([Buffer.from([255, 1105 & 0xff, 1105 >> 8]), Buffer.from(`#HY000${trick}`)]);
/** utf8mb4, VAR_STRING. */
const column = (name: string) =>
  Buffer.concat([
    ...['def', '', '', ''].map(counted),
    counted(name),
    counted(name),
    Buffer.from([12, 45, 0, 255, 255, 0, 0, 253, 0, 0, 0, 0, 0]),
  ]);

const CHANNEL =
  'Channel_Name Source_Host Source_Port Source_User Source_UUID Replica_IO_Running Replica_SQL_Running Last_IO_Error Last_SQL_Error Retrieved_Gtid_Set Executed_Gtid_Set Seconds_Behind_Source'.split(
    ' ',
  );

/** Names and rows for a statement: what it asks for is there, and what it did not ask for as well. */
function answerTo(statement: string): { names: string[]; rows: string[][] } {
  const more = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', '\u001b]0;owned\u0007'];
  if (/^SHOW GLOBAL/.test(statement)) {
    const asked = [...statement.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '');
    return {
      names: ['Variable_name', 'Value', ...more],
      rows: [...asked, ...TRICKS].map((name, at) => {
        const trick = TRICKS[at % TRICKS.length] ?? '';
        return [name, name === 'version' ? `9.7.0-${trick}` : trick, ...more];
      }),
    };
  }
  const aliases = [...statement.matchAll(/ AS (\w+)/g)].map((match) => match[1] ?? '');
  const plain = [...(/^SELECT ([\w, ]+) FROM/.exec(statement)?.[1] ?? '').matchAll(/\w+/g)].map(String);
  const names = [...(/^SHOW .*STATUS$/.test(statement) ? CHANNEL : []), ...aliases, ...plain, ...more];
  return {
    names,
    rows: TRICKS.map((_, row) => names.map((_name, at) => TRICKS[(row + at) % TRICKS.length] ?? '')),
  };
}

function replyTo(statement: string, count: number): Buffer[] {
  if (!/^(SELECT|SHOW)/i.test(statement)) return [OK];
  if (/_members|heartbeat/.test(statement)) return [refusal(TRICKS[count % TRICKS.length] ?? '')];
  const { names, rows } = answerTo(statement);
  return [
    Buffer.from([names.length]),
    ...names.map(column),
    END,
    ...rows.map((row) => Buffer.concat(row.map(counted))),
    END,
  ];
}

/** Listens on a free port of this machine. */
export async function startRogueSql(): Promise<{ server: Server; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    let rest = Buffer.alloc(0);
    let isIn = false;
    socket.on('error', () => {});
    socket.write(greeting);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readUIntLE(0, 3)) {
        const payload = rest.subarray(4, 4 + rest.readUIntLE(0, 3));
        rest = rest.subarray(4 + payload.length);
        const statement = payload.subarray(1).toString('utf8');
        const replies = isIn && payload[0] === 3 ? replyTo(statement, asked.length) : [OK];
        if (isIn && payload[0] === 3) asked.push(statement);
        socket.write(Buffer.concat(replies.map((reply, at) => packet((isIn ? 1 : 2) + at, reply))));
        isIn = true;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked };
}
