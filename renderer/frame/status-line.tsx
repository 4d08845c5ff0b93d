import { answerOf } from '@shared/snapshot';
import { useCall } from '../api';
import { useRecording } from '../recording/moment';
import { PastLine } from '../recording/past-line';
import { type Place, type Route, useRoute } from '../route';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** The account in use, the connections, how often it looks, and the keys of this screen. */
export function StatusLine({ place, onSecrets }: { place: Place; onSecrets: () => void }) {
  const { ui, runs, planScreen, age, secrets } = useWords();
  const { estate, snapshot } = useWatched();
  const { data: app } = useCall('app.info', undefined);
  const recording = useRecording();
  const { route } = useRoute();
  if (recording?.state === 'there' && recording.at !== null)
    return <PastLine recording={recording} at={recording.at} />;
  const readings = Object.values(snapshot.hosts);
  const accounts = [
    ...new Set(readings.flatMap((reading) => answerOf(reading)?.evidence.map((each) => each.account) ?? [])),
  ];
  const sqlServices = estate.services.filter((service) => service.sql && (service.hosts?.length ?? 0) > 0);
  const sqlAnswered = sqlServices.filter((service) =>
    (service.hosts ?? []).every((host) => {
      const reading = snapshot.hosts[host];
      const answer = reading?.state === 'answered' ? reading.answer.services[service.id] : undefined;
      return answer !== undefined && !answer.error;
    }),
  );
  const all = { ...ui.keys, ...runs.keys, ...planScreen.keys };
  const keys = keysOf(place, route).map((key) => ({ key: key[0], does: all[key[1]] }));
  return (
    <footer className="status-line" data-testid="status-line">
      <span>
        {accounts.length === 0
          ? ui.status.notYet
          : `${ui.status.watching(accounts.join(', '))} · ${ui.status.readOnly}`}
      </span>
      <span>
        <button type="button" className="link-button" onClick={onSecrets}>
          {secrets.title}
        </button>
      </span>
      <span>
        {ui.status.ssh(readings.filter((reading) => reading.state === 'answered').length, readings.length)}
        {sqlServices.length > 0 && ` · ${ui.status.sql(sqlAnswered.length, sqlServices.length)}`}
      </span>
      <span>{ui.status.every(age(snapshot.periodMs))}</span>
      {app && <span>{ui.status.egress[app.egress]}</span>}
      <span className="grow" />
      {keys.map(({ key, does }) => (
        <span key={key} className="status-key">
          <kbd>{key}</kbd>
          {does}
        </span>
      ))}
    </footer>
  );
}

function keysOf(place: Place, { id, query }: Route): readonly (readonly [string, KeyText])[] {
  if (place === 'replication' && query.page === 'switchover') return SWITCHOVER_KEYS;
  if (place === 'replication' && (query.page === 'failover' || query.page === 'rejoin')) return LOOK_KEYS;
  return place === 'runs' && id !== null ? RUN_KEYS : KEYS[place];
}

type KeyText =
  | 'places'
  | 'evidence'
  | 'filter'
  | 'table'
  | 'copy'
  | 'all'
  | 'findings'
  | 'path'
  | 'switchover'
  | 'statements'
  | 'leave'
  | 'hold'
  | 'undo'
  | 'assumptions'
  | 'whatIf'
  | 'number'
  | 'print';
/** Of one run, what a hand looks for in a hurry; the rest is behind `?`. */
const RUN_KEYS: readonly (readonly [string, KeyText])[] = [
  ['Space', 'hold'],
  ['U', 'undo'],
  ['?', 'all'],
];
const LOOK_KEYS: readonly (readonly [string, KeyText])[] = [
  ['Esc', 'leave'],
  ['?', 'all'],
];
const SWITCHOVER_KEYS: readonly (readonly [string, KeyText])[] = [
  ['Shift E', 'statements'],
  ['Esc', 'leave'],
  ['?', 'all'],
];
const KEYS: Readonly<Record<Place, readonly (readonly [string, KeyText])[]>> = {
  topology: [
    ['1–5', 'places'],
    ['E', 'evidence'],
    ['T', 'table'],
    ['?', 'all'],
  ],
  replication: [
    ['J K', 'findings'],
    ['E', 'evidence'],
    ['S', 'switchover'],
    ['?', 'all'],
  ],
  plan: [
    ['H', 'assumptions'],
    ['W', 'whatIf'],
    ['E', 'number'],
    ['Ctrl P', 'print'],
    ['?', 'all'],
  ],
  runs: [
    ['1–5', 'places'],
    ['?', 'all'],
  ],
  journal: [
    ['1–5', 'places'],
    ['/', 'filter'],
    ['?', 'all'],
  ],
};
