import { readFileSync } from 'node:fs';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import { digest } from '../../journal/digest';
import { mortal } from './mortal';
import { type CrashOrder, openDesk } from './run-stage';

/**
 * What crash.lab.test.ts kills: a console that begins a run and dies by SIGKILL at one point of one step, on its way
 * there or back.
 */
const order: CrashOrder = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const desk = openDesk(order.estate, order.estateDir, order.dataDir, {
  wrap: (journal) => mortal(journal, order.kill),
});
const { plan } = order;
const id = await desk.runs.start(plan, { fingerprint: fingerprintOf(plan, digest), typed: plan.confirm });
await desk.runs.ended(id);
await desk.close();
