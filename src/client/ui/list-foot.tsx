import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { BusyButton } from './busy-button.tsx';
import type { ButtonLook } from './button.tsx';
import { FormError } from './field-error.tsx';
import classes from './list-foot.module.css';

/** A list that is read page by page. */
export interface Paged {
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

interface ListFootProps extends Pick<ButtonLook, 'size'> {
  list: Paged;
  words: { more: string; moreFailed: string };
}

/** The foot of a list that goes on; nothing where all of it is shown. */
export function ListFoot({ list, words, size }: ListFootProps) {
  const text = useText();
  const format = useFormat();
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.foot}>
      <BusyButton
        type="button"
        variant="default"
        size={size}
        busy={list.isFetchingNextPage}
        busyLabel={text.common.loading.now}
        onClick={() => void list.fetchNextPage()}
      >
        {words.more}
      </BusyButton>
      <FormError>{list.isFetchNextPageError && `${words.moreFailed}. ${errorText(list.error, text, format)}`}</FormError>
    </div>
  );
}
