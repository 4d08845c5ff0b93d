/** One line of human text. Standard output is kept for what programs read. */
export type Log = (line: string) => void;

/** Writes to standard error with the seconds since the start, so that a slow step is seen. */
export function stderrLog(): Log {
  const started = performance.now();
  return (line) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
    process.stderr.write(`${seconds} s  ${line}\n`);
  };
}
