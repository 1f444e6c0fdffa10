/* What was published here is elsewhere: the page as a whole (`to`), or some of its sections (`anchors`). */
"use strict";

(() => {
  const { to, anchors } = document.currentScript.dataset;
  const sections = JSON.parse(anchors);

  const wanted = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return location.hash.slice(1);
    }
  };

  const follow = () => {
    const anchor = wanted();
    const known = Object.hasOwn(sections, anchor);
    /* A page that is still there may have the anchor again. */
    if (to === undefined && (!known || document.getElementById(anchor))) return;
    const target = new URL(known ? sections[anchor] : to, location.href);
    target.search = location.search;
    /* What moved along with its page has kept its anchor. */
    if (!known && location.hash) target.hash = location.hash;
    location.replace(target);
  };

  follow();
  if (to === undefined) addEventListener("hashchange", follow);
})();
