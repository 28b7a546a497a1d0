import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useSearch } from 'wouter';
import { safeNext } from '#client/features/auth/next.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import classes from './office-page.module.css';

/** For whoever came from a student's page to change something: back to that very place. */
export function BackLink() {
  const { edit } = useOfficeText();
  const back = safeNext(useSearch(), window.location.origin);
  if (!back) return null;
  return (
    <Link href={back} className={classes.back}>
      <IconArrowLeft {...icon.sm} />
      {edit.back}
    </Link>
  );
}
