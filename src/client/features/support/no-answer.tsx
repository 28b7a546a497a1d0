import { useId } from 'react';
import { Link } from 'wouter';
import { withNext } from '#client/features/auth/next.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { Button } from '#client/ui/button.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import classes from './support.module.css';
import { hrefOf } from './support-place.ts';

interface NoAnswerProps {
  /** What was looked for in vain: it goes along. */
  query: string;
  onChat: () => void;
}

/** Where the answers end a person begins. A guest signs in first and then stands before the chat, with what they looked for. */
export function NoAnswer({ query, onChat }: NoAnswerProps) {
  const { noAnswer: words } = useTalkText().support;
  const { nav } = useText().common;
  const me = useMe();
  const titleId = useId();
  if (me?.role === 'moderator') return <ForTeachers />;
  const next = hrefOf({ q: query, part: null, chat: true, about: query }, false);
  return (
    <section className={classes.noAnswer} aria-labelledby={titleId}>
      <div className={classes.noAnswerWords}>
        <h2 id={titleId} className={classes.noAnswerTitle}>
          {words.title}
        </h2>
        <p>
          {query ? words.carried(query) : words.plain}
          {me === null && (
            <>
              {' '}
              {words.guest}{' '}
              <Link href={withNext('/register', next)} className={classes.way}>
                {nav.register}
              </Link>
            </>
          )}
        </p>
      </div>
      {me === null ? (
        <LinkButton href={withNext('/login', next)}>{words.button}</LinkButton>
      ) : (
        <Button onClick={onChat}>{words.button}</Button>
      )}
    </section>
  );
}

function ForTeachers() {
  const { noAnswer: words } = useTalkText().support;
  return (
    <section className={classes.noAnswer} aria-labelledby="for-teachers">
      <div className={classes.noAnswerWords}>
        <h2 id="for-teachers" className={classes.noAnswerTitle}>
          {words.teacher}
        </h2>
        <p>
          {words.teacherText}{' '}
          <Link href="/admin/faq" className={classes.way}>
            {words.toOffice}
          </Link>
        </p>
      </div>
      <LinkButton href="/admin/inbox" variant="default">
        {words.toInbox}
      </LinkButton>
    </section>
  );
}
