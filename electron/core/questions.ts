import { randomUUID } from 'node:crypto';
import type { Question } from '@shared/contract';
import { Failure } from '@shared/errors';
import type { Answer, Ask, AskQuestion } from './ports';

interface Open {
  question: Question;
  settle(answer: Answer | null): void;
}

/**
 * Questions that wait for a person in front of the window. An answer goes straight to whoever asked and is
 * kept nowhere here.
 */
export class Questions implements Ask {
  private readonly open = new Map<string, Open>();
  private readonly onChange: (questions: Question[]) => void;

  constructor(onChange: (questions: Question[]) => void) {
    this.onChange = onChange;
  }

  secret(asked: AskQuestion, { signal }: { signal: AbortSignal }): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const question: Question = { ...asked, id: randomUUID() };
      const close = () => {
        signal.removeEventListener('abort', abandon);
        this.open.delete(question.id);
        this.onChange(this.list());
      };
      const abandon = () => {
        close();
        reject(signal.reason);
      };
      signal.addEventListener('abort', abandon, { once: true });
      const settle = (answer: Answer | null) => {
        close();
        resolve(answer);
      };
      this.open.set(question.id, { question, settle });
      this.onChange(this.list());
    });
  }

  list(): Question[] {
    return [...this.open.values()].map(({ question }) => question);
  }

  /** Null declines. A question that is no longer open is an error: the answer went nowhere. */
  answer(id: string, answer: Answer | null): void {
    const open = this.open.get(id);
    if (!open) {
      throw new Failure({
        code: 'E_QUESTION_GONE',
        stage: 'internal',
        message: 'That question is no longer open; the answer was not used.',
        remedy: 'Look at the host again.',
        retryable: false,
      });
    }
    open.settle(answer);
  }
}
