import type { Question } from '@shared/contract';
import { useRef } from 'react';
import { useAction } from '../api';
import { Dialog } from '../ui/dialog';
import { useWords } from '../words';

/**
 * Asks the person what a host asks the console. The answer goes from the field straight to the main process:
 * it is never in React's state, and the field is emptied at once.
 */
export function QuestionDialog({ question, more }: { question: Question; more: number }) {
  const { ui } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const answer = useAction('question.answer');
  const send = (given: boolean) => {
    const text = field.current?.value ?? '';
    if (field.current) field.current.value = '';
    answer.mutate({ id: question.id, answer: given ? text : null }, { onSettled: () => answer.reset() });
  };
  return (
    <Dialog title={ui.question.title(question.host)} onClose={() => send(false)} testId="question">
      <form
        className="form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          send(true);
        }}
      >
        {question.prompt !== '' && (
          <p className="soft">
            {ui.question.prompt} <span className="mono foreign">{question.prompt}</span>
          </p>
        )}
        <label>
          {ui.question.what[question.what](question.host, question.account)}
          <input
            ref={field}
            type={question.echo ? 'text' : 'password'}
            name="answer"
            autoComplete="off"
            spellCheck={false}
            data-first=""
          />
        </label>
        <p className="note">
          {ui.question.kept} {ui.question.declined}
        </p>
        <div className="form-actions">
          <span className="grow soft">{more > 0 && ui.question.more(more)}</span>
          <button type="button" className="button" onClick={() => send(false)}>
            {ui.question.decline}
          </button>
          <button type="submit" className="button button-main">
            {ui.question.answer}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
