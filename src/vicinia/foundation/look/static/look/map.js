// Maps: <div class="map" data-map>. The ground is the town's own GeoJSON (data-base-url) or tiles (data-tiles);
// points come from data-points-url or data-points; data-picker fills the fields named by data-lat and data-lon;
// data-choices names the boxes of a list that are points too, each with its own data-lat and data-lon.
// Leaflet is loaded only when a map comes into view. A list or text fields beside the map always say the same.
const script = document.querySelector("script[data-look]");
const words = document.getElementById("look-words").dataset;
const TOWN_ZOOM = 14;
// What is drawn first lies underneath.
const GROUND = ["built", "area", "park", "water", "square", "street", "houses", "building", "rail"];
const NAMED = new Set(["area"]);
const NEAR_ZOOM = 17;
const CLUSTER_PIXELS = 44;

export function enhance(root) {
  const places = [...root.querySelectorAll("[data-map]:not([data-map-on])")];
  if (root.matches?.("[data-map]:not([data-map-on])")) places.push(root);
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      watcher.unobserve(entry.target);
      start(entry.target);
    }
  }, { rootMargin: "200px" });
  for (const place of places) {
    place.dataset.mapOn = "";
    watcher.observe(place);
  }
}

async function start(place) {
  try {
    const [L] = await Promise.all([import(script.dataset.loadLeaflet), styles(script.dataset.loadLeafletCss)]);
    await new TownMap(L, place).draw();
  } catch {
    place.classList.add("map-failed");
    place.textContent = words.mapFailed;
  }
}

