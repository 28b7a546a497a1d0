import { Link } from 'wouter';
import { JournalEntry } from '#client/features/audit/journal-entry.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { MeDto } from '#shared/auth.ts';
import classes from './moderator-profile.module.css';
import { PasswordForm } from './password-form.tsx';
import { SecondStep } from './second-step/second-step.tsx';

const recentShown = 8;

/** A moderator's own page: what they graded, what they did lately, and a new password. */
export function ModeratorProfile({ me }: { me: MeDto }) {
  const { profile } = useOfficeText();
  const format = useFormat();
  const mine = trpc.people.moderator.mine.useQuery();
  return (
    <div className={classes.split}>
      <div className={classes.main}>
        <section aria-labelledby="profile-work">
          <h2 id="profile-work">{profile.work}</h2>
          <QueryView query={mine} skeleton={<SkeletonBlock height={64} />} errorTitle={profile.load} level={3}>
            {({ graded, since }) => (
              <>
                <p className={classes.lead}>{graded.total === 0 ? profile.noneGraded : profile.graded(graded.total)}</p>
                <p className={classes.note}>
                  {graded.total > 0 && `${profile.gradedMonth(graded.month)} `}
                  {profile.since(format.date(since))}.
                </p>
              </>
            )}
          </QueryView>
          <LinkButton href="/admin" variant="default" className={classes.action}>
            {profile.toOffice}
          </LinkButton>
        </section>
        <Recent personId={me.id} />
      </div>
      <div className={classes.main}>
        <PasswordForm email={me.email} />
        <SecondStep email={me.email} />
      </div>
    </div>
  );
}

function Recent({ personId }: { personId: string }) {
  const { profile } = useOfficeText();
  const format = useFormat();
  const list = trpc.audit.list.useQuery({ actor: personId });
  return (
    <section aria-labelledby="profile-recent">
      <h2 id="profile-recent">{profile.recent}</h2>
      <QueryView query={list} skeleton={<SkeletonBlock height={240} />} errorTitle={profile.recentLoad} level={3}>
        {({ entries }) =>
          entries.length === 0 ? (
            <p className={classes.note}>{profile.recentEmpty}</p>
          ) : (
            <>
              <ol className={classes.recent}>
                {entries.slice(0, recentShown).map((entry) => (
                  <JournalEntry key={entry.id} entry={entry} when={format.ago(entry.at)} own />
                ))}
              </ol>
              <Link href={`/admin/journal?actor=${personId}`}>{profile.all}</Link>
            </>
          )
        }
      </QueryView>
    </section>
  );
}
