// What the board says to the server, and hears from it.

import { address, fieldsOf, settings, word } from "./board-day.js";

const token = () => document.querySelector("[data-form] [name=csrfmiddlewaretoken]").value;

// {status, ...what the server says}; status 0 when there is no answer, 401 when it asks to sign in.
async function ask(url, options = {}) {
  let answer;
  try {
    answer = await fetch(url, { cache: "no-store", ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch {
    return { status: 0, said: word("offline") };
  }
  if (answer.status === 304) return { status: 304 };
  if (answer.redirected) return { status: 401, said: word("signedOut") };
  const said = await answer.json().catch(() => ({}));
  return { said: answer.status === 403 ? word("forbidden") : word("offline"), ...said, status: answer.status };
}

const post = (url, fields) =>
  ask(url, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(fields) });

export const move = (card, place) => post(address(card.pk), { ...fieldsOf(place), ...sameTime(card, place), seen: card.seen });

export const send = (part, fields) => post(address(part), fields);

export const takeBack = ({ undo, way_back }) => post(undo, { way_back });

export const problemsOf = (part, fields) => ask(`${address(part, "problems.json")}?${new URLSearchParams(fields)}`);

export const dayAsItIs = (tag) => ask(settings.json, { headers: { "If-None-Match": tag } });

const sameTime = (card, place) =>
  place.start !== null && card.start === place.start && card.end === place.end ? { room_only: "1" } : {};
