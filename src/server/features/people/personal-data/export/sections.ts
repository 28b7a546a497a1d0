/**
 * What is stored about a person, kind by kind: one JSON file and one sheet each. The test that walks the database fails on a table that names a
 * person and stands neither here nor in `notExported`. Of others there is nothing but the names of teachers who wrote to this person.
 * Long, and alike from section to section: it is a table, read from top to bottom.
 */
export interface Section {
  /** Of the file in the archive. */
  file: string;
  /** Of the sheet. */
  title: string;
  /** Tables whose rows it tells. */
  tables: readonly string[];
  /** The column by which pages follow each other, and what it is. */
  key: { column: string; type: 'bigint' | 'text' };
  columns: readonly { name: string; title: string; sql: string }[];
  /** Behind FROM; `$1` is the person. */
  from: string;
}

const col = (name: string, title: string, sql: string) => ({ name, title, sql });
const text = (column: string) => ({ column, type: 'text' as const });
const number = (column: string) => ({ column, type: 'bigint' as const });
const taskOf = 'JOIN task k ON k.id = x.task_id';
const task = col('task', 'Задание', 'k.title');

export const sections: readonly Section[] = [
  {
    file: 'profile',
    title: 'Профиль',
    tables: ['person'],
    key: text('x.id::text'),
    columns: [
      col('email', 'Почта', 'x.email'),
      col('lastName', 'Фамилия', 'x.last_name'),
      col('firstName', 'Имя', 'x.first_name'),
      col('phone', 'Телефон', 'x.phone'),
      col('timeZone', 'Часовой пояс', 'x.time_zone'),
      col('language', 'Язык', 'x.locale'),
      col('source', 'Откуда регистрация', 'x.source'),
      col('registeredAt', 'Регистрация', 'x.registered_at'),
      col('emailVerifiedAt', 'Почта подтверждена', 'x.email_verified_at'),
      col('lastActiveAt', 'Последний ответ', 'x.last_active_at'),
      col('closedAt', 'Аккаунт закрыт', 'x.blocked_at'),
      col('eraseAt', 'Будет стёрт', 'x.erase_at'),
    ],
    from: 'person x WHERE x.id = $1',
  },
  {
    file: 'consents',
    title: 'Согласия',
    tables: ['consent'],
    key: text('x.id::text'),
    columns: [
      col('document', 'Документ', 'x.document'),
      col('edition', 'Редакция', 'x.version'),
      col('agreedAt', 'Когда', 'x.agreed_at'),
      col('ip', 'IP-адрес', 'x.ip'),
    ],
    from: 'consent x WHERE x.person_id = $1',
  },
  {
    file: 'sessions',
    title: 'Входы',
    tables: ['session'],
    key: text('x.id'),
    columns: [
      col('signedInAt', 'Вход', 'x.created_at'),
      col('lastSeenAt', 'Активность', 'x.last_seen_at'),
      col('expiresAt', 'Действует до', 'x.expires_at'),
      col('browser', 'Браузер', 'x.user_agent'),
      col('ip', 'IP-адрес', 'x.ip'),
    ],
    from: 'session x WHERE x.person_id = $1',
  },
  {
    file: 'login-codes',
    title: 'Запросы кодов',
    tables: ['login_code'],
    key: text('x.id::text'),
    columns: [
      col('email', 'Почта', 'x.email'),
      col('askedAt', 'Когда', 'x.created_at'),
      col('expiresAt', 'Действовал до', 'x.expires_at'),
      col('usedAt', 'Использован', 'x.used_at'),
      col('form', 'Форма регистрации', 'x.pending'),
    ],
    from: 'login_code x WHERE x.person_id = $1',
  },
  {
    file: 'courses',
    title: 'Курсы',
    tables: ['enrolment'],
    key: text('x.course_id::text'),
    columns: [
      col('course', 'Курс', 'c.title'),
      col('since', 'С какого времени', 'x.enrolled_at'),
      col('how', 'Как получен', 'x.how'),
      col('until', 'До', 'x.ends_at'),
    ],
    from: 'enrolment x JOIN course c ON c.id = x.course_id WHERE x.person_id = $1',
  },
  {
    file: 'topics',
    title: 'Темы',
    tables: ['topic_visit', 'topic_opening'],
    key: text('x.id'),
    columns: [
      col('course', 'Курс', 'c.title'),
      col('topic', 'Тема', 't.title'),
      col('openedAt', 'Открыта впервые', 'x.visited_at'),
      col('openedEarlyAt', 'Открыта раньше срока', 'x.early_at'),
    ],
    from: `(SELECT coalesce(v.topic_id, o.topic_id)::text AS id, coalesce(v.topic_id, o.topic_id) AS topic_id, v.first_opened_at AS visited_at, o.opened_at AS early_at
        FROM (SELECT * FROM topic_visit WHERE person_id = $1) v FULL JOIN (SELECT * FROM topic_opening WHERE person_id = $1) o USING (topic_id)) x
      JOIN topic t ON t.id = x.topic_id JOIN course c ON c.id = t.course_id WHERE true`,
  },
  {
    file: 'answers',
    title: 'Ответы',
    tables: ['submission'],
    key: number('x.id'),
    columns: [
      task,
      col('given', 'Как введено', 'x.given'),
      col('understood', 'Как понято', 'x.understood'),
      col('verdict', 'Проверка', 'x.verdict::text'),
      col('points', 'Баллы', 'x.points'),
      col('at', 'Когда', 'x.created_at'),
      col('day', 'День', 'x.local_on::text'),
    ],
    from: `submission x ${taskOf} WHERE x.person_id = $1`,
  },
  {
    file: 'mistakes',
    title: 'Повторение ошибок',
    tables: ['mistake_answer'],
    key: number('x.id'),
    columns: [
      task,
      col('given', 'Как введено', 'x.given'),
      col('understood', 'Как понято', 'x.understood'),
      col('verdict', 'Проверка', 'x.verdict::text'),
      col('at', 'Когда', 'x.created_at'),
      col('day', 'День', 'x.local_on::text'),
    ],
    from: `mistake_answer x ${taskOf} WHERE x.person_id = $1`,
  },
  {
    file: 'progress',
    title: 'Успехи',
    tables: ['task_progress', 'work_extra'],
    key: text('x.task_id::text'),
    columns: [
      task,
      col('wrong', 'Неверных ответов', 'x.wrong_count'),
      col('points', 'Лучшие баллы', 'x.best_points'),
      col('solvedAt', 'Решено', 'x.solved_at'),
      col('lastAt', 'Последний ответ', 'x.last_at'),
      col('extraWorks', 'Разрешено сдать ещё', 'x.extra'),
    ],
    from: `(SELECT task_id, p.wrong_count, p.best_points, p.solved_at, p.last_at, w.count AS extra FROM (SELECT * FROM task_progress WHERE person_id = $1) p
        FULL JOIN (SELECT * FROM work_extra WHERE person_id = $1) w USING (task_id)) x ${taskOf} WHERE true`,
  },
  {
    file: 'regraded',
    title: 'Исправленные ключи',
    tables: ['key_fix_gain'],
    key: text('x.key_fix_id::text'),
    columns: [
      task,
      col('before', 'Баллы до', 'x.before'),
      col('after', 'Баллы после', 'x.after'),
      col('at', 'Когда', 'f.at'),
      col('seenAt', 'Прочитано', 'x.seen_at'),
    ],
    from: `key_fix_gain x JOIN key_fix f ON f.id = x.key_fix_id ${taskOf} WHERE x.person_id = $1`,
  },
  {
    file: 'exams',
    title: 'Экзамены',
    tables: ['exam_attempt'],
    key: text('x.id::text'),
    columns: [
      col('exam', 'Экзамен', 'e.title'),
      col('attempt', 'Попытка', 'x.number'),
      col('startedAt', 'Начало', 'x.started_at'),
      col('deadlineAt', 'Срок', 'x.deadline_at'),
      col('finishedAt', 'Конец', 'x.finished_at'),
      col('finishedBy', 'Кто закончил', 'x.finished_by::text'),
      col('releasedAt', 'Разбор открыт', 'x.released_at'),
    ],
    from: 'exam_attempt x JOIN exam e ON e.id = x.exam_id WHERE x.person_id = $1',
  },
  {
    file: 'exam-answers',
    title: 'Ответы на экзаменах',
    tables: ['exam_answer'],
    key: text("x.attempt_id::text || ' ' || x.task_id::text"),
    columns: [
      col('exam', 'Экзамен', 'e.title'),
      col('attempt', 'Попытка', 'a.number'),
      task,
      col('given', 'Как введено', 'x.given'),
      col('savedAt', 'Сохранено', 'x.saved_at'),
      col('later', 'Вернуться позже', 'x.flagged'),
      // As the student sees it: results stand when the attempt is over, what is right when the review is open.
      col('verdict', 'Проверка', 'CASE WHEN a.released_at IS NOT NULL THEN x.verdict::text END'),
      col('points', 'Баллы', 'CASE WHEN a.released_at IS NOT NULL THEN x.points END'),
    ],
    from: `exam_answer x JOIN exam_attempt a ON a.id = x.attempt_id JOIN exam e ON e.id = a.exam_id ${taskOf} WHERE a.person_id = $1`,
  },
  {
    file: 'exam-extras',
    title: 'Добавки к экзаменам',
    tables: ['exam_extra'],
    key: text('x.exam_id::text'),
    columns: [col('exam', 'Экзамен', 'e.title'), col('minutes', 'Минут', 'x.minutes'), col('attempts', 'Попыток', 'x.attempts')],
    from: 'exam_extra x JOIN exam e ON e.id = x.exam_id WHERE x.person_id = $1',
  },
  {
    file: 'works',
    title: 'Работы',
    tables: ['work', 'work_comment'],
    key: text('x.id::text'),
    columns: [
      task,
      col('round', 'Раз', 'x.round'),
      col('text', 'Текст', 'x.text'),
      col('state', 'Состояние', 'x.state::text'),
      col('handedInAt', 'Сдана', 'x.handed_in_at'),
      col('decidedAt', 'Проверена', 'x.decided_at'),
      col('points', 'Баллы', 'x.points'),
      col('scores', 'По критериям', 'x.scores'),
      col('remark', 'Отзыв', 'x.remark'),
      col(
        'comments',
        'Замечания',
        `(SELECT json_agg(json_build_object('start', c.start, 'end', c."end", 'text', c.body) ORDER BY c.start, c.id) FROM work_comment c WHERE c.work_id = x.id)`,
      ),
      col('seenAt', 'Прочитана', 'x.seen_at'),
    ],
    from: `work x ${taskOf} WHERE x.person_id = $1`,
  },
  {
    file: 'messages',
    title: 'Сообщения',
    tables: ['chat_thread', 'chat_message'],
    key: text("x.thread_id::text || to_char(x.seq, '0000000000')"),
    columns: [
      col('thread', 'Чат', "coalesce(k.title, 'Поддержка')"),
      col('from', 'Кто', "CASE WHEN x.by_teacher THEN coalesce(p.first_name || ' ' || p.last_name, 'Преподаватель') ELSE 'Вы' END"),
      col('text', 'Текст', 'CASE WHEN x.deleted_at IS NULL OR NOT x.by_teacher THEN x.body END'),
      col('at', 'Когда', 'x.created_at'),
      col('editedAt', 'Исправлено', 'x.edited_at'),
      col('deletedAt', 'Удалено', 'x.deleted_at'),
      col(
        'formerTexts',
        'Прежние тексты',
        `CASE WHEN NOT x.by_teacher THEN (SELECT json_agg(v.body ORDER BY v.number) FROM chat_message_version v WHERE v.thread_id = x.thread_id AND v.seq = x.seq) END`,
      ),
      col(
        'files',
        'Файлы',
        '(SELECT json_agg(f.name ORDER BY f.position) FROM chat_file f WHERE f.thread_id = x.thread_id AND f.seq = x.seq)',
      ),
    ],
    from: `chat_message x JOIN chat_thread h ON h.id = x.thread_id LEFT JOIN task k ON k.id = h.task_id
      LEFT JOIN person p ON p.id = x.author_id AND p.role = 'moderator' WHERE h.student_id = $1`,
  },
  {
    file: 'read-marks',
    title: 'Прочитано в чатах',
    tables: ['chat_reader'],
    key: text('x.thread_id::text'),
    columns: [
      col('thread', 'Чат', "coalesce(k.title, 'Поддержка')"),
      col('messages', 'Сообщений прочитано', 'x.read_seq'),
      col('at', 'Когда', 'x.read_at'),
    ],
    from: 'chat_reader x JOIN chat_thread h ON h.id = x.thread_id LEFT JOIN task k ON k.id = h.task_id WHERE x.person_id = $1 AND h.student_id = $1',
  },
  {
    file: 'notices',
    title: 'Уведомления',
    tables: ['delivery', 'news_recipient'],
    key: number('x.id'),
    columns: [
      col('kind', 'О чём', 'n.kind'),
      col('news', 'Новость', 'w.title'),
      col('channel', 'Как', 'x.channel::text'),
      col('state', 'Состояние', 'x.state::text'),
      col('reason', 'Почему', 'x.reason'),
      col('createdAt', 'Создано', 'n.created_at'),
      col('sentAt', 'Отправлено', 'x.sent_at'),
      col('seenAt', 'Прочитано', 'x.seen_at'),
    ],
    from: `delivery x JOIN notice n ON n.id = x.notice_id LEFT JOIN news_post w ON n.kind = 'news' AND w.id::text = n.data->>'postId' WHERE x.person_id = $1`,
  },
  {
    file: 'settings',
    title: 'Настройки',
    tables: ['notice_setting', 'quiet_hours'],
    key: text('x.what'),
    columns: [col('what', 'Что', 'x.what'), col('value', 'Значение', 'x.value')],
    from: `(SELECT 'notice ' || kind || ' ' || channel AS what, mode AS value FROM notice_setting WHERE person_id = $1
      UNION ALL SELECT 'quiet hours', to_char(make_interval(mins => from_min), 'HH24:MI') || '–' || to_char(make_interval(mins => to_min), 'HH24:MI')
        FROM quiet_hours WHERE person_id = $1) x WHERE true`,
  },
  {
    file: 'telegram',
    title: 'Telegram',
    tables: ['telegram_link', 'telegram_link_token'],
    key: text('x.id'),
    columns: [
      col('what', 'Что', 'x.what'),
      col('telegramId', 'Номер в Telegram', 'x.telegram_id'),
      col('at', 'Когда', 'x.at'),
      col('endedAt', 'Конец', 'x.ended_at'),
    ],
    from: `(SELECT 'link' AS id, 'связь' AS what, telegram_id::text, linked_at AS at, broken_at AS ended_at FROM telegram_link WHERE person_id = $1
      UNION ALL SELECT hash, 'приглашение', telegram_id::text, created_at, coalesce(used_at, expires_at) FROM telegram_link_token WHERE person_id = $1) x WHERE true`,
  },
  {
    file: 'videos',
    title: 'Видео',
    tables: ['video_position'],
    key: text('x.file_id::text'),
    columns: [
      col('video', 'Видео', 'coalesce(f.title, f.name)'),
      col('seconds', 'Секунда', 'x.seconds'),
      col('at', 'Когда', 'x.updated_at'),
    ],
    from: 'video_position x JOIN topic_file f ON f.id = x.file_id WHERE x.person_id = $1',
  },
  {
    file: 'uploads',
    title: 'Загрузки',
    tables: ['upload'],
    key: text('x.id::text'),
    columns: [
      col('name', 'Файл', 'x.name'),
      col('size', 'Байт', 'x.size'),
      col('state', 'Состояние', 'x.state::text'),
      col('at', 'Когда', 'x.created_at'),
    ],
    from: 'upload x WHERE x.person_id = $1',
  },
  {
    file: 'payments',
    title: 'Платежи',
    tables: ['payment_order', 'payment_attempt'],
    key: text("to_char(o.number, '0000000000') || x.id::text"),
    columns: [
      col('order', 'Заказ', 'o.number'),
      col('what', 'Что', 'o.title'),
      col('email', 'Почта для чека', 'o.email'),
      col('state', 'Состояние', 'x.state::text'),
      col('amountMinor', 'Сумма, коп.', 'x.amount_minor'),
      col('refundedMinor', 'Возвращено, коп.', 'x.refunded_minor'),
      col('currency', 'Валюта', 'x.currency'),
      col('provider', 'Через кого', 'x.provider'),
      col('paidWith', 'Чем', 'x.paid_with'),
      col('receipt', 'Чек', 'x.receipt_url'),
      col('createdAt', 'Создан', 'x.created_at'),
      col('paidAt', 'Оплачен', 'o.paid_at'),
    ],
    from: 'payment_attempt x JOIN payment_order o ON o.id = x.order_id WHERE o.person_id = $1',
  },
  {
    file: 'access',
    title: 'Права и подписки',
    tables: ['entitlement', 'subscription', 'payment_method'],
    key: text('x.id'),
    columns: [
      col('what', 'Что', 'x.what'),
      col('name', 'Название', 'x.name'),
      col('state', 'Состояние', 'x.state'),
      col('from', 'С', 'x.from_at'),
      col('until', 'До', 'x.until_at'),
    ],
    from: `(SELECT e.id::text, 'право' AS what, c.title AS name, CASE WHEN e.ended_at IS NULL THEN 'действует' ELSE 'прекращено' END AS state, e.from_at, e.until_at
        FROM entitlement e LEFT JOIN course c ON c.id = e.course_id WHERE e.person_id = $1
      UNION ALL SELECT s.id::text, 'подписка', c.title, s.state::text, s.created_at, s.paid_until FROM subscription s LEFT JOIN course c ON c.id = s.course_id
        WHERE s.person_id = $1
      UNION ALL SELECT m.id::text, 'карта', m.mask, CASE WHEN m.forgotten_at IS NULL THEN 'сохранена' ELSE 'забыта' END, m.created_at, m.forgotten_at
        FROM payment_method m WHERE m.person_id = $1) x WHERE true`,
  },
  {
    file: 'help-votes',
    title: 'Отзывы о статьях',
    tables: ['faq_vote'],
    key: text('x.article_id::text'),
    columns: [col('article', 'Статья', 'f.title'), col('helped', 'Помогла', 'x.helped'), col('at', 'Когда', 'x.at')],
    from: 'faq_vote x JOIN faq_article f ON f.id = x.article_id WHERE x.voter = $1::uuid::text',
  },
  {
    file: 'journal',
    title: 'Журнал',
    tables: ['audit_entry'],
    key: number('x.id'),
    columns: [
      col('at', 'Когда', 'x.at'),
      col('deed', 'Действие', 'x.action'),
      col('who', 'Кто', "CASE WHEN x.actor = $1::uuid::text THEN 'вы' ELSE 'школа' END"),
      col('before', 'Было', 'CASE WHEN x.subject = $1::uuid::text THEN x.before END'),
      col('after', 'Стало', 'CASE WHEN x.subject = $1::uuid::text THEN x.after END'),
    ],
    from: 'audit_entry x WHERE x.actor = $1::uuid::text OR x.subject = $1::uuid::text',
  },
  {
    file: 'blocked-mail',
    title: 'Почта не принимает',
    tables: ['mail_block'],
    key: text('x.email'),
    columns: [col('email', 'Почта', 'x.email'), col('reason', 'Почему', 'x.reason'), col('at', 'Когда', 'x.blocked_at')],
    from: 'mail_block x JOIN person p ON p.email = x.email WHERE p.id = $1',
  },
];

