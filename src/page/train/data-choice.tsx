/** The images to train on: those that come with the page, those that its server has, or four files of one's own. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { grouped } from "../../charts/numbers.js";
import { dataset, datasetAtHand, namedDataset } from "../dataset.js";
import { datasetOfFiles, type PageDataset } from "../given/data-files.js";
import { askWhatIsServed, served } from "../served.js";
import { Choose } from "../taking.js";
import { Fetching } from "./fetching.js";
import { datasetName, isFixed, note, takeDataset } from "./state.js";

export function DataChoice(): JSX.Element {
  const isLoading = useSignal(false);
  const problem = useSignal("");
  const isOver = useSignal(false);
  useEffect(() => {
    void askWhatIsServed().then(({ begin }) => {
      if (begin !== undefined && dataset.peek() === undefined) {
        void take(async () => void (await datasetAtHand({ train: true })));
      }
    });
  }, []);
  const names = ["generated", ...(served.value?.sets ?? []).map(({ name }) => name)];
  const current = datasetName.value;
  const options = [...new Set([...names, current])];

  const take = async (getting: () => Promise<PageDataset | undefined>) => {
    [isLoading.value, problem.value] = [true, ""];
    try {
      const chosen = await getting();
      if (chosen !== undefined) {
        takeDataset(chosen);
        note.value = `${chosen.name}: ${grouped(chosen.train?.count ?? 0)} images to train on, ${grouped(chosen.test.count)} to test.`;
      }
    } catch (error) {
      problem.value = (error as Error).message;
    }
    isLoading.value = false;
  };
  const choose = (name: string) => {
    const { sets = [] } = served.value ?? {};
    void take(() => namedDataset(name, sets, { train: true }));
  };
  const give = (files: readonly File[]) => void take(() => datasetOfFiles(files));
  return (
    <section
      class={isOver.value ? "data over" : "data"}
      aria-label="Images"
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = !isFixed.value;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0 && !isFixed.value) give(files);
      }}
    >
      <label class="field wide" for="dataset">
        <span>Images</span>
        <select
          id="dataset"
          value={current}
          disabled={isFixed.value || isLoading.value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {options.map((name) => (
            <option key={name} value={name}>
              {name === "generated" ? "generated digits" : name}
            </option>
          ))}
        </select>
      </label>
      <Choose class="small" multiple disabled={isFixed.value || isLoading.value} take={give}>
        {isLoading.value ? "Loading…" : "Four IDX files…"}
      </Choose>
      {served.value?.mirrored?.map((set) => (
        <Fetching
          key={set.name}
          set={set}
          disabled={isFixed.value || isLoading.value}
          take={take}
        />
      ))}
      {problem.value && (
        <p class="warning" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
