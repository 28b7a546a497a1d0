import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import classes from './state-tag.module.css';

/** What is not as it should be with an account; nothing where all is well. */
export function StateTag({ blocked, unverified }: { blocked: boolean; unverified: boolean }) {
  const { list: words } = useOfficeText().students;
  if (blocked) return <span className={`${layout.tag} ${classes.tag} ${classes.blocked}`}>{words.blocked}</span>;
  return unverified ? <span className={`${layout.tag} ${classes.tag} ${classes.unverified}`}>{words.unverified}</span> : null;
}
