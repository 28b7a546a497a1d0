import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import classes from './list.module.css';

/** A list that is read page by page. */
interface Paged {
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** The foot of a list that goes on; nothing where all of it is shown. */
export function ShowMore({ list }: { list: Paged }) {
  const { shell } = useOfficeText();
  const text = useText();
  const format = useFormat();
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.foot}>
      <BusyButton
        type="button"
        variant="default"
        size="sm"
        busy={list.isFetchingNextPage}
        busyLabel={text.common.loading.now}
        onClick={() => void list.fetchNextPage()}
      >
        {shell.showMore}
      </BusyButton>
      <FormError>{list.isFetchNextPageError && `${shell.moreFailed}. ${errorText(list.error, text, format)}`}</FormError>
    </div>
  );
}
