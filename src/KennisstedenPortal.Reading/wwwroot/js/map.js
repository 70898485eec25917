// The map that can be dragged (ADR 0013): an extra beside the list, which has everything. Words, symbols and colours come
// from the page; nothing is asked of another host unless the installation has a background map.

const box = document.getElementById('kaart');
const words = JSON.parse(box.dataset.words);
const status = document.getElementById('kaart-melding');
const legend = document.getElementById('legenda');
const list = document.getElementById('kaart-lijst');
const picture = box.querySelector('noscript')?.textContent;
const country = [[3.2, 50.7], [7.3, 53.6]];
const view = 'zicht';

if (!canDraw()) fallBack(words.noWebGl);
else start().catch(() => fallBack(words.failed));
tidy();

/** A form sends its empty fields along; in an address that is shared they say nothing. */
function tidy() {
  const address = new URL(location), empty = [...address.searchParams].filter(([, value]) => value === '');
  for (const [key] of empty) address.searchParams.delete(key);
  if (empty.length > 0) history.replaceState(history.state, '', address);
}

function canDraw() {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return !!context;
  } catch {
    return false;
  }
}

function fallBack(sentence) {
  if (picture) box.innerHTML = picture;
  box.classList.remove('map-on');
  status.textContent = sentence;
}

async function start() {
  box.classList.add('map-on');
  await Promise.all([load('link', { rel: 'stylesheet', href: box.dataset.style }), load('script', { src: box.dataset.script })]);
  const [objects, boundaries] = await Promise.all([ask(box.dataset.objects), ask(box.dataset.boundaries)]);
  new LiveMap(globalThis.maplibregl, objects, boundaries);
}

function load(name, properties) {
  return new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement(name), properties, { onload: resolve, onerror: reject })));
}

async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return answer.json();
}

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A colour of the stylesheet, as it is now: light or dark. */
function colour(token, scope = document.documentElement) {
  return getComputedStyle(scope).getPropertyValue(token).trim();
}

