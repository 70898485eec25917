// The map as a picture (PNG): the view of the moment, with legend and makers below it. Loaded when somebody asks for it.

/** At least, so that it can be printed. */
const dots = 2;

export async function download({ map, objects, labels, markers }, { words, legend, attribution, colour }) {
  const before = map.getPixelRatio();
  const drawn = map.once('idle');
  map.setPixelRatio(Math.max(dots, before));
  // On a fine screen nothing changes, and nothing would be drawn.
  map.triggerRepaint();
  await Promise.all([document.fonts.ready, drawn]);
  const source = map.getCanvas(), wide = source.clientWidth, high = source.clientHeight, scale = source.width / wide;
  const family = getComputedStyle(document.body).fontFamily;
  const entries = [...legend.children].filter(e => e.dataset.kind ? objects.features.some(f => f.properties.kind === e.dataset.kind) : !e.hidden);
  const columns = wide < 480 ? 1 : 2, row = 22, foot = 46 + Math.ceil(entries.length / columns) * row + 56;
  const canvas = Object.assign(document.createElement('canvas'), { width: source.width, height: source.height + foot * scale });
  const paper = canvas.getContext('2d');

  // What is longer than its room is set narrower: cut off it would say something else.
  const text = (line, x, y, font, fill, halo, room) => {
    paper.font = `${font} ${family}`;
    if (halo) {
      paper.lineWidth = 3;
      paper.lineJoin = 'round';
      paper.strokeStyle = halo;
      paper.strokeText(line, x, y);
    }
    paper.fillStyle = fill;
    paper.fillText(line, x, y, room);
  };
  const draw = (svg, x, y, size) => {
    const shape = svg.querySelector('path, rect, circle'), look = getComputedStyle(shape), { x: left, y: top, width } = svg.viewBox.baseVal;
    const path = new Path2D(shape.getAttribute('d') ?? undefined);
    if (shape.matches('rect')) path.roundRect(shape.x.baseVal.value, shape.y.baseVal.value, shape.width.baseVal.value, shape.height.baseVal.value, 3);
    if (shape.matches('circle')) path.arc(shape.cx.baseVal.value, shape.cy.baseVal.value, shape.r.baseVal.value, 0, 7);
    paper.save();
    paper.translate(x - size / 2, y - size / 2);
    paper.scale(size / width, size / width);
    paper.translate(-left, -top);
    paper.fillStyle = look.fill;
    paper.strokeStyle = look.stroke;
    paper.lineWidth = parseFloat(look.strokeWidth);
    if (look.stroke !== 'none') paper.stroke(path);
    paper.fill(path);
    paper.restore();
  };

  paper.fillStyle = colour('--card');
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(source, 0, 0);
  paper.scale(scale, scale);
  paper.textAlign = 'center';
  for (const label of labels.filter(l => l.spot)) {
    const at = map.project(label.place);
    text(label.name, at.x + label.spot[0], at.y + label.spot[1] + 4, label.city ? '650 13px' : '500 12px', colour('--ink'), colour('--paper'));
  }
  for (const marker of markers.values()) {
    const at = map.project(marker.getLngLat()), element = marker.getElement();
    if (marker.properties.cluster) {
      paper.beginPath();
      paper.arc(at.x, at.y, element.offsetWidth / 2, 0, 7);
      paper.fillStyle = colour('--ink');
      paper.fill();
      text(element.textContent, at.x, at.y + 4.5, '700 13px', colour('--paper'));
    } else draw(element.querySelector('svg'), at.x, at.y, 20);
  }
  paper.textAlign = 'left';
  text(words.title, 12, high + 26, '700 16px', colour('--ink'), null, wide - 24);
  entries.forEach((entry, i) => {
    const x = 12 + (i % columns) * (wide / columns), y = high + 50 + Math.floor(i / columns) * row;
    draw(entry.querySelector('svg'), x + 8, y, 16);
    text(entry.textContent.trim(), x + 22, y + 4, '400 13px', colour('--ink'), null, wide / columns - 46);
  });
  text(words.asOn, 12, high + foot - 44, '400 12px', colour('--ink-3'), null, wide - 24);
  text(attribution, 12, high + foot - 28, '400 12px', colour('--ink-3'), null, wide - 24);
  text(location.href, 12, high + foot - 12, '400 12px', colour('--ink-3'), null, wide - 24);
  map.setPixelRatio(before);

  const address = URL.createObjectURL(await new Promise(resolve => canvas.toBlob(resolve, 'image/png')));
  Object.assign(document.createElement('a'), { href: address, download: words.file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
