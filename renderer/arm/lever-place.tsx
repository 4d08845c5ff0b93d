import { toAppError } from '@shared/errors';
import type { LeverRequest, LeverPlace as Place } from '@shared/views/lever';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { callOptions, client, queryClient } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { ArmButton } from './arm-button';
import { useArm, useOpenLever } from './use-lever';

/** The least that main takes; a smaller place would hide what has to be read before acting. */
const LEAST = 200;

/**
 * The part of the page over which main lays its own surface. This page asks for it, says where it may lie, and takes
 * it away again when it leaves: it never holds what pulls the lever, and has no button that acts.
 */
export function LeverPlace({
  request,
  onLeave,
  onStarted,
}: {
  request: LeverRequest;
  onLeave: () => void;
  /** The id of the run that has begun. */
  onStarted: (run: string) => void;
}) {
  const { runs } = useWords();
  const arm = useArm();
  const box = useRef<HTMLElement>(null);
  const key = JSON.stringify(request);
  const lever = useOpenLever();
  const isOurs = lever !== null && JSON.stringify(lever.request) === key;
  const [asked, setAsked] = useState<'no' | 'asking' | 'answered'>('no');
  const [error, setError] = useState<Error | null>(null);
  const [tries, setTries] = useState(0);
  const armed = arm?.armed === true;
  // The number of the try is part of the question: once more asks for the same again.
  const question = JSON.stringify({ request, tries });

  const started = isOurs ? lever.started : null;
  const follow = useEffectEvent(onStarted);
  useEffect(() => {
    if (started !== null) follow(started);
  }, [started]);

  useEffect(() => {
    const place = box.current && placeOf(box.current);
    if (!armed || !place) return;
    const { request: wish } = JSON.parse(question) as { request: LeverRequest };
    let left = false;
    setAsked('asking');
    setError(null);
    client
      .call('lever.open', { request: wish, place })
      .then(async (opened) => {
        const { queryKey } = callOptions('lever.get', undefined);
        // An answer to an older question must not come after this one.
        await queryClient.cancelQueries({ queryKey });
        if (!left) queryClient.setQueryData(queryKey, opened);
      })
      .catch((thrown: unknown) => {
        if (!left) setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      })
      .finally(() => {
        if (!left) setAsked('answered');
      });
    return () => {
      left = true;
      // Whatever becomes of it: main closes the surface by itself when the page goes.
      client.call('lever.close', undefined).catch(() => undefined);
    };
  }, [question, armed]);
  useFollowed(box, isOurs);

  return (
    <section
      ref={box}
      className="lever-place"
      aria-label={runs.lever.title}
      data-testid="lever-place"
      data-open={isOurs}
    >
      <h2 className="label">{runs.lever.title}</h2>
      <div role="status">
        {arm && !armed && <p>{runs.lever.disarmed}</p>}
        {armed && asked === 'asking' && <p>{runs.lever.opening}</p>}
        {armed && asked === 'answered' && !error && (
          <p>{isOurs ? (started === null ? runs.lever.own : runs.lever.started) : runs.lever.closed}</p>
        )}
      </div>
      {armed && error && <ErrorSentence error={toAppError(error)} mark="critical" />}
      <div className="lever-actions">
        {arm && !armed && <ArmButton />}
        {armed && asked === 'answered' && !isOurs && (
          <button
            type="button"
            className="button"
            data-testid="lever-again"
            onClick={() => setTries(tries + 1)}
          >
            {error ? runs.lever.retry : runs.lever.again}
          </button>
        )}
        <button type="button" className="button" data-testid="lever-leave" onClick={onLeave}>
          {runs.lever.leave} <kbd>Esc</kbd>
        </button>
      </div>
    </section>
  );
}

/** In CSS pixels of the window; null while there is too little room. */
function placeOf(element: Element): Place | null {
  const { x, y, width, height } = element.getBoundingClientRect();
  if (width < LEAST || height < LEAST) return null;
  return { x: Math.max(0, x), y: Math.max(0, y), width, height };
}

/** Tells main whenever the place has moved, for as long as its surface lies there. */
function useFollowed(box: { current: HTMLElement | null }, shown: boolean): void {
  useEffect(() => {
    const element = box.current;
    if (!element || !shown) return;
    let last = JSON.stringify(placeOf(element));
    const look = () => {
      const place = placeOf(element);
      const now = JSON.stringify(place);
      if (!place || now === last) return;
      last = now;
      client.call('lever.place', place).catch(() => undefined);
    };
    const seen = new ResizeObserver(look);
    // What stands above it can push it without changing its size.
    for (const each of [element, document.body, element.closest('main')]) if (each) seen.observe(each);
    window.addEventListener('resize', look);
    window.addEventListener('scroll', look, true);
    return () => {
      seen.disconnect();
      window.removeEventListener('resize', look);
      window.removeEventListener('scroll', look, true);
    };
  }, [box, shown]);
}
