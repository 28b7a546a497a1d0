import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import classes from './row-menu.module.css';

export interface RowAction {
  label: string;
  /** Left out: it cannot be done now. */
  act?: () => void;
  /** Apart from those above. */
  apart?: boolean;
}

/** What can be done to a row: «…» at its end. */
export function RowMenu({ name, actions }: { name: string; actions: RowAction[] }) {
  const { shell } = useOfficeText();
  return (
    <Menu
      position="bottom-end"
      width={232}
      withinPortal
      shadow="md"
      transitionProps={{ duration: 0 }}
      // It would stand among the items as something that can be reached and has no name.
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon className={classes.target} aria-label={shell.moreOf(name)}>
          <IconDots {...icon.md} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ label, act, apart }) => (
          <div key={label} role="none">
            {apart && <Menu.Divider />}
            <Menu.Item className={classes.item} disabled={!act} onClick={act}>
              {label}
            </Menu.Item>
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
