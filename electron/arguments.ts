import path from 'node:path';
import { parseArgs } from 'node:util';
import { RECORDING_ENDING } from '@shared/recording/frame';

/** What the person, the demo or a test asked for on the command line of the window. */
export interface Arguments {
  estate: string | null;
  /** A recording to show instead of an estate: no connection is opened. */
  recording: string | null;
  dataDir: string | null;
  /** Walk the places, leave a PNG of each here, and quit. */
  screenshots: string | null;
  /** A file with one paper to print for the command line: no window opens. */
  print: string | null;
  /** Only tightens: the policy an estate file gets is never loosened from here. */
  egress: 'offline' | 'loopback' | null;
}

/**
 * Reads the console's own arguments out of Electron's argv; switches of Chromium are none of our business
 * and are passed over. A relative path counts from the folder the person is in.
 */
export function readArguments(argv: readonly string[], cwd: string): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      estate: { type: 'string' },
      recording: { type: 'string' },
      'data-dir': { type: 'string' },
      screenshots: { type: 'string' },
      print: { type: 'string' },
      egress: { type: 'string' },
    },
  });
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const file = (value: unknown) => {
    const given = text(value);
    return given === null ? null : path.resolve(cwd, given);
  };
  return {
    estate: file(values.estate) ?? file(positionals.find((word) => /\.ya?ml$/.test(word))),
    recording: file(values.recording) ?? file(positionals.find((word) => word.endsWith(RECORDING_ENDING))),
    dataDir: file(values['data-dir']),
    screenshots: file(values.screenshots),
    print: file(values.print),
    egress: egressOf(text(values.egress)),
  };
}

/** A word that is not known tightens all the way: a typing error must not open anything. */
const egressOf = (given: string | null) => (given === null ? null : given === 'loopback' ? given : 'offline');
