import { powerMonitor } from 'electron';

/**
 * The core notices a sleep by its clocks, within a second after it ends. What the system says makes that
 * sooner: before a person who is just back has read anything. `checkClock` does nothing when nobody slept.
 */
export function watchPower(checkClock: () => void): void {
  powerMonitor.on('resume', checkClock);
  powerMonitor.on('unlock-screen', checkClock);
}
