// Sorts a table by the column whose heading is pressed: numbers first, then words.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(each => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = row => row.cells[place].dataset.v ?? row.cells[place].textContent.trim();
      const order = (a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }) || 0;
      const byNumber = (a, b) => parseFloat(key(a)) - parseFloat(key(b));
      const numbers = [...body.rows].every(row => !isNaN(parseFloat(key(row))));
      const rows = [...body.rows].sort(numbers ? byNumber : order);
      body.append(...(down ? rows.reverse() : rows));
    };
  });
}
// A link to a folded part unfolds it.
const unfold = () => {
  const aim = document.getElementById(location.hash.slice(1));
  if (aim?.tagName === "DETAILS") aim.open = true;
};
addEventListener("hashchange", unfold);
unfold();
// Folded parts are printed unfolded.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach(each => { each.open = true; });
});
addEventListener("afterprint", () => folded.forEach(each => { each.open = false; }));
// What a number has opened is closed by its link or by Escape; the page stays where it is.
const close = event => {
  if (location.hash.startsWith("#who-") && history.length > 1) { event.preventDefault(); history.back(); }
};
addEventListener("keydown", event => { if (event.key === "Escape") close(event); });
document.querySelectorAll(".close").forEach(each => { each.onclick = close; });
