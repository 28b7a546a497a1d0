import { useText } from '#client/lib/i18n.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import classes from './long-answer.module.css';

type Criteria = Extract<AnswerFormatDto, { kind: 'long' }>['criteria'];

/** What a teacher gives points for. */
export function CriteriaList({ criteria, level = 4 }: { criteria: Criteria; level?: 2 | 4 }) {
  const text = useText().tasks.long;
  const Heading = `h${level}` as const;
  return (
    <>
      <Heading className={classes.title}>{text.criteria}</Heading>
      <ul className={classes.criteria}>
        {criteria.map(({ id, html, max }) => (
          <li key={id}>
            <b>{id}</b>
            <Prose html={html} size="inline" line className={classes.criterion} />
            <span className={classes.max}>{text.max(max)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
