/** The one socket of a tab: where it is, how it is closed, what it may. Apart from the schemas, so that a page need not load what reads them. */

/** Where the socket is opened, with the session's cookie and from a page of our own. */
export const livePath = '/live';

/** Codes with which the server closes a socket (4000 … 4999 are ours). Any other end, none at all included, means: come again, after a while. */
export const liveClose = {
  /** No session, or it has ended: signing in comes first. */
  session: 4401,
  /** A moderator has closed the account. */
  blocked: 4403,
  /** Too many sockets of one person, or too many messages on one: come again after a minute. */
  flood: 4429,
  /** The server stops; another one, or this one in a moment, takes over: come again at once. */
  stopping: 4503,
} as const;

/** Limits of one socket. What is beyond them is refused with LIVE_TOO_MANY (subscriptions) or closes it (`liveClose.flood`). */
export const liveLimits = {
  /** Subscriptions at a time. */
  subscriptions: 40,
  /** Sockets of one person in one process. */
  sockets: 30,
  /** Sockets of one address (of IPv6 its network) of which it is not known yet whose they are; more are answered 429. */
  unknown: 500,
  /** Bytes of one message of the browser. */
  messageBytes: 16_384,
  /** Messages of the browser within ten seconds, pings of the protocol among them. */
  messages: 200,
} as const;
