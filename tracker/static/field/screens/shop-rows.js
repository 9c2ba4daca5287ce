/** Shops as rows: due or not, where, how far, how long ago. Never what was answered. */
import { bits, clone, make, part } from "../dom.js";
import { ageText, distanceText, floorOrder, metresApart, today } from "../format.js";
import { t } from "../words.js";

/**
 * @param {object} shop of the plan
 * @param {{position: object|null, begun: Set<string>}} now
 * @returns {HTMLLIElement}
 */
export function shopRow(shop, now) {
  const item = clone("shop-row").firstElementChild;
  const link = part(item, "link");
  link.href = `#/visit/${shop.uuid}`;
  link.dataset.shop = shop.uuid;
  link.dataset.due = shop.due;
  part(item, "due").classList.add(`due-${shop.due}`);
  part(item, "name").textContent = shop.name || t("no_name");
  part(item, "facts").replaceChildren(...facts(shop, now));
  place(item, shop, now.position);
  return item;
}

/** Writes how far it is, and nothing else: rows stay where they are. */
export function place(item, shop, position) {
  part(item, "away").textContent = distanceText(metresApart(position, shop), position?.accuracy_m);
}

function facts(shop, { begun }) {
  const state = begun.has(shop.uuid) ? t("unfinished") : shop.last_on === today()
    ? t("seen_today") : t(`due.${shop.due}`);
  const line = [state, t(`segment.${shop.segment}`)];
  if (shop.last_on && shop.last_on !== today()) line.push(ageText(shop.last_on));
  const nodes = bits(line);
  if (shop.floor) nodes.unshift(make("span", { className: "floor", textContent: shop.floor }), " ");
  return nodes;
}

/**
 * Shops of one building together, by floor, where the first of them stands.
 * @param {object[]} shops in the order of the list
 * @returns {{place: string, shops: object[]}[]} place: "" for a shop of its own
 */
export function byBuilding(shops) {
  const groups = [];
  const known = new Map();
  for (const shop of shops) {
    const group = shop.building ? known.get(shop.building) : null;
    if (group) group.shops.push(shop);
    else {
      groups.push({ shops: [shop] });
      if (shop.building) known.set(shop.building, groups.at(-1));
    }
  }
  return groups.map(({ shops: inside }) => ({
    place: inside.length > 1 ? inside[0].place : "",
    shops: inside.sort((one, other) => floorOrder(one.floor) - floorOrder(other.floor)),
  }));
}
