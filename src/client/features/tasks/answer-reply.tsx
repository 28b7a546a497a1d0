import { IconMessage } from '@tabler/icons-react';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Prose } from '#client/ui/prose.tsx';
import classes from './task-card.module.css';

/** What a teacher says to everybody who gives one and the same wrong answer. */
export function AnswerReply({ title, html }: { title: string; html: string }) {
  return (
    <NoteBox icon={<IconMessage {...icon.md} />} className={classes.hint}>
      <p className={classes.replyTitle}>{title}</p>
      <Prose html={html} size="inline" />
    </NoteBox>
  );
}
