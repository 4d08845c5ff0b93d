import { cleanLine } from '@shared/clean';
import type { Ask, Clock, Journal } from '../ports';

/** Writes down that a person was asked and whether they answered; never what. */
export function journalledAsk(ask: Ask, ports: { clock: Clock; journal: Journal }): Ask {
  return {
    async secret(question, options) {
      const at = ports.clock.now();
      const started = ports.clock.monotonic();
      const note = (outcome: 'answered' | 'declined' | 'abandoned') => {
        const { host, account, what, prompt } = question;
        const durationMs = ports.clock.monotonic() - started;
        const asked = { kind: 'prompt', host, account, what, prompt: cleanLine(prompt) } as const;
        ports.journal.note({ ...asked, outcome, durationMs }, at);
      };
      try {
        const answer = await ask.secret(question, options);
        note(answer === null ? 'declined' : 'answered');
        return answer;
      } catch (thrown) {
        note('abandoned');
        throw thrown;
      }
    },
  };
}