/** Tables with a foreign key to a person that are in no section, with the reason. */
export const notExported: Readonly<Record<string, string>> = {
  chat_answer: 'how long teachers took to answer: about the teacher; the answers themselves are in the messages',
  news_post: 'written by moderators',
  second_step: 'of moderators, and a secret',
};

/** The person's own files: where each lies in the archive, and in the store. `$1` is the person, `$2` and `$3` the page. */
export const ownFiles = `SELECT * FROM (
    SELECT 'Работы/' || k.slug || '-' || w.round || '/' AS folder, f.name, f.storage_key AS key, 'w' || f.id AS place
      FROM work_file f JOIN work w ON w.id = f.work_id JOIN task k ON k.id = w.task_id WHERE w.person_id = $1
    UNION ALL SELECT 'Экзамены/' || e.slug || '-' || a.number || '/', f.name, f.storage_key, 'e' || f.id
      FROM exam_answer_file f JOIN exam_attempt a ON a.id = f.attempt_id JOIN exam e ON e.id = a.exam_id WHERE a.person_id = $1
    UNION ALL SELECT 'Чат/' || coalesce(k.slug, 'podderzhka') || '/', f.name, f.storage_key, 'm' || f.id
      FROM chat_file f JOIN chat_thread h ON h.id = f.thread_id JOIN chat_message m ON m.thread_id = f.thread_id AND m.seq = f.seq
        LEFT JOIN task k ON k.id = h.task_id WHERE h.student_id = $1 AND NOT m.by_teacher
  ) files WHERE place > $2 ORDER BY place LIMIT $3`;
