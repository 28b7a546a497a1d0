import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useSound } from '#client/lib/attention.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';

/** Is a message heard when it comes? Kept on this device. */
export function SoundSwitch() {
  const { inbox } = useOfficeText();
  const sound = useSound(true);
  return (
    <ActionIcon
      size={36}
      aria-label={inbox.sound}
      aria-pressed={sound.on}
      title={sound.on ? inbox.soundOn : inbox.soundOff}
      onClick={() => sound.set(!sound.on)}
    >
      {sound.on ? <IconVolume {...icon.md} /> : <IconVolumeOff {...icon.md} />}
    </ActionIcon>
  );
}
