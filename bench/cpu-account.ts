import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The CPU time of a process and of everything it starts from now on, children that have ended included. */
export interface CpuAccount {
  /** Milliseconds used since the account was opened. */
  used(): number;
  close(): void;
}

const V1 = '/sys/fs/cgroup/cpuacct';
const V2 = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

/** Moves the process into a control group of its own: the kernel counts nanoseconds there. Null: no such thing here. */
export function openCpuAccount(pid: number): CpuAccount | null {
  const v1 = existsSync(path.join(V1, 'cpuacct.usage'));
  const root = v1 ? V1 : V2.find((one) => existsSync(path.join(one, 'cgroup.controllers')));
  if (root === undefined) return null;
  const parent = v1 ? root : path.join(root, ownGroup());
  const group = path.join(parent, `patronus-bench-${process.pid}-${pid}`);
  try {
    mkdirSync(group);
    writeFileSync(path.join(group, 'cgroup.procs'), `${pid}`);
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
        writeFileSync(path.join(parent, 'cgroup.procs'), `${pid}`);
        rmdirSync(group);
      } catch {
        // The process has ended and a last child may not have: an empty group costs nothing.
      }
    },
  };
}

const ownGroup = (): string => /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';

/** Milliseconds that the process itself was on a CPU, by the scheduler's own count. */
export function ownCpu(pid: number): number {
  const [nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
