import type { Ref } from 'react';

/**
 * A field for a secret. Uncontrolled: what is typed lives in the field alone, never in React's state, and
 * `takeFrom` empties it.
 */
export function SecretField({
  label,
  fieldRef,
  echo = false,
  first = false,
}: {
  label: string;
  fieldRef: Ref<HTMLInputElement>;
  echo?: boolean;
  first?: boolean;
}) {
  return (
    <label>
      {label}
      <input
        ref={fieldRef}
        type={echo ? 'text' : 'password'}
        name="answer"
        autoComplete="off"
        spellCheck={false}
        {...(first ? { 'data-first': '' } : {})}
      />
    </label>
  );
}

/** What stands in the field, which is empty afterwards. */
export function takeFrom(field: HTMLInputElement | null): string {
  const text = field?.value ?? '';
  if (field) field.value = '';
  return text;
}
