// @ts-check

/**
 * The test files that take a minute or more, the longest first (seconds of a run with nothing else on the machine). What
 * is not named takes less. A file of five minutes that is begun last keeps one worker busy while the others have nothing
 * left to do.
 */
export const LONG_FILES = [
  'electron/core/switchover.lab.test.ts', // 330
  'electron/core/replication.lab.test.ts', // 280
  'electron/core/failover/loss.lab.test.ts', // 250
  'electron/core/failover/failover.lab.test.ts', // 250
  'electron/core/cli/switchover.lab.test.ts', // 200
  'electron/core/cli/rejoin.lab.test.ts', // 180
  'electron/core/faults/F26-F37-on-the-way.lab.test.ts', // 160
  'electron/core/faults.lab.test.ts', // 150
  'electron/core/faults/F14-F35-not-begun.lab.test.ts', // 140
  'bench/soak/crash-scene.lab.test.ts', // 120
  'bench/soak/trouble.lab.test.ts', // 120
  'electron/core/verdict.lab.test.ts', // 110
  'electron/core/rejoin/restart.lab.test.ts', // 100
  'electron/core/rejoin/rebuild.lab.test.ts', // 90
  'electron/core/rejoin/flashback.lab.test.ts', // 90
  'electron/core/runbook/runs.lab.test.ts', // 90
  'electron/core/switchover/gather.lab.test.ts', // 90
  'electron/core/failover/fence-control.lab.test.ts', // 80
  'lab/chaos.lab.test.ts', // 75
  'electron/core/faults/F01-F05-entering.lab.test.ts', // 70
  'electron/core/replication-reading.lab.test.ts', // 65
];

/**
 * Long files first, the longest of all before every other; the rest in the order given.
 * @template T
 * @param {readonly T[]} files @param {(file: T) => string} pathOf absolute
 * @returns {T[]}
 */
export function longestFirst(files, pathOf) {
  const rank = (/** @type {T} */ file) => {
    const at = LONG_FILES.findIndex((name) => pathOf(file).endsWith(`/${name}`));
    return at === -1 ? LONG_FILES.length : at;
  };
  return [...files].sort((a, b) => rank(a) - rank(b));
}
