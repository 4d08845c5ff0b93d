import { parseArgs } from 'node:util';
import type { Lab } from '../lab/api';
import { messageOf } from '../lab/engine/errors';
import { measureAgainstAnsible } from './ansible';
import { measureFailover } from './failover/measure-failover';
import { measureFaults } from './faults';
import { measureGraph } from './graph';
import { measureLaunch } from './launch';
import { withOwnLab } from './own-lab';
import { measurePlan } from './plan/measure-plan';
import { measurePolling } from './polling';
import { windowScripts } from './programs';
import { reportText, type Section } from './report';
import { measureScale } from './scale/measure-scale';
import { serveHosts } from './scale/servers';
import { runSoak } from './soak/run-soak';
import { crashConsole } from './switchover/crash-console';
import { measureSwitchover } from './switchover/measure-switchover';

const HELP = `npm run bench -- first-look [--only launch,ansible,polling,faults] [--json]
npm run bench -- graph [--json]      the graph of 500 servers in the real window; needs no lab
npm run bench -- plan [--json]       the plan of a thousand services; needs no lab
npm run bench -- scale [--hosts N] [--json]   watching a thousand simulated hosts; needs no lab
npm run bench -- switchover [--pairs N] [--json]   against the bare statements, on labs of its own
npm run bench -- failover [--runs N] [--json]   from consent to the first write, on labs of its own

Measures the first look at Patronus on a lab of its own, and prints the figures with their method. Needs root,
as the lab does. Writes nothing that stays.
`;

/** Apart from a person's lab and from the tests'. */
const GATE_PORT = 2320;

const PARTS: Readonly<Record<string, (lab: Lab) => Promise<Section>>> = {
  launch: (lab) => measureLaunch(lab, 7),
  ansible: (lab) => measureAgainstAnsible(lab, 7),
  polling: (lab) => measurePolling(lab, 60),
  faults: (lab) => measureFaults(lab, 5),
};

/** The measurements asked for, each on the same lab, one after the other. Exit code: 0, 1 failed, 2 asked wrongly. */
async function main(argv: readonly string[]): Promise<number> {
  const options = {
    only: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
    hosts: { type: 'string', default: '1000' },
    scale: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '10' },
    runs: { type: 'string', default: '20' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (positionals.join() === 'scale-servers') return serveHosts();
  if (positionals[0] === 'crash-console') return crashConsole(positionals[1] ?? '');
  if (positionals[0] === 'soak') return runSoak(positionals[1], Number(values.scale), say);
  if (positionals.join() === 'scale') {
    const sections = await measureScale({ hosts: Number(values.hosts), sweeps: 3, steadySeconds: 60 });
    process.stdout.write(values.json ? `${JSON.stringify(sections, null, 2)}\n` : reportText(sections));
    return 0;
  }
  if (positionals.join() === 'switchover') {
    const sections = await measureSwitchover(Number(values.pairs), say);
    process.stdout.write(values.json ? `${JSON.stringify(sections, null, 2)}\n` : reportText(sections));
    return 0;
  }
  if (positionals.join() === 'failover') {
    const sections = await measureFailover(Number(values.runs), say);
    process.stdout.write(values.json ? `${JSON.stringify(sections, null, 2)}\n` : reportText(sections));
    return 0;
  }
  if (positionals.join() === 'plan') {
    const section = measurePlan(30);
    process.stdout.write(values.json ? `${JSON.stringify([section], null, 2)}\n` : reportText([section]));
    return 0;
  }
  if (positionals.join() === 'graph') {
    const section = await measureGraph(5);
    process.stdout.write(values.json ? `${JSON.stringify([section], null, 2)}\n` : reportText([section]));
    return 0;
  }
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  const chosen = names.flatMap((name) => {
    const measure = PARTS[name];
    return measure ? [measure] : [];
  });
  if (values.help || positionals.join() !== 'first-look' || chosen.length < names.length) {
    process.stderr.write(HELP);
    return values.help ? 0 : 2;
  }
  const { users } = await windowScripts();
  return withOwnLab({ gatePort: GATE_PORT, owner: users.windowUser(), log: say }, async (lab) => {
    const sections: Section[] = [];
    for (const measure of chosen) {
      await lab.mend();
      const section = await measure(lab);
      sections.push(section);
      say(`measured: ${section.title}`);
    }
    process.stdout.write(values.json ? `${JSON.stringify(sections, null, 2)}\n` : reportText(sections));
    return 0;
  });
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

process.exitCode = await main(process.argv.slice(2)).catch((thrown: unknown) => {
  say(messageOf(thrown));
  return 1;
});
