import type { Journal } from '../../ports';

/** Where a console is killed: before the intent is written, after it, after the effect, after the proof. */
export const CRASH_POINTS = ['before-intent', 'after-intent', 'after-effect', 'after-proof'] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** At one point of one step of a run, there or back. */
export interface Kill {
  step: string;
  phase: 'apply' | 'undo';
  point: CrashPoint;
}

/** The journal of a process that dies by SIGKILL at that point: it is where each point can be seen from. */
export function mortal(journal: Journal, { step, phase, point }: Kill): Journal {
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  let isUnderWay = false;
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
