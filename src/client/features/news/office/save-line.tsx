import { IconAlertCircle, IconCloudCheck, IconCloudUp } from '@tabler/icons-react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import { newsLimits } from '#shared/news.ts';
import classes from './composer.module.css';
import { type NewsDraft, NewsTooLong } from './use-news-draft.ts';

/** «Черновик сохранён»: one place, beside the title; a failure is also spoken, once. */
export function SaveLine({ draft: { state, post, fields } }: { draft: NewsDraft }) {
  const { editor: words } = useOfficeText().news;
  const text = useText();
  const format = useFormat();
  const failed = state.status === 'failed' || state.status === 'refused';
  const why = () => {
    if (!(state.error instanceof NewsTooLong)) return errorText(state.error, text, format);
    const { title, body } = fields;
    const isTitle = title.trim().length > newsLimits.title;
    return isTitle
      ? words.titleLong(format.number(title.trim().length), format.number(newsLimits.title))
      : words.textLong(format.number(body.length), format.number(newsLimits.body));
  };
  const said = () => {
    switch (state.status) {
      case 'saved':
        return post ? words.saved : words.begin;
      case 'conflict':
        return words.compareFirst;
      case 'saving':
        return words.saving;
      case 'failed':
        return words.notSaved;
      case 'refused':
        return words.refused(why());
      default:
        return words.waiting;
    }
  };
  const Sign = failed ? IconAlertCircle : state.status === 'saved' ? IconCloudCheck : IconCloudUp;
  return (
    <>
      <p className={failed ? `${classes.save} ${classes.saveFailed}` : classes.save} data-status={state.status}>
        <Sign {...icon.sm} />
        <span>{said()}</span>
      </p>
      <p role="status" className={type_.hidden}>
        {failed && words.spoken}
      </p>
    </>
  );
}
