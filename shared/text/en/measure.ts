/** What a person can measure, what it costs, and what came of it. */
export const measure = {
  titles: {
    'write-rate': 'Write rate of the database',
    'changed-files': 'Files that change within a day',
    'tree-walk': 'Time of one walk through the files',
    copy: 'Timed copy to this desk',
    latency: 'Round trip on the SSH connection',
  },
  /** One line each: what it does there. */
  kinds: {
    'write-rate': 'asks for the sizes of the binary logs again and again',
    'changed-files': 'walks through the files once; reads names, sizes and times, opens none',
    'tree-walk': 'walks through the files several times, one after the other; opens none',
    copy: 'sends random bytes from the host to this desk; writes nothing anywhere',
    latency: 'asks sshd a question and waits for the answer, again and again',
  },
  facts: {
    files: (count: string) => `${count} files`,
    within: (time: string) => `in ${time}`,
    samples: (count: number) => (count === 1 ? '1 reading' : `${count} readings`),
    walks: (times: string) => `walks: ${times}`,
    firstCold: 'the first one cold',
    p90: (time: string) => `nine of ten within ${time}`,
    streams: (count: number) => (count === 1 ? '1 connection' : `${count} connections`),
    hour: (hour: number) => `from ${`${hour}`.padStart(2, '0')}:00 UTC`,
    history: (time: string) => `from the times of the log’s files over ${time}`,
    ahead: (count: string) => `${count} files are dated later than the host’s own clock`,
    hidden: (count: string, said: string) => `${count} places cannot be read; the first: ${said}`,
  },
  notEnough: {
    'too-few-samples': 'Too few readings to tell a spread. Measure longer, or more often.',
    'too-short': 'It was over before it could be timed. Ask for more bytes.',
    'counter-back': 'The binary log began anew meanwhile: what was written cannot be told. Measure again.',
    'log-purged':
      'The binary log was purged past where the measurement stood. Measure again, for a shorter time.',
    'clock-jumped': 'This desk slept or its clock was set meanwhile. Measure again.',
    'no-log':
      'The server writes no binary log: its write rate cannot be read from it. Set log_bin, or enter a value.',
    'cut-by-limit':
      'Its limit cut the walk: what was reached is the least there is, and is not entered. Ask for more seconds.',
    unreadable:
      'The account does not see all of it: what it saw is the least there is, and is not entered. Let it read the rest.',
    'no-answer': 'The host gave no whole answer: it lacks find, awk or timeout. Look at the journal.',
  },
  lacks: {
    host: 'the estate names no host for it',
    'sql-account': 'the estate names no SQL account for it',
    trees: 'no path is known: look first, or name it',
  },
  cost: (time: string, bytes: string | null) =>
    bytes === null ? `at most ${time}, some kB` : `at most ${time} and ${bytes}`,
  nothing: 'Nothing was entered.',
  fresh: 'new',
  replaced: (value: string) => `before: ${value}`,
  columns: {
    what: 'what',
    subject: 'subject',
    account: 'as',
    cost: 'costs',
    does: 'what it does',
    path: 'input',
    value: 'value (spread)',
    before: 'in its place',
  },
};
