/** The set-up of a run: a recipe to begin with, and the settings that matter. */
import type { JSX } from "preact";
import type { Settings } from "../../training/index.js";
import { type Field, fields } from "./fields.js";
import { pageRecipes } from "./setup.js";
import { change, check, chooseRecipe, isFixed, setup } from "./state.js";

export function SetupForm(): JSX.Element {
  const { recipe, texts } = setup.value;
  const { problems } = check.value;
  const whole = problems.find(({ setting }) => setting === undefined);
  const rareIsWrong = problems.some(
    ({ setting }) => fields.find((f) => f.setting === setting)?.rare,
  );
  return (
    <form class="setup" onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={isFixed.value}>
        <legend class="unseen">Set-up</legend>
        <div class="field wide">
          <label for="recipe">Recipe</label>
          <select
            id="recipe"
            aria-describedby="longer"
            value={recipe}
            onChange={(event) => chooseRecipe(event.currentTarget.value)}
          >
            {pageRecipes.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <p id="longer" class="soft">
            Longer recipes take the command:{" "}
            <code class="together">npx train-mnist --recipe best</code>.{" "}
            <code class="together">npx train-mnist recipes</code> lists all.
          </p>
        </div>
        <div class="fields">
          {fields
            .filter(({ rare }) => !rare)
            .map((field) => (
              <Entry key={field.setting} field={field} text={texts[field.setting] ?? ""} />
            ))}
        </div>
        <details open={rareIsWrong || undefined}>
          <summary>More settings</summary>
          <div class="fields">
            {fields
              .filter(({ rare }) => rare)
              .map((field) => (
                <Entry key={field.setting} field={field} text={texts[field.setting] ?? ""} />
              ))}
          </div>
        </details>
        {whole && <p class="warning">{whole.message}</p>}
      </fieldset>
      <p class="soft small setup-note">
        {isFixed.value
          ? "Reset to change the set-up."
          : "This page’s address keeps the set-up: share it as a link."}
      </p>
    </form>
  );
}

function Entry({ field, text }: { readonly field: Field; readonly text: string }): JSX.Element {
  const { setting, label, names, hint } = field;
  const problem = check.value.problems.find((each) => each.setting === setting)?.message;
  const id = `set-${setting}`;
  const about = `${id}-about`;
  const common = {
    id,
    value: text,
    "aria-invalid": problem !== undefined,
    "aria-describedby": problem || hint ? about : undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {names === undefined ? (
        <input
          {...common}
          inputMode={setting === "hidden" || setting === "elastic" ? "text" : "decimal"}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => change(setting, event.currentTarget.value)}
        />
      ) : (
        <Choice common={common} setting={setting} names={names} />
      )}
      {(problem || hint) && (
        <p id={about} class={problem ? "warning" : "soft small"}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly common: object;
  readonly setting: keyof Settings;
  readonly names: readonly string[];
}

function Choice({ common, setting, names }: ChoiceProps): JSX.Element {
  return (
    <select {...common} onChange={(event) => change(setting, event.currentTarget.value)}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
