import { useFormat } from '#client/lib/i18n.tsx';
import classes from './dashboard.module.css';

/** Numbers in a row, each with its words. */
export function Figures({ figures }: { figures: [value: number, words: string][] }) {
  const format = useFormat();
  return (
    <ul className={classes.figures}>
      {figures.map(([value, words]) => (
        <li key={words}>
          <b>{format.number(value)}</b> <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
