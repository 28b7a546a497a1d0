/** The page behind «Отписаться» in a letter; read without signing in. */
export const unsubscribe = {
  title: 'Письма от «Отлично»',
  failed: 'Не удалось открыть страницу',
  /** What the letters are about; `kind` as in the settings, within a sentence. */
  kinds: {
    answer: 'об ответах преподавателей',
    grade: 'о проверке работ и экзаменов',
    topic: 'о новых темах',
    news: 'с новостями школы',
    week: 'с итогами недели',
    question: 'о вопросах учеников',
    payment: 'об оплате',
    alert: 'о платежах, которые нужно проверить',
  },
  ask: (letters: string) => `Больше не присылать письма ${letters}?`,
  askText: 'Остальные письма, сообщения в Telegram и уведомления на сайте останутся.',
  off: 'Отписаться',
  turningOff: 'Отписываем',
  done: (letters: string) => `Письма ${letters} больше не придут`,
  doneText: 'Вернуть их можно здесь или в настройках уведомлений.',
  on: 'Вернуть',
  turningOn: 'Возвращаем',
  back: (letters: string) => `Письма ${letters} будут приходить снова`,
  settings: 'Все настройки уведомлений',
  unknownTitle: 'Ссылка не подошла',
  unknown: 'Возможно, она скопирована не целиком. Откройте её из письма ещё раз или отключите письма в настройках.',
};
