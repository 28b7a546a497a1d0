import type { QuestionColumn } from '#shared/transfer.ts';

/** One task of every kind, as rows of the table. */
export const templateExamples: { [column in QuestionColumn]?: string }[] = [
  {
    title: 'Корень уравнения',
    kind: 'число',
    key: '12,5',
    points: '1',
    number: '6',
    statement: 'Найдите корень уравнения $\\sqrt{2x}=5$.',
    hint: 'Возведите обе части в квадрат.',
    solution: '$2x=25$, $x=12{,}5$.',
    source: 'Авторское задание',
  },
  { title: 'Предлог', kind: 'слово', key: 'вследствие; ввиду', statement: 'Выпишите производный предлог со значением причины.' },
  { title: 'Столица', kind: 'один вариант', key: '2', statement: 'Выберите столицу Франции.', options: '1) Лион\n2) Париж\n3) Ницца' },
  {
    title: 'Простые числа',
    kind: 'несколько вариантов',
    key: '1, 3',
    points: '2',
    statement: 'Выберите все простые числа.',
    options: '1) 17\n2) 21\n3) 29\n4) 51',
    more: 'partial: ege',
  },
  { title: 'Порядок событий', kind: 'последовательность', key: '3124', points: '2', statement: 'Запишите номера событий по порядку.' },
  { title: 'Верные утверждения', kind: 'набор', key: '135', points: '2', statement: 'Запишите номера верных утверждений в любом порядке.' },
  { title: 'Пары чисел', kind: 'таблица', key: '18 57\n20 63', statement: 'Запишите две пары чисел, каждую в своей строке.' },
  {
    title: 'Сочинение',
    kind: 'развёрнутый ответ',
    statement: 'Напишите рассуждение о пользе доказательств.',
    options: '1 – Тезис сформулирован\n2 – Приведены два примера',
  },
];