function styles(url) {
  if (document.querySelector(`link[href="${url}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
  // Before our own sheet, which has the last word.
  document.querySelector("link[rel=stylesheet]").before(link);
  return new Promise((done) => link.addEventListener("load", done));
}

class TownMap {
  constructor(L, place) {
    this.L = L;
    this.place = place;
    this.map = L.map(place, { zoomControl: false, zoomSnap: 0.5, attributionControl: Boolean(place.dataset.attribution) });
    L.control.zoom({ zoomInTitle: words.mapZoomIn, zoomOutTitle: words.mapZoomOut }).addTo(this.map);
    this.map.attributionControl?.setPrefix(false).addAttribution(place.dataset.attribution ?? "");
    this.status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    place.after(this.status);
  }

  async draw() {
    const { baseUrl, tiles, pointsUrl } = this.place.dataset;
    const ground = baseUrl ? this.drawGround(await json(baseUrl)) : null;
    if (tiles) this.L.tileLayer(tiles, { maxZoom: 19 }).addTo(this.map);
    const points = pointsUrl ? await json(pointsUrl) : JSON.parse(this.place.dataset.points ?? "null");
    this.frame(ground, points);
    this.drawCells();
    this.drawCircles();
    this.drawChoices();
    if (points) this.showPoints(points);
    if ("picker" in this.place.dataset) new Picker(this);
    else this.showHere();
  }

  // Squares with a number each: how much there is, never at whose door. The numbers lie over squares and under markers.
  drawCells() {
    for (const { box, count, level } of JSON.parse(this.place.dataset.cells ?? "[]")) {
      this.L.rectangle(box, { className: `map-cell map-cell-${level}`, interactive: false }).addTo(this.map)
        .bindTooltip(String(count), { pane: "shadowPane", permanent: true, direction: "center", className: "map-label" });
    }
  }

  // Areas around points, in metres, each with what it is; the map shows them all.
  drawCircles() {
    const circles = JSON.parse(this.place.dataset.circles ?? "[]");
    if (!circles.length) return;
    const layers = circles.map(({ lat, lon, metres, kind, name }) => {
      const circle = this.L.circle([lat, lon], { radius: metres, className: `map-circle map-${kind}`, interactive: false });
      return name ? circle.bindTooltip(name, { permanent: true, direction: "top", opacity: 1, className: "map-circle-label" }) : circle;
    });
    this.map.fitBounds(this.L.featureGroup(layers).addTo(this.map).getBounds().pad(0.1), { animate: false });
  }

  // Boxes of a list, as points: a touch chooses what its box chooses, and each follows the other.
  drawChoices() {
    const boxes = [...document.querySelectorAll(`input[name="${this.place.dataset.choices}"][data-lat]`)];
    if (!boxes.length) return;
    const layer = this.L.featureGroup(boxes.map((box) => this.choice(box))).addTo(this.map);
    this.map.fitBounds(layer.getBounds().pad(0.2), { animate: false, maxZoom: NEAR_ZOOM });
  }

  choice(box) {
    const name = box.closest("label").textContent.trim();
    const marker = this.marker([Number(box.dataset.lat), Number(box.dataset.lon)], "map-point", "", name);
    const follow = () => {
      marker.getElement()?.classList.toggle("map-point-chosen", box.checked);
      marker.getElement()?.setAttribute("aria-pressed", box.checked);
    };
    marker.on("add", follow);
    marker.on("click keypress", (event) => {
      if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
      box.click();
    });
    box.addEventListener("change", follow);
    return marker.bindTooltip(Object.assign(document.createElement("span"), { textContent: name }));
  }

  // A map of one place says where it is.
  showHere() {
    const { lat, lon, label } = this.place.dataset;
    if (!Number(lat) || !Number(lon)) return;
    this.marker([Number(lat), Number(lon)], "map-point map-chosen", "", label ?? "", { keyboard: false }).addTo(this.map);
  }

  drawGround(geojson) {
    const { L } = this;
    const order = GROUND.reduce((places, name, place) => ({ ...places, [name]: place }), {});
    const kind = (feature) => feature.properties.kind ?? "area";
    const features = [...geojson.features].sort((a, b) => (order[kind(a)] ?? 2) - (order[kind(b)] ?? 2));
    return L.geoJSON({ type: "FeatureCollection", features }, {
      interactive: false,
      // Colours stay in the stylesheet, which the security policy allows and high contrast can change.
      style: (feature) => ({ className: `map-${kind(feature)}`, stroke: true, fill: feature.geometry.type.endsWith("Polygon") }),
      onEachFeature: (feature, layer) => {
        if (NAMED.has(kind(feature)) && feature.properties.name) {
          layer.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "map-label" });
        }
      },
    }).addTo(this.map);
  }

  frame(ground, points) {
    const { lat, lon, zoom } = this.place.dataset;
    const group = points?.features.length ? this.L.geoJSON(points) : ground;
    if (Number(lat) && Number(lon)) this.map.setView([Number(lat), Number(lon)], Number(zoom ?? NEAR_ZOOM));
    else if (group) this.map.fitBounds(group.getBounds().pad(0.05), { maxZoom: NEAR_ZOOM });
    else this.map.setView([Number(this.place.dataset.centreLat), Number(this.place.dataset.centreLon)], TOWN_ZOOM);
  }

  // Points nearer than a fingertip are drawn as one with their number: thousands stay quick and can be tapped.
  // When there were too many to send at once, those of the box in view are asked for again as it moves.
  showPoints(points) {
    this.layer = this.L.layerGroup().addTo(this.map);
    let shown = points;
    const redraw = () => {
      this.layer.clearLayers();
      for (const group of this.groups(shown.features)) this.mark(group).addTo(this.layer);
    };
    const moved = async () => {
      if (points.truncated) shown = await json(this.pointsInView());
      redraw();
    };
    this.map.on("moveend", moved);
    redraw();
  }

  pointsInView() {
    const url = new URL(this.place.dataset.pointsUrl, window.location.href);
    url.searchParams.set("bbox", this.map.getBounds().pad(0.1).toBBoxString());
    return url;
  }

  groups(features) {
    const cells = new Map();
    const inView = this.map.getBounds().pad(0.2);
    for (const feature of features) {
      const [lon, lat] = feature.geometry.coordinates;
      if (!inView.contains([lat, lon])) continue;
      const at = this.map.project([lat, lon], this.map.getZoom());
      const key = this.map.getZoom() >= NEAR_ZOOM + 1
        ? `${lat},${lon}` : `${Math.floor(at.x / CLUSTER_PIXELS)},${Math.floor(at.y / CLUSTER_PIXELS)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(feature);
    }
    return cells.values();
  }

  mark(group) {
    const [lon, lat] = group[0].geometry.coordinates;
    return group.length === 1 ? this.one(group[0], [lat, lon]) : this.many(group, [lat, lon]);
  }

  one(feature, where) {
    const { label, url, meaning } = feature.properties;
    const marker = this.marker(where, `map-point${meaning ? ` map-point-${meaning}` : ""}`, "", label);
    if (url) marker.on("click keypress", (event) => {
      if (event.type === "click" || event.originalEvent.key === "Enter") window.location.assign(url);
    });
    return marker.bindTooltip(Object.assign(document.createElement("span"), { textContent: label }));
  }

  many(group, where) {
    const marker = this.marker(where, "map-point map-point-many", group.length, words.mapMany.replace("{n}", group.length));
    return marker.on("click keypress", () => this.map.setView(where, this.map.getZoom() + 2));
  }

  marker(where, className, text, label, { keyboard = true } = {}) {
    const size = className.includes("many") ? 36 : className.includes("chosen") ? 28 : 24;
    const icon = this.L.divIcon({ className, html: String(text), iconSize: [size, size] });
    const marker = this.L.marker(where, { icon, keyboard, interactive: keyboard, alt: label });
    marker.on("add", () => {
      marker.getElement().setAttribute("role", keyboard ? "button" : "img");
      marker.getElement().setAttribute("aria-label", label);
    });
    return marker;
  }
}

class Picker {
  constructor(town) {
    this.town = town;
    const { lat, lon } = town.place.dataset;
    this.latField = document.querySelector(lat);
    this.lonField = document.querySelector(lon);
    town.map.on("click", (event) => this.choose(event.latlng));
    // With the map focused, arrows move it and Enter chooses its middle.
    town.place.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== town.place) return;
      event.preventDefault();
      this.choose(town.map.getCenter());
    });
    this.fromFields();
    for (const field of [this.latField, this.lonField]) field.addEventListener("change", () => this.fromFields());
    document.addEventListener("suggest:chosen", (event) => this.fromSuggestion(event.detail));
    if ("locate" in town.place.dataset && navigator.geolocation) this.offerHere();
  }

  // Who stands in the place need not find it on the map: one tap, and only then is the phone asked.
  offerHere() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-secondary", textContent: words.mapHere });
    const found = ({ coords }) => this.choose({ lat: coords.latitude, lng: coords.longitude });
    const failed = () => { button.textContent = words.mapNowhere; };
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15000 }));
    this.town.place.before(button);
  }

  fromFields() {
    const [lat, lon] = [Number(this.latField.value), Number(this.lonField.value)];
    if (lat && lon) this.show({ lat, lng: lon });
  }

  fromSuggestion({ lat, lon }) {
    if (lat && lon) this.choose({ lat, lng: lon });
  }

  choose(where) {
    this.latField.value = where.lat.toFixed(6);
    this.lonField.value = where.lng.toFixed(6);
    this.show(where);
    this.town.status.textContent = words.mapChosen;
    this.town.place.dispatchEvent(new CustomEvent("map:chosen", { bubbles: true, detail: where }));
  }

  show(where) {
    this.marker?.remove();
    this.marker = this.town.marker(where, "map-point map-chosen", "", words.mapChosen).addTo(this.town.map);
    this.town.map.setView(where, Math.max(this.town.map.getZoom(), NEAR_ZOOM - 1));
  }
}

async function json(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}
