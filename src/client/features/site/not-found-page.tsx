import { useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import classes from './not-found-page.module.css';

export function NotFoundPage() {
  const { notFound } = useText().site;
  usePageTitle(notFound.title);
  return (
    <div className={layout.wrap}>
      <h1>{notFound.title}</h1>
      <p className={classes.text}>{notFound.text}</p>
      <div className={classes.action}>
        <LinkButton href="/">{notFound.home}</LinkButton>
        <LinkButton href="/courses" variant="default">
          {notFound.courses}
        </LinkButton>
      </div>
    </div>
  );
}
