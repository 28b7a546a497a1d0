import type { ChangePart, ImportChange, QuestionNote } from '../../../transfer.ts';
import { ru } from '../../plural.ts';
import { archiveRefusal, columns, courseProblem, questionsRefusal, rowProblem } from './transfer-problems.ts';

const parts: Record<ChangePart, string> = {
  text: 'текст',
  title: 'название',
  answer: 'правильный ответ или баллы',
  place: 'место',
  date: 'дата открытия',
  window: 'время',
  tasks: 'задания',
  settings: 'настройки',
  files: 'файлы',
  videos: 'видео',
  shown: 'станет видно ученикам',
  hidden: 'станет черновиком',
  draft: 'черновик правки',
  'draft-lost': 'неопубликованная правка уйдёт в историю',
};

const notes: Record<QuestionNote, string> = {
  'partial-dropped': 'Частичные баллы за варианты не переносятся.',
  'blank-kept': 'Пропуск в тексте показан чертой.',
  'feedback-dropped': 'Пояснения к отдельным ответам не переносятся.',
};

const kinds: Record<ImportChange['kind'], string> = { subject: 'Предмет', course: 'Курс', topic: 'Тема', task: 'Задание', exam: 'Экзамен' };

/** Export and import of courses and tasks. */
export const transfer = {
  columns,
  notes,
  courseProblem,
  rowProblem,
  refusal: archiveRefusal,
  questionsRefusal,
  failed: 'Не удалось открыть курс',
  file: {
    sending: (name: string, percent: number) => `${name}: отправлено ${percent} %`,
    progress: 'Отправка файла',
    cancel: 'Отменить',
    checking: 'Проверяем файл',
    long: 'Большой архив проверяется до нескольких минут.',
    failed: 'Не удалось отправить файл. Повторите попытку.',
    gone: 'Файл уже не хранится. Выберите его снова.',
    notChecked: 'Не удалось проверить файл',
  },
  download: {
    title: 'Скачать курс',
    text: 'Архив zip с текстами, заданиями, черновиками и файлами. Его можно править на своём компьютере и загрузить обратно.',
    button: 'Скачать zip',
  },
  replace: {
    title: 'Заменить из архива',
    text: 'Сначала покажем, что изменится. Ответы учеников сохранятся; чего нет в архиве, будет удалено, это можно вернуть. Архив до 500 МБ; больший загружает администратор: npm run course -- import.',
  },
  create: {
    title: 'Курс из архива',
    text: 'Архив zip до 500 МБ, выгруженный из этой или другой школы; больший загружает администратор: npm run course -- import. Сначала покажем, что получится.',
  },
  report: {
    willCreate: (title: string) => `Появится курс «${title}»`,
    willUpdate: (title: string) => `Изменится курс «${title}»`,
    same: 'Архив совпадает с курсом: менять нечего.',
    topics: 'Темы',
    tasks: 'Задания',
    exams: 'Экзамены',
    counts: ({ created, updated, removed, unchanged }: { created: number; updated: number; removed: number; unchanged: number }) =>
      `новых ${created}, изменённых ${updated}, удалённых ${removed}, без изменений ${unchanged}`,
    table: 'Что изменится',
    column: { kind: 'Что', name: 'Название', change: 'Изменение', answers: 'Ответы учеников' },
    kinds,
    change: { created: 'появится', changed: 'изменится', restored: 'вернётся из удалённых', removed: 'будет удалено' },
    parts,
    answers: (n: number) => ru(n, '# ответ', '# ответа', '# ответов'),
    rekeyed: 'Баллы за уже данные ответы не пересчитываются.',
    attempts: (n: number) => `Попытки учеников: ${n}.`,
    removeAnswered: (tasks: number, exams: number) =>
      `Удалить и ${[
        ...(tasks > 0 ? [`${ru(tasks, '# задание, на которое', '# задания, на которые', '# заданий, на которые')} ученики отвечали`] : []),
        ...(exams > 0 ? [`${ru(exams, '# экзамен, который', '# экзамена, которые', '# экзаменов, которые')} ученики начинали`] : []),
      ].join(', и ')}`,
    needTick: 'Без этой отметки загрузить нельзя: ученики потеряют из виду свои ответы.',
    create: 'Создать курс',
    update: 'Изменить курс',
    busy: 'Загружаем',
    changedMeanwhile: 'Пока вы смотрели, курс изменили. Вот что будет теперь.',
    done: (title: string) => `Курс «${title}» загружен`,
    failed: 'Не удалось загрузить курс. Ничего не изменилось.',
  },
  problems: {
    title: (n: number) => `Найдено ${ru(n, '# замечание', '# замечания', '# замечаний')}. Ничего не загружено.`,
    table: 'Замечания по файлам',
    column: { file: 'Файл', line: 'Строка', problem: 'Что исправить' },
    shown: (n: number) => `Показаны первые ${n}.`,
  },
  questions: {
    title: 'Загрузить задания',
    text: 'Из таблицы Excel, файла GIFT или Moodle XML. Задания добавятся в конец темы.',
    help: 'Таблица xlsx до 10 МБ, GIFT (.gift, .txt) до 5 МБ, Moodle XML до 20 МБ.',
    template: 'Шаблон таблицы',
    topic: 'Тема',
    topicOption: (number: number, title: string) => `${number}. ${title}`,
    noTopics: 'В курсе пока нет тем. Добавьте тему на вкладке «Программа».',
    ready: (n: number) => `Готово к загрузке: ${ru(n, '# задание', '# задания', '# заданий')}`,
    bad: (n: number) => `С ошибками: ${ru(n, '# строка', '# строки', '# строк')}. Исправьте таблицу и выберите её снова.`,
    leftOut: (n: number) => `Не переносятся: ${ru(n, '# вопрос', '# вопроса', '# вопросов')}. Остальные можно загрузить.`,
    nothing: 'В файле нет вопросов, которые можно перенести.',
    table: 'Задания файла',
    column: { row: 'Строка', number: 'Вопрос', title: 'Название', state: 'Результат' },
    untitled: 'Без названия',
    fine: 'Подходит',
    onlyBad: 'Только с замечаниями',
    publish: 'Опубликовать сразу',
    publishNote: 'Без отметки задания появятся черновиками.',
    add: (n: number) => `Добавить ${ru(n, '# задание', '# задания', '# заданий')}`,
    busy: 'Добавляем',
    done: (n: number) => `Добавлено: ${ru(n, '# задание', '# задания', '# заданий')}`,
    again: 'Этот файл уже загружен в эту тему. Повторно ничего не добавлено.',
    failed: 'Не удалось добавить задания. Ничего не изменилось.',
  },
};
