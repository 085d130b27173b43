"use strict";
const graph = JSON.parse(document.getElementById("graph").textContent);
const canvas = document.querySelector("canvas");
const pen = canvas.getContext("2d");
const told = document.getElementById("told");
const byId = new Map(graph.nodes.map((node) => [node.id, node]));
const edges = graph.edges
  .map((edge) => ({ ...edge, a: byId.get(edge.one), b: byId.get(edge.other) }))
  .filter((edge) => edge.a && edge.b);
const onPath = new Set(graph.paths.flatMap((path) => path.people.slice(1).map((who, at) => pair(path.people[at], who))));
const view = { x: 0, y: 0, scale: 1 };
let heat = 1, chosen = null, dragged = null, moved = false, last = null, touched = false;

function pair(one, other) { return one < other ? one + " " + other : other + " " + one; }

// People start on a circle, the one asked for in the middle: the same graph looks the same each time.
graph.nodes.forEach((node, at) => {
  const turn = (2 * Math.PI * at) / graph.nodes.length, far = graph.centre.includes(node.id) ? 10 : 120 + 8 * Math.sqrt(at) * 6;
  node.x = far * Math.cos(turn);
  node.y = far * Math.sin(turn);
  node.vx = node.vy = 0;
});

// Forces: all push each other apart, ties pull together, everything drifts to the middle (Fruchterman and Reingold 1991).
function settle() {
  const nodes = graph.nodes;
  for (let i = 0; i < nodes.length; i++) {
    const a = nodes[i];
    a.vx -= a.x * 0.002;
    a.vy -= a.y * 0.002;
    for (let j = i + 1; j < nodes.length; j++) {
      const b = nodes[j];
      let dx = a.x - b.x, dy = a.y - b.y;
      if (!dx && !dy) dx = 0.01 * (i + 1);
      const push = 900 / Math.max(dx * dx + dy * dy, 60);
      a.vx += dx * push * 0.05; a.vy += dy * push * 0.05;
      b.vx -= dx * push * 0.05; b.vy -= dy * push * 0.05;
    }
  }
  for (const edge of edges) {
    const dx = edge.b.x - edge.a.x, dy = edge.b.y - edge.a.y, far = Math.hypot(dx, dy) || 1;
    const pull = (far - 110) * 0.004 * Math.min(1 + edge.weight / 6, 3);
    edge.a.vx += (dx / far) * pull; edge.a.vy += (dy / far) * pull;
    edge.b.vx -= (dx / far) * pull; edge.b.vy -= (dy / far) * pull;
  }
  for (const node of nodes) {
    if (node !== dragged) {
      node.x += Math.max(-12, Math.min(12, node.vx)) * heat;
      node.y += Math.max(-12, Math.min(12, node.vy)) * heat;
    }
    node.vx *= 0.75;
    node.vy *= 0.75;
  }
  heat = Math.max(heat * 0.994, dragged ? 0.3 : 0);
}

function colour(edge) {
  if (edge.how.gave_to || edge.how.received_from) return "#c33";
  return edge.how.same_case ? "#456" : "#bbb";
}

