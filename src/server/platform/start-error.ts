/** Why the program cannot start, in words for the person who started it: printed as one line, without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}
