import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useUndo } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import { workLimits } from '#shared/work-limits.ts';
import { inOrder, quoteOf } from './comments.ts';
import type { DeskComment } from './desk-draft.ts';
import classes from './review-work.module.css';

interface DeskCommentsProps {
  text: string;
  comments: DeskComment[];
  idPrefix: string;
  editable: boolean;
  onChange: (comments: DeskComment[]) => void;
}

/** The remarks in the order of the text, each under the place it stands at. */
export function DeskComments({ text, comments, idPrefix, editable, onChange }: DeskCommentsProps) {
  const { reviews } = useOfficeText();
  const undo = useUndo();
  if (comments.length === 0) return null;

  function remove(comment: DeskComment): void {
    const left = comments.filter((one) => one.key !== comment.key);
    onChange(left);
    // An empty one is no loss.
    if (comment.body.trim() !== '') undo({ message: reviews.commentRemoved, undo: async () => onChange(inOrder([...left, comment])) });
  }

  return (
    <section aria-labelledby="work-comments" className={classes.section}>
      <h2 id="work-comments">{reviews.comments}</h2>
      <ol className={classes.comments}>
        {comments.map((comment, index) => (
          <li key={comment.key} id={`${idPrefix}_note-${index + 1}`}>
            <a className={classes.number} href={`#${idPrefix}_place-${index + 1}`} aria-label={reviews.commentOf(index + 1)}>
              {index + 1}
            </a>
            <div className={classes.commentBody}>
              <q className={classes.quote}>{quoteOf(text, comment)}</q>
              {editable ? (
                <textarea
                  id={`comment-${comment.key}`}
                  className={classes.field}
                  rows={2}
                  maxLength={workLimits.comment}
                  value={comment.body}
                  placeholder={reviews.commentPlaceholder}
                  aria-label={reviews.commentOf(index + 1)}
                  onChange={(event) => {
                    const body = event.currentTarget.value;
                    onChange(comments.map((one) => (one.key === comment.key ? { ...one, body } : one)));
                  }}
                />
              ) : (
                <p className={classes.said}>{comment.body}</p>
              )}
            </div>
            {editable && (
              <ActionIcon aria-label={reviews.removeComment(index + 1)} onClick={() => remove(comment)}>
                <IconX {...icon.md} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
