import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from '../electron/core/testing/command-line';
import { ansibleInventory } from '../lab/access/inventory';
import type { Lab } from '../lab/api';
import { commandLineProgram } from './programs';
import { quiet } from './quiet';
import type { Section } from './report';
import { summarise, times } from './stats';

const METHOD = `Method: in turn, in the same run, on the same three hosts, through the same gates, with the same account and key:
"patronus topology --json" (one process of Node, from start to exit: connect, log in, host facts, sockets, disks,
service probes, SQL, and the answer printed), then "ansible all -m setup" of Debian's ansible-core as it is by default
(all hosts at once, SSH connections kept open from one of its runs to the next), then the same logging in anew each
time, as the command line does (ControlMaster=no). One round to warm up, then the counted ones. Each begins when the
machine has little else to do. Each ratio is taken
within one round, ansible / patronus.`;

/** Seconds of each, in turn, and the ratios of each round. */
export async function measureAgainstAnsible(lab: Lab, rounds: number): Promise<Section> {
  const title = 'The command line and ansible -m setup';
  if (spawnSync('ansible', ['--version'], { stdio: 'ignore' }).status !== 0) {
    const missing = ['ansible is not installed (apt-get install -y ansible-core)'];
    return { title, method: METHOD, figures: [], missing };
  }
  const home = await mkdtemp(path.join(tmpdir(), 'patronus-bench-'));
  const inventory = path.join(home, 'inventory.ini');
  await writeFile(inventory, ansibleInventory(lab.raw));
  const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', PATRONUS_EGRESS: 'loopback' };
  const seconds = async (argv: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    await quiet();
    const before = performance.now();
    const { code, stdout, stderr } = await runProgram(argv, { env: { ...env, ...more }, cwd: home });
    const taken = (performance.now() - before) / 1000;
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}\n${stdout.slice(-500)}${stderr}`);
    return taken;
  };
  const look = [process.execPath, commandLineProgram(), 'topology', '--estate', lab.estateFile, '--json'];
  const setup = ['ansible', '-i', inventory, 'all', '-m', 'setup'];
  const round = async () => ({
    patronus: await seconds(look),
    kept: await seconds(setup),
    anew: await seconds(setup, { ANSIBLE_SSH_ARGS: '-C -o ControlMaster=no -o ControlPath=none' }),
  });
  try {
    await round();
    const measured = await times(rounds, round);
    const of = (value: (one: (typeof measured)[number]) => number) => summarise(measured.map(value));
    const goal = '≥ 6, better 8';
    return {
      title,
      method: METHOD,
      missing: [],
      figures: [
        { name: 'patronus topology --json', unit: 's', summary: of((one) => one.patronus) },
        { name: 'ansible all -m setup, connections kept', unit: 's', summary: of((one) => one.kept) },
        { name: 'ansible all -m setup, logging in anew', unit: 's', summary: of((one) => one.anew) },
        {
          name: 'ratio, connections kept',
          unit: 'times',
          summary: of((one) => one.kept / one.patronus),
          goal,
        },
        {
          name: 'ratio, logging in anew',
          unit: 'times',
          summary: of((one) => one.anew / one.patronus),
          goal,
        },
      ],
    };
  } finally {
    await closeKeptConnections(home);
    await rm(home, { recursive: true, force: true });
  }
}

/** What ansible leaves open for its next run is asked to end, so that its folder can go. */
async function closeKeptConnections(home: string): Promise<void> {
  const sockets = path.join(home, '.ansible/cp');
  const script = 'for s in "$0"/*; do [ -S "$s" ] && ssh -O exit -o ControlPath="$s" any; done; exit 0';
  await runProgram(['sh', '-c', script, sockets]);
}
