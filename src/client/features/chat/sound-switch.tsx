import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useSound } from '#client/lib/attention.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';

/** Is a message heard when it comes? Kept on this device. */
export function SoundSwitch({ teacher = false }: { teacher?: boolean }) {
  const { chat } = useTalkText();
  const sound = useSound(teacher);
  return (
    <ActionIcon aria-label={chat.sound} aria-pressed={sound.on} title={chat.sound} onClick={() => sound.set(!sound.on)}>
      {sound.on ? <IconVolume {...icon.md} /> : <IconVolumeOff {...icon.md} />}
    </ActionIcon>
  );
}
