import { momentOf } from '@shared/recording/state';
import { useEffect, useMemo, useState } from 'react';
import { useCall } from './api';
import { holdClockAt } from './clock';
import { Annunciator, newestHref } from './frame/annunciator';
import { Crash } from './frame/crash';
import { CallFailed, NoEstate, RefusedEstate, Waiting } from './frame/estate-states';
import { KeysDialog } from './frame/keys-dialog';
import { Palette } from './frame/palette';
import { QuestionDialog } from './frame/question-dialog';
import { Rail } from './frame/rail';
import { StatusLine } from './frame/status-line';
import { TopBar } from './frame/top-bar';
import { JournalPlace } from './journal/journal-place';
import { useKeys } from './keys';
import { useLive } from './live';
import { findingKey, newestFinding } from './memory';
import { PlanPlace } from './plan/plan-place';
import { useRecording } from './recording/moment';
import { MomentKeys } from './recording/moment-keys';
import { ReplicationPlace } from './replication/replication-place';
import { go, PLACES, type Place, useRoute } from './route';
import { RunsPlace } from './runs/runs-place';
import { SecretsDialog } from './secrets/secrets-dialog';
import { useSettings } from './settings';
import { TopologyPlace } from './topology/topology-place';
import { nothingAsked, useWatched, WatchedProvider } from './watched';
import { useWords } from './words';

type Over = 'palette' | 'keys' | 'secrets' | null;

/** The frame, and in it whatever can be shown of the estate. */
export function App() {
  useLive();
  const { ui, say, recording: words, date } = useWords();
  const { change, language, theme, projector } = useSettings();
  const { route } = useRoute();
  const [over, setOver] = useState<Over>(null);
  const estate = useCall('estate.get', undefined);
  const live = useCall('watch.snapshot', undefined);
  const questions = useCall('question.list', undefined);
  const opened = estate.data?.state === 'open' ? estate.data : null;
  const blank = useMemo(() => (opened ? nothingAsked(opened.estate) : null), [opened]);
  const recording = useRecording();
  const at = momentOf(recording);
  useEffect(() => holdClockAt(at), [at]);
  const [question, ...more] = questions.data ?? [];

  useKeys({
    ...Object.fromEntries(
      PLACES.map((place, i) => [String(i + 1), () => go({ place, id: null, query: {} })] as const),
    ),
    'Ctrl+K': () => opened && setOver('palette'),
    '?': () => setOver('keys'),
    'Ctrl+Shift+L': () => change({ language: language === 'en' ? 'fr' : 'en' }),
    'Ctrl+Shift+T': () => change({ theme: theme === 'dark' ? 'light' : 'dark' }),
    'Ctrl+Shift+P': () => change({ projector: !projector }),
  });

  const isFile = recording?.state === 'there' && recording.source === 'file';
  const name =
    opened && isFile && at !== null ? words.of(opened.estate.estate, date(at)) : opened?.estate.estate;
  const title = [name, ui.places[route.place], ui.product].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);

  const sites = opened?.estate.sites.map((site) => say(site.title)).join(' → ') ?? '';
  const body = (() => {
    if (estate.error) return <CallFailed error={estate.error} onAgain={() => void estate.refetch()} />;
    if (!estate.data) return <Waiting text={ui.states.starting} />;
    switch (estate.data.state) {
      case 'none':
        return <NoEstate />;
      case 'refused':
        return <RefusedEstate file={estate.data.file} problems={estate.data.problems} />;
      case 'open':
        return <PlaceView place={route.place} />;
    }
  })();
  const frame = (
    <div className="app">
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {ui.frame.skip}
      </button>
      <TopBar
        estate={opened?.estate.estate ?? ui.product}
        more={sites}
        armable={opened !== null}
        onCommand={() => opened && setOver('palette')}
      />
      <Rail place={route.place} onKeys={() => setOver('keys')} />
      {opened ? <Annunciator /> : <div className="annunciator" />}
      <main className="main" id="content" tabIndex={-1} data-testid={`main-${route.place}`}>
        {!opened && <h1 className="visually-hidden">{ui.product}</h1>}
        <Crash key={route.place}>{body}</Crash>
      </main>
      {opened ? (
        <StatusLine place={route.place} onSecrets={() => setOver('secrets')} />
      ) : (
        <footer className="status-line" />
      )}
      {over === 'keys' && <KeysDialog onClose={() => setOver(null)} />}
      {over === 'palette' && opened && (
        <Palette
          onClose={() => setOver(null)}
          onKeys={() => setOver('keys')}
          onSecrets={() => setOver('secrets')}
        />
      )}
      {over === 'secrets' && <SecretsDialog onClose={() => setOver(null)} />}
      {question && <QuestionDialog key={question.id} question={question} more={more.length} />}
      {opened && <NewestKey />}
      {opened && <MomentKeys />}
    </div>
  );
  if (!opened || !blank) return frame;
  const snapshot = live.data?.snapshot.estate === opened.estate.estate ? live.data.snapshot : blank;
  return (
    <WatchedProvider file={opened.file} estate={opened.estate} snapshot={snapshot} recording={recording}>
      {frame}
    </WatchedProvider>
  );
}

/** `N` goes to the newest finding, from everywhere. */
function NewestKey() {
  const { findings, memory } = useWatched();
  useKeys({
    N: () => {
      const newest = newestFinding(findings, memory);
      if (newest) window.location.hash = newestHref(newest.nodes[0], findingKey(newest));
    },
  });
  return null;
}

function PlaceView({ place }: { place: Place }) {
  switch (place) {
    case 'topology':
      return <TopologyPlace />;
    case 'replication':
      return <ReplicationPlace />;
    case 'plan':
      return <PlanPlace />;
    case 'runs':
      return <RunsPlace />;
    case 'journal':
      return <JournalPlace />;
  }
}
