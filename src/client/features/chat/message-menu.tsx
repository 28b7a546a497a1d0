import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { icon } from '#client/ui/icon.ts';
import classes from './message.module.css';

export interface MenuAction {
  label: string;
  act: () => void;
}

/** Drawn for the one message whose menu is open: ten thousand closed ones would cost more than all the texts. */
export function MessageMenu({ label, actions, onClose }: { label: string; actions: MenuAction[]; onClose: () => void }) {
  return (
    <Menu
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-end"
      width={220}
      withinPortal
      shadow="md"
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" className={classes.dots} aria-label={label}>
          <IconDots {...icon.md} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ label: words, act }) => (
          <Menu.Item key={words} className={classes.item} onClick={act}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
