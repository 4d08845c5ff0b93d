import { spawn } from 'node:child_process';

/** First bytes of the addresses of all simulated hosts. */
export const FLEET_NETWORK = '127.64.';

/** What a command really printed, once, on this machine. */
export interface Output {
  stdout: string;
  stderr: string;
  exit: number;
}

/** Marks of the frame around a command, new each time: eight hexadecimal digits. */
const MARK = /(?<![0-9a-f-])[0-9a-f]{8}(?![0-9a-f-])/g;
const blank = (index: number) => `\u0001${index}\u0001`;

/**
 * Answers commands as a host would, without running them each time: the first of its kind is run for real, its
 * output kept, and every later one gets that output with its own marks and its own host's boot id in it. So a
 * thousand hosts cost no more than the bytes they send.
 */
export class Recorded {
  private readonly kept = new Map<string, Promise<Output>>();

  /** `boot`: id of the boot of the host that is asked; `line`: what a resident shell reads. */
  async answer(command: string, boot: string, line = ''): Promise<Output> {
    const marks = [...new Set(`${line} ${command}`.match(MARK) ?? [])];
    const hide = (text: string) =>
      marks.reduce((hidden, mark, index) => hidden.replaceAll(mark, blank(index)), text);
    const show = (text: string) =>
      marks.reduce((shown, mark, index) => shown.replaceAll(blank(index), mark), text);
    const key = hide(`${line} ${command}`);
    let kept = this.kept.get(key);
    if (!kept) {
      kept = run(command, line).then((output) => ({
        ...output,
        stdout: hide(withoutFleet(output.stdout)),
        stderr: hide(output.stderr),
      }));
      this.kept.set(key, kept);
    }
    const { stdout, stderr, exit } = await kept;
    return { stdout: show(stdout).replace(/^boot .*$/m, `boot ${boot}`), stderr: show(stderr), exit };
  }
}

/** A thousand listeners on one machine are this benchmark's own doing: no host of an estate has them. */
const withoutFleet = (stdout: string): string =>
  stdout
    .split('\n')
    .filter((line) => !line.includes(FLEET_NETWORK))
    .join('\n');

function run(command: string, line: string): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['pipe', 'pipe', 'pipe'] });
    // It may end without reading.
    child.stdin.on('error', () => {});
    child.stdin.end(line);
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...said, exit: code ?? 1 }));
  });
}
