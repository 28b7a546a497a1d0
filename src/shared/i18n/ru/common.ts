import { ru } from '../plural.ts';

/** Shell of every page, and the words that many screens share. */
export const common = {
  school: 'Отлично',
  /** Title of the home page in the tab. */
  schoolTitle: 'Отлично – подготовка к ЕГЭ',
  pageTitle: (page: string) => `${page} – Отлично`,
  skip: 'К содержанию',
  toHome: 'Отлично, на главную',
  nav: {
    label: 'Разделы',
    home: 'Главная',
    courses: 'Курсы',
    mistakes: 'Ошибки',
    /** How many there are today. */
    mistakesDue: (n: number) => `${n} на сегодня`,
    how: 'Как устроена учёба',
    profile: 'Профиль',
    profileOf: (name: string) => `Профиль: ${name}`,
    office: 'Кабинет',
    support: 'Поддержка',
    news: 'Новости',
    notices: 'Уведомления',
    /** Behind the bell, not seen yet. */
    noticesUnseen: (n: number) => ru(n, '# новое', '# новых', '# новых'),
    /** Messages of teachers that have not been read. */
    answersUnread: (n: number) => ru(n, '# новое сообщение', '# новых сообщения', '# новых сообщений'),
    signIn: 'Войти',
    register: 'Зарегистрироваться',
  },
  footer: {
    openSource: 'Работает на Open Source',
    documents: 'Документы',
  },
  loading: {
    now: 'Загружается',
    long: 'Загружается дольше обычного',
    tooLong: 'Сервер не отвечает. Проверьте связь и повторите.',
  },
  error: {
    load: 'Не удалось загрузить страницу',
    noAnswer: 'Сервер не ответил. Всё, что вы сделали раньше, сохранено.',
    offline: {
      network: 'Нет сети. Повторим сами, когда связь вернётся.',
      server: 'Сайт временно не работает. Повторим сами.',
    },
    supportCode: (code: string) => `Код для поддержки: ${code}`,
    retry: 'Повторить',
    rateLimited: (time: string) => `Слишком много попыток. Повторите через ${time}.`,
    noNetwork: 'Нет сети. Проверьте связь и повторите.',
    broken: 'Страница не открылась',
    brokenText: 'Ошибка на нашей стороне, ваши ответы сохранены. Обновите страницу.',
    reload: 'Обновить страницу',
  },
  offline: {
    network: 'Нет сети. Ответы сохраняются здесь и уйдут, когда связь вернётся.',
    server: 'Сайт временно не работает. Ответы сохраняются здесь и уйдут позже.',
    retryIn: (seconds: number) => `Пробуем через ${seconds} с`,
    retrying: 'Пробуем',
    read: 'Что можно прочитать',
  },
  session: {
    title: 'Вход истёк',
    blocked: 'Доступ закрыт',
    text: 'Пришлём новый код, текст на странице останется.',
    textPassword: 'Введите пароль ещё раз, текст на странице останется.',
    sendTo: 'Код придёт на',
    later: 'Не сейчас',
    resume: 'Войти снова',
  },
  count: (done: string, total: string) => `${done} из ${total}`,
  save: 'Сохранить',
  saving: 'Сохраняем',
  saved: 'Сохранено',
  cancel: 'Отмена',
  close: 'Закрыть',
};
