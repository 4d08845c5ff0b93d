import type { MeasureResult } from '@shared/measure/model';
import type { Lab } from '../../../../lab/api';
import type { TestConsole } from '../../testing/console';

/** Of each row that `writeRows` writes. */
export const ROW_BYTES = 20_000;

/** What was entered, by path; a measurement that came to nothing fails the test with its reason. */
export function entered(result: MeasureResult) {
  if (result.outcome.state !== 'measured') throw new Error(result.outcome.why);
  return Object.fromEntries(result.outcome.entered.map((one) => [one.path, one]));
}

/** Rows of a known size, about ten a second, by the server's own root; resolves when the client has ended. */
export function writeRows(lab: Lab, count: number): Promise<unknown> {
  const rows = lab.engine === 'mariadb' ? 'echo "SET SESSION binlog_format = \'ROW\';"; ' : '';
  const insert = `INSERT INTO patronus.measured (pad) VALUES (REPEAT('x', ${ROW_BYTES}));`;
  const script = `{ ${rows}i=0; while [ $i -lt ${count} ]; do echo "${insert}"; sleep 0.1; i=$((i+1)); done; } | /opt/lab/${lab.engine}.sh sql`;
  return lab.exec('db', ['bash', '-c', script], { timeoutMs: 100_000 });
}

/** Resolves when the measurement under way has taken so many readings. */
export function afterReadings(desk: TestConsole, count: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = desk.client.on('measure.progress', ({ done, state }) => {
      if (state !== 'running' || done < count) return;
      stop();
      resolve();
    });
  });
}
