/* Furo's two drawers, the menu and the contents, for who has no pointer: without this script their buttons
   are labels of hidden boxes, which a keyboard cannot reach. */
"use strict";

(() => {
  const makeReachable = (box, drawer) => {
    const buttons = [...document.querySelectorAll(`header label[for=${box.id}] .icon, aside label[for=${box.id}] .icon`)];
    const show = () => {
      for (const button of buttons) button.setAttribute("aria-expanded", box.checked);
    };
    const toggle = (event) => {
      /* The label would toggle the box once more. */
      event.preventDefault();
      box.click();
    };
    for (const button of buttons) {
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", box.getAttribute("aria-label"));
      button.tabIndex = 0;
      button.addEventListener("click", toggle);
      button.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        toggle(event);
        if (!box.checked) return;
        [...drawer.querySelectorAll("a[href], input")].find((element) => element.checkVisibility())?.focus();
      });
    }
    box.addEventListener("change", show);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.checked) return;
      box.click();
      buttons.find((button) => button.checkVisibility())?.focus();
    });
    show();
  };

  makeReachable(document.getElementById("__navigation"), document.querySelector(".sidebar-drawer"));
  makeReachable(document.getElementById("__toc"), document.querySelector(".toc-drawer"));
})();
