import { readFileSync } from 'node:fs';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import { digest } from '../../journal/digest';
import type { Journal } from '../../ports';
import { type CrashOrder, openDesk } from './run-stage';

/**
 * What crash.lab.test.ts kills: a console that begins a run and dies by SIGKILL at one point of one step, on its way
 * there or back. The journal is where each point can be seen from.
 */
const order: CrashOrder = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { step, phase, point } = order.kill;

const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
let isUnderWay = false;

function mortal(journal: Journal): Journal {
  return {
    note(event, at) {
      const isOwn = (event.kind === 'statement' || event.kind === 'command') && event.name === step;
      const isEffect = isOwn && !event.text.startsWith('SELECT') && !event.background;
      if (point === 'after-effect' && isUnderWay && isEffect) die();
      journal.note(event, at);
    },
    async commit(event) {
      const isOwn =
        (event.kind === 'intent' || event.kind === 'outcome') && event.step === step && event.phase === phase;
      if (isOwn && event.kind === 'intent' && point === 'before-intent') die();
      if (isOwn && event.kind === 'outcome' && point === 'after-proof') die();
      await journal.commit(event);
      if (isOwn && event.kind === 'intent') {
        isUnderWay = true;
        if (point === 'after-intent') die();
      }
    },
  };
}

const desk = openDesk(order.estate, order.estateDir, order.dataDir, { wrap: mortal });
const { plan } = order;
const id = await desk.runs.start(plan, { fingerprint: fingerprintOf(plan, digest), typed: plan.confirm });
await desk.runs.ended(id);
await desk.close();
