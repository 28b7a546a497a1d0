import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import classes from './programme.module.css';

/** A draft is the only state that is loud; edits that students do not see yet are told quietly. */
export function StateTag({ draft = false, edited = false }: { draft?: boolean; edited?: boolean }) {
  const { state } = useOfficeText().curriculum;
  return (
    <span className={classes.state}>
      {draft && <span className={`${layout.tag} ${classes.draftTag}`}>{state.draft}</span>}
      {!draft && edited && (
        <span className={layout.tag} title={state.editedHint}>
          {state.edited}
        </span>
      )}
    </span>
  );
}
