// Paints the squares of a page on a map that can be moved. Colours, whole per cent and what may
// be told at all were decided where the data were made; here nothing is judged or rounded.

const SQUARES_FROM = 12; // zoom; a square of 250 m is then 16 px wide
const FIRST_ZOOM = 13;
const GRAIN = 8; // px between two marks of a pattern: the smallest square has room for one
const [PAPER, WHITE, BLACK, INK, OUTLINE, DOT] = [
  "#FAF8F4", "#FFFFFF", "#000000", "#1A1D23", "#5D6572", "#767E8A",
];

async function read(address) {
  const answer = await fetch(address);
  if (answer.status === 404) throw new Error("gone");
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

// The library's own style sheet; without it the map has no size.
function styled(address) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = resolve;
    link.onerror = () => reject(new Error(address));
    document.head.append(link);
  });
}

function features(data) {
  const at = Object.fromEntries(data.columns.map((name, place) => [name, place]));
  return data.rows.map((row) => {
    const [west, east] = [0, 1].map((step) => data.west + (row[at.column] + step) / data.steps_east);
    const [south, north] = [0, 1].map((step) => (row[at.row] + step) / data.steps_north);
    const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    const properties = Object.fromEntries(data.columns.map((name, place) => [name, row[place]]));
    return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring] } };
  });
}

// One point for each name: an outline that lies in several tiles would be named in each.
function labels(ground) {
  return {
    type: "FeatureCollection",
    features: ground.features.map(({ properties }) => ({
      type: "Feature", properties, geometry: { type: "Point", coordinates: properties.label },
    })),
  };
}

// The square with the most shops: what there is to see is around it.
function middle(squares) {
  const n = (square) => square.properties.n_observed;
  const most = squares.reduce((best, one) => (n(one) > n(best) ? one : best));
  const [[west, south], , [east, north]] = most.geometry.coordinates[0];
  return [(west + east) / 2, (south + north) / 2];
}

// A tile of a pattern, twice as fine as the screen: lines run over its edges and go on.
function pattern(draw) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * GRAIN;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  draw(pen);
  return pen.getImageData(0, 0, 2 * GRAIN, 2 * GRAIN);
}

function hatch(pen) {
  for (const [colour, width, shift] of [[WHITE, 1.6, 0], [BLACK, 1.2, 1.9]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    for (const x of [-GRAIN, 0, GRAIN]) {
      pen.beginPath();
      pen.moveTo(x + shift - 1, GRAIN + 1);
      pen.lineTo(x + shift + GRAIN + 1, -1);
      pen.stroke();
    }
  }
}

function dots(pen) {
  pen.fillStyle = DOT;
  pen.beginPath();
  pen.arc(GRAIN / 2, GRAIN / 2, 1.3, 0, 2 * Math.PI);
  pen.fill();
}

function codeIs(code) {
  return ["==", ["get", "geo_code"], code];
}

function styleOf(ground, squares, { tiles, words }) {
  const above = { source: "squares", minzoom: SQUARES_FROM };
  const tier = (name) => ["==", ["get", "reliability"], name];
  const patterned = (id, name) => ({
    ...above, id, type: "fill", filter: tier(name), paint: { "fill-pattern": id },
  });
  const chosen = (id, colour, width) => ({
    ...above, id, type: "line", filter: codeIs(""),
    paint: { "line-color": colour, "line-width": width },
  });
  const streets = tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : [];
  return {
    version: 8,
    sources: {
      ground: { type: "geojson", data: ground },
      labels: { type: "geojson", data: labels(ground) },
      squares: { type: "geojson", data: { type: "FeatureCollection", features: squares } },
      ...(tiles ? { tiles: { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 } } : {}),
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": PAPER } },
      ...streets,
      {
        ...above, id: "squares", type: "fill",
        paint: { "fill-color": ["get", "fill"], "fill-opacity": tiles ? 0.75 : 1 },
      },
      patterned("wide", "wide"),
      patterned("few", "too_few"),
      { ...above, id: "edges", type: "line", paint: { "line-color": OUTLINE, "line-width": 0.8 } },
      { id: "wards", type: "line", source: "ground",
        paint: { "line-color": OUTLINE, "line-width": 1.6 } },
      // Ink alone would not be seen beside the darkest class.
      chosen("chosen-rim", WHITE, 6),
      chosen("chosen", INK, 3),
      // Names are drawn with the fonts of the reader's system: no file of glyphs is fetched.
      { id: "names", type: "symbol", source: "labels",
        layout: { "text-field": ["get", words.name], "text-size": 14, "text-font": ["sans-serif"] },
        paint: { "text-color": INK, "text-halo-color": WHITE, "text-halo-width": 2 } },
    ],
  };
}

function sentence(square, words) {
  const values = {
    code: square.geo_code,
    percent: square.percent,
    low: square.percent_low,
    high: square.percent_high,
    n: square.n_observed.toLocaleString("en"),
    tier: words.tiers[square.reliability],
  };
  const text = square.percent === undefined || square.percent === null ? words.few : words.told;
  return text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

function follow(map, words, say) {
  const hint = () => say(map.getZoom() < SQUARES_FROM ? words.closer : words.press);
  const choose = (code) => {
    for (const id of ["chosen-rim", "chosen"]) map.setFilter(id, codeIs(code));
  };
  map.on("click", ({ point }) => {
    const [found] = map.getZoom() < SQUARES_FROM
      ? [] : map.queryRenderedFeatures(point, { layers: ["squares"] });
    choose(found?.properties.geo_code ?? "");
    if (found) say(sentence(found.properties, words));
    else say(map.getZoom() < SQUARES_FROM ? words.closer : words.nothing);
  });
  let wasClose = true;
  map.on("zoomend", () => {
    const isClose = map.getZoom() >= SQUARES_FROM;
    if (isClose !== wasClose) hint();
    wasClose = isClose;
  });
  map.on("mouseenter", "squares", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "squares", () => { map.getCanvas().style.cursor = ""; });
  hint();
}

/** Paint into `about.place`, which `open` makes visible. Resolves to the map when it is there. */
export async function paint(about, open, say) {
  const { library, words, place } = about;
  const [maplibre, data, ground] = await Promise.all([
    import(`${library}maplibre-gl.mjs`),
    read(about.squares),
    read(about.ground),
    styled(`${library}maplibre-gl.css`),
  ]);
  maplibre.setWorkerUrl(new URL(`${library}maplibre-gl-worker.mjs`, location.href).href);
  open();
  const squares = features(data);
  const map = new maplibre.Map({
    container: place,
    style: styleOf(ground, squares, about),
    center: middle(squares),
    zoom: FIRST_ZOOM,
    minZoom: 8,
    maxZoom: 17,
    attributionControl: false, // it stands as text in the page
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: words.controls,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.on("error", ({ error }) => console.warn("map:", error?.message)); // a tile that did not come
  await map.once("style.load");
  map.addImage("wide", pattern(hatch), { pixelRatio: 2 });
  map.addImage("few", pattern(dots), { pixelRatio: 2 });
  await map.once("load");
  follow(map, words, say);
  return map;
}
