import { writeSync } from 'node:fs';
import { nodeClock } from '../../ports-node';
import { createJournal } from '../journal';

/**
 * What crash.test.ts kills: commits one intent after the other, with notes between them, and says each number
 * on stdout as soon as it may act.
 */
const [dataDir = '', round = ''] = process.argv.slice(2);
const journal = createJournal({
  dataDir,
  clock: nodeClock,
  who: 'ann@desk',
  program: 'command-line',
  version: '1',
});

for (let step = 0; ; step += 1) {
  journal.note({ kind: 'ledger-changed', path: `note ${round}.${step}`, change: 'cleared' });
  const text = 'x'.repeat((step * 37) % 3_000);
  await journal.commit({
    kind: 'intent',
    run: round,
    step: `${step}`,
    phase: 'apply',
    attempt: 1,
    host: 'db',
    account: 'act',
    text,
  });
  writeSync(1, `${step}\n`);
}
