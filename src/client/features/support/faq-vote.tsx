import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type { FaqArticleDto } from '#shared/support.ts';
import classes from './support.module.css';
import { useVote } from './use-vote.ts';

/** «Ответ помог?», to be answered and taken back. */
export function FaqVote({ article }: { article: FaqArticleDto }) {
  const { vote: words } = useTalkText().support;
  const text = useText();
  const format = useFormat();
  const { vote, touched, error, press } = useVote(article);
  const noted = vote === null ? (touched ? words.takenBack : '') : vote ? words.notedYes : words.notedNo;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons in a line, not fields of a form */}
      <div className={classes.vote} role="group" aria-label={words.label(article.title)}>
        <span className={classes.ask}>{words.ask}</span>
        {([true, false] as const).map((helped) => (
          <Button
            key={String(helped)}
            variant="default"
            size="sm"
            className={classes.voteButton}
            aria-pressed={vote === helped}
            onClick={() => press(helped)}
          >
            {helped ? words.yes : words.no}
          </Button>
        ))}
        <p className={classes.noted} role="status">
          {!error && touched && noted}
        </p>
      </div>
      <FormError>{error && errorText(error, text, format)}</FormError>
    </>
  );
}