function draw() {
  const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.translate(width / 2 + view.x, height / 2 + view.y);
  pen.scale(view.scale, view.scale);
  for (const edge of edges) {
    pen.strokeStyle = edge === chosen ? "#f80" : onPath.has(pair(edge.one, edge.other)) ? "#080" : colour(edge);
    pen.lineWidth = Math.min(1 + Math.log2(edge.weight), 7) + (edge === chosen ? 2 : 0);
    pen.beginPath();
    pen.moveTo(edge.a.x, edge.a.y);
    pen.lineTo(edge.b.x, edge.b.y);
    pen.stroke();
  }
  pen.font = "14px sans-serif";
  pen.textAlign = "center";
  for (const node of graph.nodes) {
    pen.fillStyle = node === chosen ? "#f80" : graph.centre.includes(node.id) ? "#c33" : "#369";
    pen.beginPath();
    pen.arc(node.x, node.y, size(node), 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = "#222";
    pen.fillText(node.name, node.x, node.y - size(node) - 4);
  }
}

function size(node) { return 5 + Math.min(Math.sqrt(node.documents), 9); }

// Until somebody drags or zooms, all people are in view.
function fit() {
  const far = Math.max(150, ...graph.nodes.map((node) => Math.max(Math.abs(node.x), Math.abs(node.y))));
  view.scale = Math.min(1.5, (Math.min(canvas.clientWidth, canvas.clientHeight) / 2 - 30) / far);
}

function frame() {
  if (heat > 0.01) settle();
  if (!touched) fit();
  draw();
  requestAnimationFrame(frame);
}

function place(event) {
  const box = canvas.getBoundingClientRect();
  return {
    x: (event.clientX - box.left - box.width / 2 - view.x) / view.scale,
    y: (event.clientY - box.top - box.height / 2 - view.y) / view.scale,
  };
}

function nodeAt(at) {
  return graph.nodes.find((node) => Math.hypot(node.x - at.x, node.y - at.y) < size(node) + 6 / view.scale);
}

function edgeAt(at) {
  let best = null, nearest = 8 / view.scale;
  for (const edge of edges) {
    const dx = edge.b.x - edge.a.x, dy = edge.b.y - edge.a.y;
    const along = Math.max(0, Math.min(1, ((at.x - edge.a.x) * dx + (at.y - edge.a.y) * dy) / (dx * dx + dy * dy || 1)));
    const far = Math.hypot(at.x - edge.a.x - along * dx, at.y - edge.a.y - along * dy);
    if (far < nearest) { nearest = far; best = edge; }
  }
  return best;
}

// Text is only ever put in as text, never as markup.
function element(name, text, inside = told) {
  const made = document.createElement(name);
  made.textContent = text;
  inside.append(made);
  return made;
}

function ways(edge) {
  return Object.entries(edge.how).map(([how, count]) => `${graph.labels[how]} ${count} 次`).join("、");
}

function tellEdge(edge) {
  chosen = edge;
  told.textContent = "";
  element("h2", `${edge.a.name} — ${edge.b.name}`);
  element("p", `${ways(edge)}（从${edge.a.name}看）`);
  for (const one of edge.evidence) {
    element("blockquote", one.text);
    element("small", `${one.source} 第 ${one.page} 页`);
  }
}

function tellNode(node) {
  chosen = node;
  told.textContent = "";
  element("h2", node.name);
  element("p", `${node.post || "（没有写明职务）"}　编号 ${node.id}`);
  for (const edge of edges.filter((edge) => edge.a === node || edge.b === node)) {
    const line = element("p", "");
    element("button", `${edge.a === node ? edge.b.name : edge.a.name}：${ways(edge)}`, line)
      .addEventListener("click", () => tellEdge(edge));
  }
}

canvas.addEventListener("pointerdown", (event) => {
  dragged = nodeAt(place(event)) || null;
  last = event;
  moved = false;
  touched = true;
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => {
  if (!last) return;
  moved = moved || Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) > 2;
  if (dragged) {
    Object.assign(dragged, place(event));
    heat = Math.max(heat, 0.4);
  } else {
    view.x += event.clientX - last.clientX;
    view.y += event.clientY - last.clientY;
  }
  if (moved) last = event;
});
canvas.addEventListener("pointerup", (event) => {
  if (!moved) {
    const node = nodeAt(place(event)), edge = node ? null : edgeAt(place(event));
    if (node) tellNode(node);
    else if (edge) tellEdge(edge);
  }
  dragged = last = null;
});
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  touched = true;
  const before = place(event);
  view.scale = Math.max(0.1, Math.min(6, view.scale * Math.exp(-event.deltaY / 600)));
  const after = place(event);
  view.x += (after.x - before.x) * view.scale;
  view.y += (after.y - before.y) * view.scale;
}, { passive: false });
document.querySelector("input").addEventListener("input", (event) => {
  const node = event.target.value && graph.nodes.find((one) => one.name.includes(event.target.value));
  if (node) {
    touched = true;
    view.x = -node.x * view.scale;
    view.y = -node.y * view.scale;
    tellNode(node);
  }
});
document.getElementById("cut").textContent = graph.cut;
requestAnimationFrame(frame);
