import { ru } from '../../plural.ts';

/** Statistics of a course: its students by its topics, and the tasks that fewest solve. */
export const group = {
  load: 'Не удалось загрузить таблицу',
  count: (n: number) => ru(n, '# ученик', '# ученика', '# учеников'),
  countOver: (n: string) => `больше ${n} учеников`,
  download: 'Скачать Excel',
  downloadNote: 'В таблицу попадут все, кого показывает фильтр. Запись о выгрузке останется в журнале.',
  similar: 'Точных совпадений нет. Похожие имена:',
  search: 'Имя, почта или телефон',
  activity: 'Активность',
  activities: { all: 'Любая активность', week: 'Занимались за 7 дней', idle: 'Не занимались 7 дней' },
  reset: 'Сбросить фильтр',
  nobody: 'По этим условиям никого нет. Сбросьте фильтр.',
  empty: 'На курсе пока никого нет',
  emptyText: 'Ученики появятся здесь, как только откроют тему бесплатного курса или получат курс от вас.',
  emptyAction: 'Открыть курс ученику',
  table: 'Ученики по темам',
  scroll: 'Таблица, её можно листать в стороны',
  column: { name: 'Ученик', tasks: 'Решено', active: 'Последний ответ' },
  topic: (number: number, title: string) => `Тема ${number}. ${title}`,
  locked: 'ещё не открыта',
  topicTasks: (n: number) => ru(n, '# задание', '# задания', '# заданий'),
  cell: (done: string, total: string) => `${done}/${total}`,
  cellNote: (solved: number, of: number, tried: number, firstTry: number) => {
    if (tried === 0) return 'Попыток не было';
    const stuck = tried > solved ? `, пока не получилось ${tried - solved}` : '';
    return `Решено ${solved} из ${of}, с первой попытки ${firstTry}${stuck}`;
  },
  tasksNote: (done: number, total: number) => `Решено ${ru(done, '# задание', '# задания', '# заданий')} из ${total}`,
  never: 'Ответов не было',
  blocked: 'Доступ закрыт',
  legend: {
    title: 'Как читать таблицу',
    cell: 'Число в ячейке: сколько заданий темы решено из всех.',
    shades: {
      none: 'попыток не было',
      tried: 'попытки были, пока ничего не решено',
      some: 'решено до половины',
      most: 'больше половины',
      all: 'все',
    },
    topics: 'Темы',
  },
  noTasks: 'В курсе пока нет опубликованных заданий.',
  hardest: {
    title: 'Самые трудные задания',
    note: 'Сначала те, которые решила наименьшая доля пробовавших. Учтены задания, которые пробовали хотя бы 5 учеников; числа не старше минуты.',
    load: 'Не удалось загрузить трудные задания',
    none: 'Пока сказать нечего',
    noneText: 'Задание появится здесь, когда его попробуют хотя бы 5 учеников и кто-то ответит неверно.',
    column: { task: 'Задание', solved: 'Решили', firstTry: 'С первой попытки', wrong: 'Неверных на ученика' },
    number: (n: number) => `№ ${n}`,
    of: (n: string, all: string) => `${n} из ${all}`,
    answers: 'Ответы',
    answersOf: (title: string) => `Ответы на задание «${title}»`,
  },
};
