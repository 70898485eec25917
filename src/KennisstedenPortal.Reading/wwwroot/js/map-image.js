// The map as a picture (PNG): the view of the moment, with legend and makers drawn below it. Loaded when somebody asks for it.

export async function download({ map, objects, labels, markers }, { words, legend, attribution, colour }) {
  await document.fonts.ready;
  const source = map.getCanvas(), scale = source.width / source.clientWidth;
  const family = getComputedStyle(document.body).fontFamily;
  const entries = [...legend.querySelectorAll('[data-kind]')].filter(e => objects.features.some(f => f.properties.kind === e.dataset.kind));
  const row = 22, foot = 34 + Math.ceil((entries.length + 1) / 2) * row + 30;
  const canvas = Object.assign(document.createElement('canvas'), { width: source.width, height: source.height + foot * scale });
  const paper = canvas.getContext('2d');
  const text = (line, x, y, font, fill, halo) => {
    paper.font = `${font} ${family}`;
    if (halo) {
      paper.lineWidth = 3;
      paper.lineJoin = 'round';
      paper.strokeStyle = halo;
      paper.strokeText(line, x, y);
    }
    paper.fillStyle = fill;
    paper.fillText(line, x, y);
  };
  const draw = (path, x, y, size) => {
    paper.save();
    paper.translate(x - size / 2, y - size / 2);
    paper.scale(size / 22, size / 22);
    paper.translate(1, 1);
    const shape = new Path2D(path.getAttribute('d')), look = getComputedStyle(path);
    paper.fillStyle = look.fill;
    paper.strokeStyle = look.stroke;
    paper.lineWidth = parseFloat(look.strokeWidth);
    paper.stroke(shape);
    paper.fill(shape);
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
    } else draw(element.querySelector('path'), at.x, at.y, 20);
  }
  paper.textAlign = 'left';
  const top = source.clientHeight, wide = source.clientWidth;
  text(words.title, 12, top + 24, '700 16px', colour('--ink'));
  [...entries, legend.querySelector('.map-symbol-open').closest('li')].forEach((entry, i) => {
    const x = 12 + (i % 2) * (wide / 2), y = top + 44 + Math.floor(i / 2) * row;
    draw(entry.querySelector('path'), x + 8, y, 16);
    text(entry.textContent, x + 22, y + 4, '400 13px', colour('--ink'));
  });
  text(attribution, 12, top + foot - 12, '400 12px', colour('--ink-3'));
  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  const address = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: address, download: words.file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
