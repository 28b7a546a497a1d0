import { ru } from '../../plural.ts';

/** The moderators' table of registrations. */
export const registry = {
  title: 'Регистрации',
  count: (n: number) => ru(n, '# ученик', '# ученика', '# учеников'),
  download: 'Скачать Excel',
  fileWritten: (when: string, rows: number) => `Файл записан ${when}, в нём ${ru(rows, '# строка', '# строки', '# строк')}`,
  fileBehind: 'Новые строки допишутся через несколько секунд.',
  noFile: 'Файл появится после первой регистрации.',
  load: 'Не удалось загрузить регистрации',
  empty: 'Регистраций пока нет',
  emptyText: 'Ученики появятся здесь и в таблице Excel сразу после регистрации.',
  emptyAction: 'Открыть страницу регистрации',
  table: 'Зарегистрированные ученики, новые сверху',
  column: {
    registered: 'Когда',
    name: 'Фамилия и имя',
    email: 'Почта',
    phone: 'Телефон',
    verified: 'Вход',
  },
  verified: 'Почта подтверждена',
  notVerified: 'Ещё не входили',
  noPhone: 'без телефона',
  pages: 'Страницы',
  page: (n: string, of: string) => `Страница ${n} из ${of}`,
  before: 'Новее',
  after: 'Раньше',
};
