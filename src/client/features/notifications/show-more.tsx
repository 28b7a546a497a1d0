import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import classes from './lists.module.css';

interface Paged {
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** The foot of a list that goes on: notices, news. */
export function ShowMore({ list }: { list: Paged }) {
  const { bell: words } = useNoticesText();
  const text = useText();
  const format = useFormat();
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.foot}>
      <BusyButton
        type="button"
        variant="default"
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
