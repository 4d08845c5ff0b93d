import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_KEEP } from '@shared/secrets/schema';
import { nullJournal } from '../../journal/null-journal';
import type { Answer, Ask, AskQuestion, Paths, Ports } from '../../ports';
import { nodeClock, refusingAsk } from '../../ports-node';

/** A person's surroundings in a directory of their own; nothing of the real person is read or written. */
export interface TestHome {
  dir: string;
  paths: Paths;
  /** Writes a file that only its owner may read, and returns its path. */
  file(name: string, text: string | Buffer, mode?: number): string;
  ports(ask?: Ask): Ports;
  remove(): void;
}

const silent = () => {};

export function makeHome(): TestHome {
  const dir = mkdtempSync(join(tmpdir(), 'patronus-test-'));
  const paths: Paths = {
    home: dir,
    dataDir: join(dir, 'data'),
    knownHosts: join(dir, 'known_hosts'),
    sshConfig: null,
    agentSocket: null,
    env: {},
  };
  return {
    dir,
    paths,
    file(name, text, mode = 0o600) {
      const path = join(dir, name);
      writeFileSync(path, text, { mode });
      return path;
    },
    ports: (ask = refusingAsk) => ({
      clock: nodeClock,
      log: { debug: silent, info: silent, warn: silent },
      ask,
      paths,
      journal: nullJournal,
    }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Answers from a list, in order, and remembers what was asked. */
export function scriptedAsk(answers: (string | Answer | null)[]): Ask & { asked: AskQuestion[] } {
  const asked: AskQuestion[] = [];
  return {
    asked,
    async secret(question) {
      asked.push(question);
      const answer = answers.shift() ?? null;
      return typeof answer === 'string' ? { text: answer, keep: DEFAULT_KEEP } : answer;
    },
  };
}
