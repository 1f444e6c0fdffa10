/* Tables and code that are wider than a phone. Without this script they scroll sideways. */
"use strict";

(() => {
  const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const role = (element) => {
    if (element.tagName !== "TH") return ROLES[element.tagName];
    return element.closest("thead") ? "columnheader" : "rowheader";
  };

  /* A phone shows a row of three cells or more as a block, each cell under the head of its column. Browsers
     forget what a table is once it is laid out in another way: the roles keep it a table to who hears it. */
  const makeStackable = (table) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    if (heads.length < 3 || table.querySelector("table, [colspan], [rowspan]")) return;
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody, tr, th, td")) part.setAttribute("role", role(part));
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, column) => {
        cell.dataset.label = heads[column];
        cell.toggleAttribute("data-empty", cell.textContent.trim() === "");
      });
    }
    table.classList.add("stackable");
  };

  /* What scrolls must scroll by the keyboard too. */
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });

  document.querySelectorAll("article table.docutils").forEach(makeStackable);
  for (const box of document.querySelectorAll("article pre, article .table-wrapper")) reach.observe(box);
})();
