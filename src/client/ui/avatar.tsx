import classes from './avatar.module.css';

/** Initials; the name stands beside it or in the label of what it is part of. */
export function Avatar({ firstName, lastName, large }: { firstName: string; lastName: string; large?: boolean }) {
  const initials = [...firstName]
    .slice(0, 1)
    .concat([...lastName].slice(0, 1))
    .join('')
    .toLocaleUpperCase();
  return (
    <span className={large ? `${classes.avatar} ${classes.large}` : classes.avatar} aria-hidden="true">
      {initials}
    </span>
  );
}
