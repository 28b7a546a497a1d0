/** What a handler of clicks needs of the event. */
interface Click {
  detail: number;
}

/**
 * The second click of a double click, also where the first one has already put another button into its place: whoever clicks twice means it once. By
 * the keyboard `detail` is 0, and what is pressed again there is meant.
 */
export const isSecondClick = ({ detail }: Click): boolean => detail > 1;

/** For buttons that act without asking. */
export const singleClick = (act: () => void) => (event: Click) => {
  if (!isSecondClick(event)) act();
};
