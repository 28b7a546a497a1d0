import { useId } from 'react';
import classes from './choice-cards.module.css';

interface Choice<T extends string> {
  value: T;
  name: string;
  about: string;
  price?: string;
}

interface ChoiceCardsProps<T extends string> {
  legend: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}

/**
 * One of a few, each a card with its price: the browser's own radio buttons, so that keyboard and screen reader know them. Where there is one only,
 * nothing is to be chosen.
 */
export function ChoiceCards<T extends string>({ legend, choices, value, onChange }: ChoiceCardsProps<T>) {
  const id = useId();
  const [only, ...others] = choices;
  if (only && others.length === 0) {
    return (
      <section aria-labelledby={id}>
        <h2 id={id} className={classes.legend}>
          {legend}
        </h2>
        <div className={`${classes.choice} ${classes.only}`}>
          <Words choice={only} />
        </div>
      </section>
    );
  }
  return (
    <fieldset>
      <legend className={classes.legend}>{legend}</legend>
      <div className={classes.choices}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.choice} htmlFor={`${id}-${choice.value}`}>
            <input
              id={`${id}-${choice.value}`}
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <Words choice={choice} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Words({ choice: { name, price, about } }: { choice: Choice<string> }) {
  return (
    <>
      <span className={classes.name}>{name}</span>
      {price && <span className={classes.price}>{price}</span>}
      <span className={classes.about}>{about}</span>
    </>
  );
}
