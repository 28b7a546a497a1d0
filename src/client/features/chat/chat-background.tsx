import { LiveLink } from '#client/lib/live/live-link.tsx';
import { ChatSender } from './chat-sender.tsx';

/** What goes on for whoever is signed in, whatever page is shown: the socket, the counts, messages on their way. Shows nothing. */
export function ChatBackground() {
  return (
    <>
      <LiveLink />
      <ChatSender />
    </>
  );
}
