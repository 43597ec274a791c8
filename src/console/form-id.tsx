// What makes a form one form: an id of its own with each page that shows it.

export const formIdName = "form_id";

/** In every form that is not asked about first: the page that asks has one of its own. */
export function FormId() {
  return <input type="hidden" name={formIdName} value={crypto.randomUUID()} />;
}
