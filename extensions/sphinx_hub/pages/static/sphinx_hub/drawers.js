/* Furo's two drawers, the menu and the contents, for who has no pointer: without this script their buttons
   are labels of hidden boxes, which a keyboard cannot reach. */
"use strict";

(() => {
  const makeReachable = (box, drawer, rest) => {
    const buttons = [...document.querySelectorAll(`header label[for=${box.id}] .icon, aside label[for=${box.id}] .icon`)];
    const show = () => {
      for (const button of buttons) button.setAttribute("aria-expanded", box.checked);
      /* An open drawer covers the page: the keyboard stays in it until it is shut. */
      for (const part of document.querySelectorAll(rest)) part.inert = box.checked;
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
    /* A window that grows shows the drawer beside the page, and no button to shut it. */
    addEventListener("resize", () => {
      if (box.checked && !buttons.some((button) => button.checkVisibility())) box.click();
    });
    show();
  };

  const all = ".skip-to-content, .announcement, .mobile-header";
  const menu = document.querySelector(".sidebar-drawer");
  makeReachable(document.getElementById("__navigation"), menu, `${all}, .main`);
  makeReachable(document.getElementById("__toc"), document.querySelector(".toc-drawer"), `${all}, .sidebar-drawer, .main > .content`);
})();
