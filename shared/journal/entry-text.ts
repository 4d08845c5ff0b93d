import type { Language } from '../contract';
import { texts } from '../text';
import type { EventTexts } from '../text/en/journal';
import type { JournalEvent } from './entry';
import { isFailed } from './groups';

/** One line that says what happened, in the words of the reader. Texts that were sent are cut after their first line. */
export function eventText(what: JournalEvent, language: Language): string {
  const events: EventTexts = texts(language).journal.events;
  // Every kind has its own sentence, and the table's type says so; what TypeScript loses is which one this is.
  const sentence = events[what.kind] as (event: JournalEvent) => string;
  const [first = '', ...more] = sentence(what).split('\n');
  return more.length > 0 ? `${first} …` : first;
}

export interface ResultText {
  state: 'done' | 'failed' | 'none';
  text: string;
}

/** What it came to, in a word or a code. */
export function resultText(what: JournalEvent, language: Language): ResultText {
  const { result } = texts(language).journal;
  const state = isFailed(what) ? 'failed' : 'done';
  switch (what.kind) {
    case 'command':
    case 'statement':
    case 'request': {
      if (what.result.state === 'failed') return { state, text: what.result.error.code };
      const { status } = what.result;
      if (status === null) return { state, text: result.done };
      return { state, text: what.kind === 'request' ? result.http(status) : result.exit(status) };
    }
    case 'refused':
    case 'host-key-refused':
    case 'lost':
      return { state, text: what.error.code };
    case 'egress-refused':
      return { state, text: 'E_EGRESS' };
    case 'estate-refused':
      return { state, text: result.refused };
    case 'prompt':
      return { state, text: result[what.outcome] };
    case 'outcome':
      return { state, text: what.error?.code ?? result[what.result] };
    case 'run-closed':
      return { state, text: result[what.end] };
    case 'gap':
      return { state, text: result.gap };
    case 'connected':
    case 'polled':
      return { state, text: result.done };
    default:
      return { state: 'none', text: '' };
  }
}
