// The forms above and below the list of recharges: search, filters, views, further pages.
import { rechargeStates } from "../recharges/recharge.ts";
import { type Filter, queryOf, spans } from "./recharge-filter.ts";
import type { SavedView } from "./saved-views.ts";
import { Suggestions } from "./suggestions.tsx";

const place = "/console/recharges";

export function FilterForm({ filter, text }: { readonly filter: Filter; readonly text: string }) {
  return (
    <form method="post" action={place} class="card search">
      <div class="wide">
        <label for="text">Look for</label>
        <input id="text" name="text" type="search" value={text} maxlength={64} autocomplete="off" spellcheck={false} />
        <small>A number, an agent id, the id of a recharge, an operator's reference, or ours</small>
      </div>
      <div>
        <label for="state">State</label>
        <select id="state" name="state">
          <Choice value="" text="any" chosen={filter.state ?? ""} />
          {rechargeStates.map((state) => (
            <Choice value={state} text={state} chosen={filter.state ?? ""} />
          ))}
        </select>
      </div>
      <div>
        <label for="within">Placed in</label>
        <select id="within" name="within">
          <Choice value="" text="all the time" chosen={filter.within ?? ""} />
          {Object.entries(spans).map(([span, [words]]) => (
            <Choice value={span} text={words} chosen={filter.within ?? ""} />
          ))}
        </select>
      </div>
      <Suggestions />
      <Field name="partner" label="Partner" value={filter.partner} hint="ptn_00001" />
      <Field name="provider" label="Provider" value={filter.provider} hint="backnpay-sandbox" />
      <Field name="product" label="Product" value={filter.product} hint="in.airtel.prepaid" />
      <div class="wide acts">
        <button type="submit">Show</button>
        <button type="submit" formaction={`${place}/csv`} class="quiet">
          CSV of all of them
        </button>
        <a href={place}>Everything</a>
        <a href="/console/files">Files at work</a>
      </div>
    </form>
  );
}

interface Choosing {
  readonly value: string;
  readonly text: string;
  readonly chosen: string;
}

function Choice({ value, text, chosen }: Choosing) {
  return (
    <option value={value} selected={value === chosen}>
      {text}
    </option>
  );
}

interface Named {
  readonly name: "partner" | "provider" | "product";
  readonly label: string;
  readonly value: string | undefined;
  readonly hint: string;
}

function Field({ name, label, value, hint }: Named) {
  return (
    <div>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        value={value ?? ""}
        placeholder={hint}
        list={`${name}s`}
        autocomplete="off"
        spellcheck={false}
      />
    </div>
  );
}

/** What a person keeps; what is looked for is never kept. */
export function Views({ views, filter }: { readonly views: readonly SavedView[]; readonly filter: Filter }) {
  const { cursor: _cursor, ...kept } = filter;
  const query = queryOf(kept);
  if (views.length === 0 && query === "") return null;
  return (
    <section class="views" aria-label="Saved views">
      {views.map((view) => (
        <form method="post" action={`${place}/views`}>
          <a href={view.query === "" ? place : `${place}?${view.query}`} class="badge">
            {view.name}
          </a>
          <Hidden filter={kept} />
          <button type="submit" name="drop" value={view.name} class="bare" aria-label={`Forget the view ${view.name}`}>
            ×
          </button>
        </form>
      ))}
      {query === "" ? null : (
        <form method="post" action={`${place}/views`}>
          <Hidden filter={kept} />
          <label for="view-name" class="unseen">
            Name of this view
          </label>
          <input id="view-name" name="name" required maxlength={40} placeholder="Name of this view" />
          <button type="submit" class="quiet">
            Keep
          </button>
        </form>
      )}
    </section>
  );
}

interface Paging {
  readonly filter: Filter;
  readonly text: string;
  readonly nextCursor: string | null;
}

/** A search goes on by POST too. */
export function OtherPages({ filter, text, nextCursor }: Paging) {
  const { cursor, ...first } = filter;
  if (cursor === undefined && nextCursor === null) return null;
  return (
    <nav class="acts" aria-label="Pages">
      {cursor === undefined ? null : <Turn filter={first} text={text} words="Newest" />}
      {nextCursor === null ? null : <Turn filter={{ ...first, cursor: nextCursor }} text={text} words="Older" />}
    </nav>
  );
}

function Turn({ filter, text, words }: { readonly filter: Filter; readonly text: string; readonly words: string }) {
  if (text === "")
    return (
      <a href={`${place}?${queryOf(filter)}`} class="button">
        {words}
      </a>
    );
  return (
    <form method="post" action={place}>
      <input type="hidden" name="text" value={text} />
      <Hidden filter={filter} />
      <button type="submit">{words}</button>
    </form>
  );
}

function Hidden({ filter }: { readonly filter: Filter }) {
  return (
    <>
      {Object.entries(filter).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
    </>
  );
}
