/**
 * A first name as messages and letters say it. A name may have full stops, and Telegram, mail programs and Markdown make a link of «school.example.ru»:
 * in a question of the school's own bot that would be anybody's advertisement.
 */
export function nameInText(firstName: string): string {
  return firstName.replace(/\.(?=\p{L})/gu, '. ');
}
