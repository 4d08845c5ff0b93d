import type { Gap } from '../../recording/time-line';

/** Words of the flight recorder: marks, scrubber, command line. Times and dates come in already written out. */
export const recording = {
  mark: {
    'host-lost': (host: string) => `${host} does not answer`,
    'host-back': (host: string) => `${host} answers again`,
    'finding-came': (title: string) => title,
    'finding-went': (title: string) => `No longer: ${title}`,
    'estate-changed': 'The estate file changed',
  },
  gap: {
    'not-recorded': 'nothing was recorded',
    'no-raw': 'raw outputs left out: the day’s space is nearly used up',
    coarse: 'one look a minute kept: the day’s space is nearly used up',
    nothing: 'nothing kept: the day’s space is used up',
  } satisfies Record<Gap['why'], string>,
  asKnownAt: (time: string) => `as known at ${time}`,
  of: (estate: string, date: string) => `Recording of ${estate}, ${date}`,
  title: 'Time',
  live: 'live',
  isLive: 'Live',
  end: 'end',
  backToLive: 'Back to live',
  toEnd: 'To the end',
  back: 'Back one event',
  forward: 'Forward one event',
  choose: 'Open a recording…',
  elsewhere: 'Another console records this estate; what this one sees is not kept.',
  nothingYet: 'Nothing recorded yet.',
  noActing: 'Nothing is sent to any server.',
  events: (n: number) => (n === 1 ? '1 event' : `${n} events`),
  slider: (time: string, event: string | null) => (event === null ? time : `${time}, ${event}`),
  span: (from: string, to: string) => `${from} – ${to}`,
  gapBetween: (from: string, to: string, why: string) => `${from} – ${to}: ${why}`,
  keys: { step: 'event back, forward', live: 'live' },
  started: (estate: string, where: string) => `Recording ${estate} into ${where}. Ctrl-C ends it.`,
  ended: (where: string, events: number) =>
    `${where}: ${events === 1 ? '1 event' : `${events} events`} recorded`,
  covers: (from: string, to: string) => `from ${from} to ${to}`,
  noMarks: 'No event in this recording.',
};