class LiveMap {
  constructor(library, objects, boundaries) {
    this.library = library;
    this.objects = objects;
    this.markers = new Map();
    this.sample = 0;
    library.setWorkerUrl(box.dataset.worker);
    box.replaceChildren();
    const place = readView();
    this.map = new library.Map({
      container: box,
      style: this.style(boundaries),
      ...(place ? place : { bounds: this.extent(), fitBoundsOptions: { padding: this.room(), maxZoom: 11 } }),
      minZoom: 5, maxZoom: 17, maxBounds: [[0.5, 49.4], [10, 54.8]],
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maplibreLogo: false,
      cooperativeGestures: true, canvasContextAttributes: { preserveDrawingBuffer: true },
      locale: {
        'Map.Title': words.map, 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut, 'Popup.Close': words.close,
        'CooperativeGesturesHandler.WindowsHelpText': words.wheel, 'CooperativeGesturesHandler.MacHelpText': words.wheelMac, 'CooperativeGesturesHandler.MobileHelpText': words.touch,
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new library.NavigationControl({ showCompass: false }), 'top-left');
    this.map.addControl(new library.AttributionControl({ compact: false, customAttribution: box.dataset.attribution }), 'bottom-right');
    this.labels = this.cityLabels(boundaries);
    this.map.on('load', () => this.ready());
    this.map.on('render', () => this.refresh());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
  }

  style(boundaries) {
    const background = box.dataset.background;
    const sources = {
      municipalities: { type: 'geojson', data: boundaries },
      objects: { type: 'geojson', data: this.objects, cluster: true, clusterRadius: 34, clusterMaxZoom: 18, maxzoom: 19 },
    };
    if (background) sources.background = { type: 'raster', tiles: [background], tileSize: 256 };
    const role = ['get', 'rol'];
    const fill = ['match', role, 'kennisstad', colour('--map-city-soft'), 'buurgemeente', colour('--map-near'), colour('--map-land')];
    return {
      version: 8,
      sources,
      layers: [
        { id: 'outside', type: 'background', paint: { 'background-color': colour('--map-outside') } },
        ...(background ? [{ id: 'background', type: 'raster', source: 'background' }] : []),
        { id: 'land', type: 'fill', source: 'municipalities', paint: { 'fill-color': fill, 'fill-opacity': background ? 0.35 : 1 } },
        { id: 'borders', type: 'line', source: 'municipalities', paint: { 'line-color': colour('--map-line'), 'line-width': 0.8 } },
        { id: 'cities', type: 'line', source: 'municipalities', filter: ['==', role, 'kennisstad'], paint: { 'line-color': colour('--blue'), 'line-width': 1.25 } },
        // Draws nothing: markers do. A source that no layer uses is not loaded.
        { id: 'objects', type: 'circle', source: 'objects', paint: { 'circle-opacity': 0, 'circle-radius': 1 } },
      ],
    };
  }

  /** The colours of the other scheme; markers follow the stylesheet by themselves. */
  paint() {
    for (const layer of this.style(null).layers)
      for (const [name, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, name, value);
  }

  /** What was filtered; else the country, also when that is where nearly all of it stands. */
  extent() {
    if (!box.dataset.filtered || this.objects.features.length === 0) return country;
    const bounds = new this.library.LngLatBounds();
    for (const feature of this.objects.features) bounds.extend(feature.geometry.coordinates);
    const [[west, south], [east, north]] = bounds.toArray();
    return east - west > 2 && north - south > 2 ? country : bounds;
  }

  /** Around what is shown: the country has a margin of its own, an object at the edge needs room for its sign, and the makers stand below. */
  room() {
    if (this.extent() === country) return Math.min(36, box.clientWidth / 24);
    return { top: 28, left: 28, right: 28, bottom: 56 };
  }

  ready() {
    this.note();
    this.map.on('moveend', () => {
      this.keepView();
      if (this.sampled) this.refetchSoon();
    });
    this.bindList();
    box.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.popup) this.popup.remove();
    });
    const png = document.getElementById('kaart-png');
    png.hidden = false;
    png.addEventListener('click', async () => (await import(box.dataset.image)).download(this, { words, legend, attribution: box.dataset.attribution, colour }));
    this.map.on('movestart', () => { box.dataset.ready = 'false'; });
    this.map.on('idle', () => { box.dataset.ready = 'true'; });
  }

  note() {
    // Once a sample, each part of the map is asked for by itself.
    this.sampled ||= this.objects.meer;
    status.textContent = this.objects.meer ? words.more : '';
  }

  refetchSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.refetch(), 250);
  }

  async refetch() {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    const sides = this.map.getBounds().toArray().flat().map(n => n.toFixed(4)).join(',');
    const address = new URL(box.dataset.objects, location);
    address.searchParams.set('vak', sides);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) throw new Error();
      this.objects = await answer.json();
      this.sample++;
      this.map.getSource('objects').setData(this.objects);
      this.note();
    } catch (error) {
      if (error.name !== 'AbortError') status.textContent = words.failed;
    }
  }

  /** Makes the markers what the clusters of this view are, keeping those that stay: they may have the focus. */
  refresh() {
    if (!this.map.getSource('objects') || !this.map.isSourceLoaded('objects')) return;
    const bounds = this.map.getBounds();
    const seen = new Set();
    for (const feature of this.map.querySourceFeatures('objects')) {
      const { properties } = feature, key = properties.cluster ? `g${properties.cluster_id}/${this.sample}` : properties.id;
      if (seen.has(key) || !bounds.contains(feature.geometry.coordinates)) continue;
      seen.add(key);
      if (!this.markers.has(key)) this.markers.set(key, this.marker(feature).addTo(this.map));
    }
    for (const [key, marker] of this.markers) {
      if (seen.has(key)) continue;
      if (marker.getElement() === document.activeElement) this.map.getCanvas().focus({ preventScroll: true });
      marker.remove();
      this.markers.delete(key);
    }
    this.placeNames(bounds);
    this.cover();
  }

  /** What lies half under an open card can't be hit well; it waits until the card closes. */
  cover() {
    if (!this.popup && !this.covers) return;
    this.covers = !!this.popup;
    const card = this.popup?.getElement().querySelector('.maplibregl-popup-content').getBoundingClientRect();
    for (const marker of this.markers.values()) {
      const element = marker.getElement(), at = element.getBoundingClientRect();
      element.classList.toggle('map-under', !!card && at.left < card.right && card.left < at.right && at.top < card.bottom && card.top < at.bottom);
    }
  }

  /** Names stand where they cover no marker and no other name, cities first; what does not fit waits for a closer view. */
  placeNames(bounds) {
    const near = this.map.getZoom() >= 9, taken = [];
    const { clientWidth, clientHeight } = this.map.getContainer();
    const around = (x, y, width, height) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    const fits = b => b[0] >= 0 && b[1] >= 0 && b[2] <= clientWidth && b[3] <= clientHeight && !taken.some(t => t[0] < b[2] && b[0] < t[2] && t[1] < b[3] && b[1] < t[3]);
    for (const marker of this.markers.values()) {
      const at = this.map.project(marker.getLngLat()), size = marker.getElement().offsetWidth;
      taken.push(around(at.x, at.y, size, size));
    }
    for (const label of this.labels) {
      const at = this.map.project(label.place);
      const width = label.name.length * (label.city ? 7.8 : 6.4) + 4, height = 16;
      const spots = label.city ? [[0, 24], [0, -24], [width / 2 + 22, 0], [-width / 2 - 22, 0], [0, 0]] : [[0, 0], [0, 18], [0, -18]];
      const spot = (label.city || near) && bounds.contains(label.place)
        ? spots.find(([x, y]) => fits(around(at.x + x, at.y + y, width, height))) : null;
      if (spot) taken.push(around(at.x + spot[0], at.y + spot[1], width, height));
      if (String(spot) === String(label.spot)) continue;
      if (spot) label.marker.setOffset(spot).addTo(this.map);
      else label.marker.remove();
      label.spot = spot;
    }
  }

  marker(feature) {
    const { properties, geometry: { coordinates } } = feature;
    const button = make('button', { type: 'button' });
    // The map closes a popup at any click that reaches it, also the one that opens it.
    button.addEventListener('click', event => event.stopPropagation());
    if (properties.cluster) {
      const count = properties.point_count;
      button.className = `map-group${count >= 100 ? ' map-group-3' : count >= 10 ? ' map-group-2' : ''}`;
      button.textContent = count;
      button.ariaLabel = words.cluster.replace('{0}', count);
      button.addEventListener('click', () => this.open(properties.cluster_id, count, coordinates, button));
    } else {
      button.className = `map-object ${kindOf(properties).className}`;
      button.append(symbol(properties));
      button.ariaLabel = [properties.naam, properties.soort, placeOf(properties)].join(', ');
      button.addEventListener('click', () => this.show([properties], coordinates, button));
    }
    return Object.assign(new this.library.Marker({ element: button }).setLngLat(coordinates), { properties });
  }

  /** Zooms in until the group falls apart; what stands in one place is shown as a list. */
  async open(id, count, place, opener) {
    const source = this.map.getSource('objects');
    const zoom = await source.getClusterExpansionZoom(id);
    if (zoom <= this.map.getMaxZoom()) {
      this.map.getCanvas().focus({ preventScroll: true });
      this.map.easeTo({ center: place, zoom: zoom + 0.2 });
      return;
    }
    const leaves = await source.getClusterLeaves(id, count, 0);
    this.show(leaves.map(l => l.properties), place, opener);
  }

  show(items, place, opener) {
    this.popup?.remove();
    const content = make('div', { className: 'map-card' });
    if (items.length > 1) content.append(make('p', { className: 'map-card-head', textContent: words.samePlace.replace('{0}', items.length) }));
    content.append(make('ul', {}, ...items.map(item => make('li', {},
      make('span', { className: `kind ${kindOf(item).className}`, textContent: item.soort }),
      make('a', { href: item.adres, textContent: item.naam }),
      make('p', { textContent: placeOf(item) })))));
    const popup = this.popup = new this.library.Popup({ maxWidth: '18rem', offset: 14, focusAfterOpen: true }).setLngLat(place).setDOMContent(content).addTo(this.map);
    this.cover();
    popup.on('close', () => {
      if (this.popup === popup) this.popup = null;
      this.cover();
      if (opener?.isConnected) opener.focus({ preventScroll: true });
    });
  }

  /** A row that is pointed at shows where it is; its button goes there. */
  bindList() {
    if (!list) return;
    const ring = new this.library.Marker({ element: make('div', { className: 'map-ring', ariaHidden: 'true' }) });
    for (const row of list.querySelectorAll('[data-id]')) {
      const feature = this.objects.features.find(f => f.properties.id === row.dataset.id);
      if (!feature) continue;
      const place = feature.geometry.coordinates;
      const on = () => ring.setLngLat(place).addTo(this.map);
      const off = () => ring.remove();
      row.addEventListener('pointerenter', on);
      row.addEventListener('pointerleave', off);
      row.addEventListener('focusin', on);
      row.addEventListener('focusout', off);
      const button = make('button', { type: 'button', className: 'map-find', textContent: words.show });
      button.append(make('span', { className: 'vh', textContent: ` ${words.onMap}: ${feature.properties.naam}` }));
      button.addEventListener('click', () => {
        this.map.jumpTo({ center: place, zoom: Math.max(this.map.getZoom(), 11) });
        box.scrollIntoView({ block: 'nearest' });
        this.show([feature.properties], place, button);
      });
      row.append(button);
    }
  }

  cityLabels(boundaries) {
    return boundaries.features.filter(f => f.properties.rol !== 'overig').map(feature => {
      const ring = feature.geometry.coordinates.map(p => p[0]).reduce((a, b) => (b.length > a.length ? b : a));
      const xs = ring.map(p => p[0]), ys = ring.map(p => p[1]);
      const city = feature.properties.rol === 'kennisstad';
      const place = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
      const element = make('span', { className: city ? 'map-name map-name-city' : 'map-name', textContent: feature.properties.naam, ariaHidden: 'true' });
      return { city, place, spot: null, name: feature.properties.naam, marker: new this.library.Marker({ element }).setLngLat(place) };
    }).sort((a, b) => b.city - a.city);
  }

  keepView() {
    const { lng, lat } = this.map.getCenter();
    const value = `${this.map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
    const put = address => {
      const url = new URL(address, location);
      url.searchParams.delete(view);
      // Slashes may stand in a query; they read better so.
      return `${url.pathname}${url.search}${url.search ? '&' : '?'}${view}=${value}${url.hash}`;
    };
    try {
      history.replaceState(history.state, '', put(location.href));
    } catch {
      // Safari allows a hundred in half a minute; the next move after that keeps the view again.
    }
    for (const link of document.querySelectorAll('.pages a, .lang a')) link.setAttribute('href', put(link.getAttribute('href')));
  }
}

function kindOf(item) {
  return legend.querySelector(`[data-kind="${CSS.escape(item.kind)}"]`);
}

function symbol(item) {
  const svg = kindOf(item).querySelector('svg').cloneNode(true);
  if (item.plaats === 'gemeente') svg.querySelector('path').classList.add('map-symbol-open');
  return svg;
}

function placeOf(item) {
  const precision = { campus: words.campus, gemeente: words.municipality }[item.plaats];
  return [item.gemeente ?? words.noMunicipality, precision].filter(Boolean).join(', ');
}

/** zoom/latitude/longitude from the address, or null when somebody made something else of it. */
function readView() {
  const found = /^(\d{1,2}(?:\.\d{1,4})?)\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/.exec(new URLSearchParams(location.search).get(view) ?? '');
  if (!found) return null;
  const [zoom, lat, lng] = found.slice(1).map(Number);
  return zoom >= 5 && zoom <= 17 && lat > 49.4 && lat < 54.8 && lng > 0.5 && lng < 10 ? { zoom, center: [lng, lat] } : null;
}
