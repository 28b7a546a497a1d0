import type { TopicDto, VideoDto } from '#shared/courses.ts';
import { AppError } from '#shared/errors.ts';
import { videoOf } from '#shared/videos.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { topicFileUrl } from '../files/urls.ts';
import { listTopicTasks } from '../tasks/queries.ts';
import { type GateRow, gateColumns, type OpenTopic, passGate } from './access.ts';
import { readingMinutes, topicIsOpen } from './rules.ts';
import { takeFreeCourse } from './take.ts';
import { fileUrlOf, signedFor, type TopicFileRow, toFileDto, topicFilesColumn } from './topic-files.ts';
import { isShown, topicIsShown } from './visible.ts';

interface NeighbourRow {
  slug: string;
  title: string;
  opensAt: string;
  visited: boolean;
  openedEarly: boolean;
}

interface VideoRow {
  id: string;
  title: string;
  url: string;
  minutes: number | null;
  /** The topic's file that `url` names. */
  file: { id: string; name: string; mime: string; seconds: number | null } | null;
}

interface PageRow extends GateRow {
  slug: string;
  theory: string;
  number: number;
  siblings: NeighbourRow[];
  videos: VideoRow[];
  files: TopicFileRow[];
}

/**
 * Opens a topic for a person: its page, and at the first time the visit (it stays open from now on) and the enrolment in a free course. Hot: two
 * statements when opened before, with the one for the tasks.
 * @throws AppError TOPICS_NOT_FOUND, TOPICS_NOT_OPEN, COURSES_NO_ACCESS
 */
export async function openTopic(app: App, actor: PersonActor, input: { course: string; topic: string }): Promise<TopicDto> {
  const row = await findPage(app, actor, input);
  if (!row) throw new AppError('TOPICS_NOT_FOUND');
  const topic = passGate(app, actor, row);
  if (actor.role === 'student' && !(topic.visited && topic.enrolled)) await keepVisit(app, actor, topic);
  const files = signedFor(app, actor, row.files);
  const tasks = await listTopicTasks(app, actor, topic, files);
  const theory = app.markdown.render(row.theory, { fileUrl: fileUrlOf(files) });
  const neighbour = (number: number) => {
    const found = row.siblings[number - 1];
    return found ? { slug: found.slug, title: found.title, number, opensAt: new Date(found.opensAt), row: found } : null;
  };
  const previous = neighbour(row.number - 1);
  const next = neighbour(row.number + 1);
  return {
    slug: row.slug,
    title: row.topic_title,
    number: row.number,
    course: { slug: row.course_slug, title: row.course_title, topics: row.siblings.length },
    opensAt: row.opens_at.toISOString(),
    theoryHtml: theory.html,
    headings: theory.headings,
    readingMinutes: readingMinutes(theory.words),
    videos: row.videos.flatMap((video) => toVideoDto(app, actor, video) ?? []),
    files: [...files.values()].filter((file) => file.listedAt !== null).map(toFileDto),
    tasks,
    previous: previous ? { slug: previous.slug, title: previous.title, number: previous.number } : null,
    next: next
      ? {
          slug: next.slug,
          title: next.title,
          number: next.number,
          opensAt: next.opensAt.toISOString(),
          open: topicIsOpen(
            { opensAt: next.opensAt, visited: next.row.visited, openedEarly: next.row.openedEarly, role: actor.role },
            app.clock.now(),
          ),
        }
      : null,
  };
}

/** Null for one that nothing can play: its file is not there, or is no video. */
function toVideoDto(app: App, actor: PersonActor, { id, title, url, minutes, file }: VideoRow): VideoDto | null {
  if (file?.mime.startsWith('video/')) {
    return {
      kind: 'own',
      id,
      title,
      minutes,
      fileId: file.id,
      url: topicFileUrl(app, actor, file),
      mime: file.mime,
      position: file.seconds ?? 0,
    };
  }
  const video = videoOf(url);
  return video && { kind: 'embed', id, title, minutes, ...video };
}

async function findPage(app: App, actor: PersonActor, input: { course: string; topic: string }): Promise<PageRow | undefined> {
  const { rows } = await app.pool.query<PageRow>({
    name: 'topic-page',
    text: `SELECT t.slug, t.theory, ${gateColumns},
        (SELECT count(*)::int FROM topic n WHERE n.course_id = c.id AND ${isShown('n')} AND (n.position, n.id) <= (t.position, t.id)) AS number,
        (SELECT json_agg(json_build_object('slug', n.slug, 'title', n.title, 'opensAt', n.opens_at,
            'visited', EXISTS (SELECT 1 FROM topic_visit v WHERE v.person_id = $1 AND v.topic_id = n.id),
            'openedEarly', EXISTS (SELECT 1 FROM topic_opening o WHERE o.person_id = $1 AND o.topic_id = n.id)) ORDER BY n.position, n.id)
          FROM topic n WHERE n.course_id = c.id AND ${isShown('n')}) AS siblings,
        (SELECT coalesce(json_agg(json_build_object('id', v.id, 'title', v.title, 'url', v.url, 'minutes', v.minutes,
            'file', (SELECT json_build_object('id', f.id, 'name', f.name, 'mime', f.mime,
                'seconds', (SELECT p.seconds FROM video_position p WHERE p.person_id = $1 AND p.file_id = f.id))
              FROM topic_file f WHERE f.topic_id = t.id AND v.url = 'files/' || f.name)) ORDER BY v.position, v.id), '[]')
          FROM topic_video v WHERE v.topic_id = t.id) AS videos,
        ${topicFilesColumn}
      FROM topic t JOIN course c ON c.id = t.course_id
      WHERE c.slug = $2 AND t.slug = $3 AND ${topicIsShown}`,
    values: [actor.id, input.course, input.topic],
  });
  return rows[0];
}

async function keepVisit(app: App, actor: PersonActor, topic: OpenTopic): Promise<void> {
  await app.pool.query({
    name: 'topic-visit',
    text: `WITH enrolled AS (${takeFreeCourse({ person: '$1::uuid', course: '$3::uuid', now: '$4::timestamptz' })})
      INSERT INTO topic_visit (person_id, topic_id, first_opened_at) VALUES ($1, $2, $4) ON CONFLICT DO NOTHING`,
    values: [actor.id, topic.id, topic.courseId, app.clock.now()],
  });
}
