import type { Question } from '@shared/contract';
import { expect, test } from 'vitest';
import { Questions } from './questions';

const asked = {
  host: 'db',
  account: 'watch',
  what: 'password' as const,
  prompt: '',
  echo: false,
};
const open = () => {
  const seen: Question[][] = [];
  return { questions: new Questions((list) => seen.push(list)), seen };
};

test('an answer reaches whoever asked, and the question closes', async () => {
  const { questions, seen } = open();
  const answer = questions.secret(asked, { signal: new AbortController().signal });
  const [question] = questions.list();
  if (!question) throw new Error('no question');
  questions.answer(question.id, { text: 'hunter2', keep: 'once' });
  expect(await answer).toEqual({ text: 'hunter2', keep: 'once' });
  expect(seen.map((list) => list.length)).toEqual([1, 0]);
  expect(JSON.stringify(seen)).not.toContain('hunter2');
  expect(() => questions.answer(question.id, { text: 'again', keep: 'once' })).toThrowError(/no longer open/);
});

test('null declines, and an abandoned question closes by itself', async () => {
  const { questions } = open();
  const declined = questions.secret(asked, { signal: new AbortController().signal });
  questions.answer(questions.list()[0]?.id ?? '', null);
  expect(await declined).toBeNull();
  const controller = new AbortController();
  const abandoned = questions.secret(asked, { signal: controller.signal });
  controller.abort(new Error('window closed'));
  await expect(abandoned).rejects.toThrow('window closed');
  expect(questions.list()).toEqual([]);
  await expect(questions.secret(asked, { signal: controller.signal })).rejects.toThrow('window closed');
});
