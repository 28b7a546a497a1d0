/** What one is told, where and when. */
export const settings = {
  title: 'Уведомления',
  failed: 'Не удалось загрузить настройки',
  notSaved: 'Не сохранено',
  emailBlocked: {
    title: (email: string) => `Письма на ${email} не доходят`,
    why: {
      mailbox: 'Почтовый сервер ответил, что такого ящика нет.',
      domain: 'Почтовый сервер этого адреса не принимает писем.',
    },
    student: 'Если почта работает, выйдите и войдите снова с кодом из письма: уведомления опять пойдут. Если адрес сменился, напишите нам.',
    toSupport: 'Написать в поддержку',
    teacher: 'Если почта работает, снимите запрет в кабинете, в разделе «Рассылки».',
    toDelivery: 'Открыть раздел',
  },
  telegram: {
    title: 'Telegram',
    student: 'Ответы преподавателей, новости и итоги недели придут сразу. Отвечать преподавателю можно там же.',
    teacher: 'Вопросы учеников придут сразу. Отвечать на них можно там же.',
    connect: 'Подключить Telegram',
    connecting: 'Готовим ссылку',
    connected: 'Готово, Telegram подключён.',
    open: 'Открыть Telegram',
    step: 'Нажмите в боте «Запустить» и подтвердите подключение.',
    scan: 'Если Telegram на другом устройстве, наведите его камеру на этот код.',
    code: 'QR-код со ссылкой на бота',
    waiting: 'Ждём подтверждения в Telegram',
    holds: (time: string) => `Ссылка действует ещё ${time}`,
    expired: 'Ссылка устарела: она действует 15 минут.',
    again: 'Новая ссылка',
    linked: (date: string) => `Подключён ${date}`,
    bot: (name: string) => `Сообщения присылает бот @${name}.`,
    unlink: 'Отключить',
    unlinking: 'Отключаем',
    unlinked: (mailed: boolean): string =>
      `Telegram отключён${mailed ? ', уведомления придут на почту' : ''}. Чтобы вернуть, подключите его снова.`,
    brokenTitle: 'Telegram не принимает наши сообщения',
    broken: (name: string | null, mailed: boolean) =>
      `Скорее всего, бот ${name ? `@${name} ` : ''}заблокирован. Разблокируйте его в Telegram или подключите заново.${mailed ? ' Пока уведомления приходят на почту.' : ''}`,
    reconnect: 'Подключить заново',
    /** Telegram could not be reached since the school has a bot: its name, which the link needs, is not known. */
    notYet: 'Бот школы пока не отвечает. Подключить Telegram можно будет чуть позже.',
  },
  kinds: {
    title: 'Что и куда присылать',
    kind: 'О чём',
    site: 'На сайте',
    telegram: 'Telegram',
    email: 'Почта',
    state: 'Сохранение',
    /** Name of a control: which of the kinds, and where. */
    control: (kind: string, channel: string) => `${kind}: ${channel}`,
    instead: (telegram: boolean): string =>
      telegram
        ? '«Вместо Telegram» – письмо придёт, если Telegram не подключён, не принял сообщение или выключен для этих уведомлений.'
        : 'Письма приходят сразу или одним письмом в день.',
  },
  names: {
    answer: { name: 'Ответы преподавателей', about: 'В чате задания и в поддержке' },
    grade: { name: 'Проверка', about: 'Проверенные работы, итоги экзаменов, добавленные баллы' },
    topic: { name: 'Новые темы', about: 'Когда в вашем курсе открывается тема' },
    news: { name: 'Новости школы', about: 'Объявления преподавателей' },
    week: { name: 'Итоги недели', about: 'По понедельникам, с вашими цифрами' },
    question: { name: 'Вопросы учеников', about: 'Когда ученик ждёт ответа' },
    payment: { name: 'Оплата', about: 'Платежи, возвраты, списания по подписке' },
    alert: { name: 'Платежи', about: 'Когда с деньгами нужно разобраться человеку' },
  },
  /** Moderators are not written to by broadcasts. */
  newsOfTeacher: { name: 'Новости школы', about: 'Пробные рассылки, которые вы присылаете себе' },
  modes: {
    site: { on: 'Показывать', off: 'Не показывать' },
    telegram: { on: 'Со звуком', silent: 'Без звука', off: 'Не присылать' },
    email: { instead: 'Вместо Telegram', always: 'Всегда', daily: 'Раз в день', off: 'Не присылать' },
    /** Of `instead` and `always` in a school without a bot: both are the same there. */
    emailAtOnce: 'Сразу',
  },
  daily: (time: string) => `«Раз в день» – одно письмо в ${time} обо всём за день.`,
  quiet: {
    title: 'Тихие часы',
    text: 'В это время письма и сообщения в Telegram ждут. На сайте всё видно сразу.',
    on: 'Не беспокоить в тихие часы',
    from: 'С',
    to: 'До',
    /** «по Москве» */
    zone: (zone: string) => `Часы считаются ${zone}.`,
    toZone: 'Сменить часовой пояс',
  },
};
