import { useAccountText } from '#client/lib/account-text.ts';
import { buttonLook } from '#client/ui/button.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import type_ from '#client/ui/type.module.css';
import type { MeDto } from '#shared/auth.ts';
import { personalDataPath } from '#shared/personal-data-rules.ts';
import classes from './personal-data.module.css';

/** Beneath one's own data: all of them in one archive, and the end of the account. Moderators are removed by the administrator. */
export function DataParts({ me }: { me: MeDto }) {
  const { personalData: words } = useAccountText();
  return (
    <>
      <section className={classes.part} aria-labelledby="archive">
        <h2 id="archive">{words.archive.title}</h2>
        <p className={classes.text}>{words.archive.text}</p>
        <div className={layout.row}>
          <a href={personalDataPath} download {...buttonLook({ variant: 'default' })}>
            {words.archive.download}
          </a>
        </div>
      </section>
      {me.role === 'student' && (
        <section className={classes.part} aria-labelledby="leave">
          <h2 id="leave">{words.leave.title}</h2>
          <p className={`${classes.text} ${type_.dim}`}>{words.leave.text}</p>
          <div className={layout.row}>
            <LinkButton href="/profile/delete" variant="default">
              {words.leave.open}
            </LinkButton>
          </div>
        </section>
      )}
    </>
  );
}
