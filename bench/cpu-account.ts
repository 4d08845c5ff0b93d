import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The CPU time of a process, of its children and of everything they start, those that have ended included. */
export interface CpuAccount {
  /** Milliseconds used since the account was opened. */
  used(): number;
  close(): void;
}

const V1 = '/sys/fs/cgroup/cpuacct';
const V2 = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

/** Moves the process and its children into a control group of its own: the kernel counts nanoseconds there. Null: no such thing here. */
export function openCpuAccount(pid: number): CpuAccount | null {
  const v1 = existsSync(path.join(V1, 'cpuacct.usage'));
  const root = v1 ? V1 : V2.find((one) => existsSync(path.join(one, 'cgroup.controllers')));
  if (root === undefined) return null;
  const parent = v1 ? root : path.join(root, ownGroup());
  const group = path.join(parent, `patronus-bench-${process.pid}-${pid}`);
  try {
    mkdirSync(group);
    for (const one of [pid, ...childrenOf(pid)]) writeFileSync(path.join(group, 'cgroup.procs'), `${one}`);
  } catch {
    return null;
  }
  const total = (): number => {
    if (v1) return Number(readFileSync(path.join(group, 'cpuacct.usage'), 'utf8')) / 1e6;
    const usage = /usage_usec (\d+)/.exec(readFileSync(path.join(group, 'cpu.stat'), 'utf8'))?.[1];
    return Number(usage) / 1e3;
  };
  const before = total();
  return {
    used: () => total() - before,
    close() {
      try {
        for (const one of [pid, ...childrenOf(pid)])
          writeFileSync(path.join(parent, 'cgroup.procs'), `${one}`);
        rmdirSync(group);
      } catch {
        // The process has ended and a last child may not have: an empty group costs nothing.
      }
    },
  };
}

/** The shell that stays on a host is one: it was there before the account. */
function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

const ownGroup = (): string => /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';

/** Milliseconds that the process itself was on a CPU, by the scheduler's own count. */
export function ownCpu(pid: number): number {
  const [nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
