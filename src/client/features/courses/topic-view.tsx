import { useRef } from 'react';
import { Link } from 'wouter';
import { Edit } from '#client/features/office/edit/edit.tsx';
import { FileList } from '#client/features/tasks/file-list.tsx';
import { useSubmissions } from '#client/features/tasks/use-submissions.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { Prose } from '#client/ui/prose.tsx';
import type { TopicDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './topic.module.css';
import { TopicContents } from './topic-contents.tsx';
import { TopicNeighbours } from './topic-neighbours.tsx';
import { TopicTabs } from './topic-tabs.tsx';
import { TopicTasks } from './topic-tasks.tsx';
import { TopicVideo } from './topic-video.tsx';
import { useDrawnInTurn } from './use-drawn-in-turn.ts';

export function TopicView({ topic: read }: { topic: TopicDto }) {
  const topic = useFreshTasks(read);
  const text = useText().courses.topic;
  const format = useFormat();
  const article = useRef<HTMLElement>(null);
  useDrawnInTurn(article, '#theory > *, section[id]');
  // Teachers read it before its time.
  const opened = Date.parse(topic.opensAt) <= serverNow() ? text.opened : text.opens;
  return (
    <div className={classes.grid}>
      <TopicContents topic={topic} />
      <article ref={article} className={classes.article}>
        <p className={classes.crumbs}>
          <Link lang="ru" href={`/courses/${topic.course.slug}`}>
            {setTitle(topic.course.title)}
          </Link>
        </p>
        <h1 lang="ru">{setTitle(topic.title)}</h1>
        <p className={classes.meta}>
          <span>{text.place(topic.number, topic.course.topics)}</span>
          <span>{opened(format.schoolDate(topic.opensAt))}</span>
          {topic.readingMinutes > 0 && <span>{text.reading(topic.readingMinutes)}</span>}
        </p>
        <Edit thing={{ kind: 'topic', course: topic.course.slug, topic: topic.slug, title: topic.title }} />
        <TopicTabs topic={topic} />
        <Prose id="theory" html={topic.theoryHtml} className={classes.theory} />
        {topic.videos.length > 0 && (
          <div id="video" className={classes.videos}>
            {topic.videos.map((video) => (
              <TopicVideo key={video.id} video={video} />
            ))}
          </div>
        )}
        {topic.files.length > 0 && (
          <section aria-labelledby="files" className={classes.files}>
            <h2 id="files">{text.files}</h2>
            <FileList files={topic.files} label={text.files} className={classes.fileList} />
          </section>
        )}
        <TopicTasks topic={topic} />
        <TopicNeighbours topic={topic} />
      </article>
    </div>
  );
}

/** The topic with what the answers given since it was read have changed. */
function useFreshTasks(topic: TopicDto): TopicDto {
  const submissions = useSubmissions();
  submissions.byTask.use();
  return { ...topic, tasks: topic.tasks.map((task) => ({ ...task, state: submissions.stateOf(task.id, task.state) })) };
}
