import { ru } from '../plural.ts';

const talk = {
  files: (n: number) => ru(n, '# файл – на сайте', '# файла – на сайте', '# файлов – на сайте'),
  earlier: (n: number) =>
    ru(n, 'Ещё # сообщение раньше – на сайте', 'Ещё # сообщения раньше – на сайте', 'Ещё # сообщений раньше – на сайте'),
};

/** What notices say, in Telegram, in letters and behind the bell. */
export const notice = {
  letter: {
    /** In the footer of a letter. */
    why: {
      news: 'Это письмо пришло, потому что вы получаете новости школы.',
      answer: 'Это письмо пришло, потому что вам ответил преподаватель.',
      topic: 'Это письмо пришло, потому что в вашем курсе открылась тема.',
      grade: 'Это письмо пришло, потому что у вас новые баллы или замечания.',
      week: 'Это письмо приходит по понедельникам с итогами недели.',
      question: 'Это письмо пришло, потому что ученик ждёт ответа.',
    },
    daily: (n: number) => `За день: ${ru(n, '# уведомление', '# уведомления', '# уведомлений')}`,
    whyDaily: 'Это письмо приходит вечером и собирает уведомления за день.',
  },
  news: { read: 'Читать на сайте', test: 'Проба: так рассылку увидят ученики' },
  topic: {
    title: (topic: string) => `Открыта тема «${topic}»`,
    text: (course: string, tasks: number) =>
      tasks > 0 ? `Курс «${course}». В теме ${ru(tasks, '# задание', '# задания', '# заданий')}.` : `Курс «${course}».`,
    open: 'Открыть тему',
  },
  week: {
    title: (tasks: number, days: number) =>
      days > 1
        ? `Ваша неделя: ${ru(tasks, '# задание', '# задания', '# заданий')} и ${ru(days, '# день', '# дня', '# дней')} подряд`
        : `Ваша неделя: ${ru(tasks, '# задание', '# задания', '# заданий')}`,
    titleNothing: 'Новая неделя',
    bell: (tasks: number) => `Итоги недели: ${ru(tasks, '# задание', '# задания', '# заданий')}`,
    solved: (dates: string, tasks: number, percent: number) =>
      `За неделю, ${dates}: ${ru(tasks, 'решено # задание', 'решено # задания', 'решено # заданий')}, с первой попытки верно ${percent} %.`,
    streak: (now: number, best: number) =>
      now > 0 ? `Подряд: ${ru(now, '# день', '# дня', '# дней')}, лучшая серия – ${best}.` : 'Серия начинается сегодня.',
    nothing: (dates: string) => `На прошлой неделе, ${dates}, решённых заданий нет. Серия начинается сегодня.`,
    gap: (target: number, points: number) =>
      `До ${target} не хватает ${ru(points, '# первичного балла', '# первичных баллов', '# первичных баллов')}.`,
    reached: (target: number) => `По прогнозу вы набираете ${target} и больше.`,
    ofCourse: (course: string, said: string) => `${course}. ${said}`,
    open: 'Вся статистика',
    goOn: 'Продолжить',
    pictureTitle: 'Ваша неделя',
  },
  grade: {
    accepted: (points: number, of: number) => `Работа проверена: ${ru(points, '# балл', '# балла', '# баллов')} из ${of}`,
    returned: 'Работа возвращена на доработку',
    work: (task: string, topic: string) =>
      `Преподаватель проверил вашу работу по заданию «${task}» (тема «${topic}»). Баллы по критериям и замечания – на сайте.`,
    returnedWork: (task: string, topic: string) =>
      `Преподаватель посмотрел вашу работу по заданию «${task}» (тема «${topic}») и просит её доработать. Замечания и место для новой работы – на сайте.`,
    examWork: (exam: string, task: string) => `Преподаватель проверил ваш развёрнутый ответ в экзамене «${exam}», задание «${task}».`,
    toWork: 'Посмотреть замечания',
    toResult: 'Посмотреть результат',
    gained: (points: number) => `Мы исправили ключ: у вас на ${ru(points, '# балл', '# балла', '# баллов')} больше`,
    keyFix: (task: string, before: number, after: number) =>
      `В задании «${task}» был неверный ключ. Мы исправили его и проверили ответы заново.\n\nБыло: ${ru(before, '# балл', '# балла', '# баллов')}. Стало: ${ru(after, '# балл', '# балла', '# баллов')}.`,
    toTask: 'К заданию',
    results: (exam: string) => `Результаты экзамена «${exam}»`,
    resultsText: 'Открыты баллы, верные ответы и решения.',
  },
  answer: {
    ...talk,
    title: (task: number, topic: string) => `Ответ преподавателя: задание ${task}, ${topic}`,
    titleSupport: 'Ответ преподавателя',
    toTask: 'К заданию',
    toChat: 'Открыть чат',
    reply: 'Ответьте на это сообщение, и текст попадёт в чат.',
  },
  question: {
    ...talk,
    title: (task: number, topic: string) => `Вопрос: задание ${task}, ${topic}`,
    titleSupport: 'Вопрос в поддержку',
    from: (student: string) => `Пишет ученик, имя: ${student}.`,
    line: (student: string, text: string) => (text ? `${student}: ${text}` : student),
    toInbox: 'Открыть во «Входящих»',
    reply: 'Ответьте на это сообщение, и ученик увидит ответ в чате.',
  },
};
