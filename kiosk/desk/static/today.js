// Keeps the page of today live: the server sends the changed part, already escaped, and it replaces the old one.
"use strict";

const today = document.getElementById("today");
const lost = document.getElementById("lost");
const events = new EventSource("/today/events");

events.addEventListener("message", (event) => {
  today.innerHTML = event.data;
  lost.hidden = true;
});

// The session has ended: the server leads to the login.
events.addEventListener("ended", () => {
  events.close();
  window.location.reload();
});

// The browser tries again by itself, until the server refuses.
events.addEventListener("error", () => {
  lost.hidden = false;
});

window.addEventListener("pagehide", () => events.close());
