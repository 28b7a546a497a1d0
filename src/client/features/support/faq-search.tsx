import { IconSearch, IconX } from '@tabler/icons-react';
import { type FormEvent, useRef } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import type { FaqCategoryDto, FaqItemDto } from '#shared/support.ts';
import { faqLimits } from '#shared/support-limits.ts';
import classes from './support.module.css';

export const resultsId = 'support-results';

interface FaqSearchProps {
  typed: string;
  onType: (words: string) => void;
}

/** The field that finds while one types. */
export function FaqSearch({ typed, onType }: FaqSearchProps) {
  const { support: words } = useTalkText();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What was found is under the keyboard of a phone.
    if (window.matchMedia('(pointer: coarse)').matches) field.current?.blur();
  };
  return (
    <search>
      <form className={classes.search} onSubmit={submit}>
        <IconSearch {...icon.md} className={classes.searchSign} />
        <input
          ref={field}
          type="search"
          className={classes.searchField}
          aria-label={words.search}
          placeholder={words.placeholder}
          aria-controls={resultsId}
          autoComplete="off"
          enterKeyHint="search"
          maxLength={faqLimits.query}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
        {typed !== '' && (
          <button
            type="button"
            className={classes.clear}
            aria-label={words.clear}
            onClick={() => {
              onType('');
              field.current?.focus();
            }}
          >
            <IconX {...icon.md} />
          </button>
        )}
      </form>
    </search>
  );
}

interface FaqPartsProps {
  categories: FaqCategoryDto[];
  items: FaqItemDto[];
  /** Id of the category that is shown alone. */
  chosen: string | null;
  onChoose: (category: FaqCategoryDto | null) => void;
}

/** Categories with what was found in each. */
export function FaqParts({ categories, items, chosen, onChoose }: FaqPartsProps) {
  const { support: words } = useTalkText();
  const format = useFormat();
  const chips = [
    { id: null, title: words.all, count: items.length, category: null },
    ...categories.map((category) => ({
      id: category.id,
      title: category.title,
      count: items.filter((item) => item.categoryId === category.id).length,
      category,
    })),
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be scrolled sideways
    <div className={classes.chips} role="group" aria-label={words.parts}>
      {chips.map(({ id, title, count, category }) => {
        // Nothing is behind it; the one that is chosen can always be left.
        const none = count === 0 && id !== null && id !== chosen;
        return (
          <button
            key={id ?? 'all'}
            type="button"
            className={classes.chip}
            aria-pressed={chosen === id}
            aria-disabled={none || undefined}
            onClick={() => !none && onChoose(category)}
          >
            {title} <span className={type_.nowrap}>{format.number(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
