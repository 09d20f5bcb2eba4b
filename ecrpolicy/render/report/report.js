"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const ROWS = 50;
  const BARS = 60;
  const DAY = 86400000;
  // Okabe and Ito's colours, which people of all kinds of colour vision tell apart.
  const COLOURS = ["#d55e00", "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#f0e442"];
  const data = JSON.parse(document.getElementById("data").textContent);
  const id = (name) => document.getElementById(name);
  // The fates that some image has.
  const present = [...new Set(data.rows.map((image) => image[4]))].sort((a, b) => a - b);
  const shown = new Set(present);
  const state = { sort: "pushed", down: false, page: 0, search: "" };
  let rows = data.rows;
  let opener = null;

  const make = (name, attributes = {}, ...children) => {
    const isSvg = ["svg", "rect", "path", "line", "text", "defs", "pattern", "circle", "title"];
    const made = isSvg.includes(name)
      ? document.createElementNS(SVG, name)
      : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const date = (time) => new Date(time).toISOString().slice(0, 10);
  const minute = (time) => new Date(time).toISOString().slice(11, 16);
  const bytes = (count) => {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    let unit = 0;
    while (Math.round(count * 10) / 10 >= 1000 && unit < units.length - 1) {
      count /= 1000;
      unit += 1;
    }
    return unit ? `${count.toFixed(1)} ${units[unit]}` : `${count} B`;
  };
  const number = (count) => count.toLocaleString("en");
  const fill = (fate) => (data.fates[fate][1] ? `url(#fate${fate})` : "var(--stays)");

  // What stands over a colour: seven colours and eight of these tell 56 rules apart, and a policy
  // has 50 at most.
  const STROKES = [
    null,
    "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "M2.4 4A1.6 1.6 0 1 0 5.6 4A1.6 1.6 0 1 0 2.4 4",
    "M0 4H8M4 0V8",
    "M4 0V8",
    "M0 4H8",
    "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    "M0 0H8V8H0Z",
  ];

  // Neighbours differ in both, so that no two rules look the same.
  const patterns = () => {
    const defs = make("defs");
    let going = 0;
    data.fates.forEach(([, goes], fate) => {
      if (!goes) return;
      const colour = COLOURS[going % COLOURS.length];
      const style = Math.floor(going / COLOURS.length) + (going % COLOURS.length) % 4;
      const strokes = STROKES[style % STROKES.length];
      const pattern = make("pattern", {
        id: `fate${fate}`, width: 8, height: 8, patternUnits: "userSpaceOnUse",
      });
      pattern.append(make("rect", { width: 8, height: 8, fill: colour }));
      const ink = { stroke: "#00000080", "stroke-width": 1.4, fill: "none" };
      if (strokes) pattern.append(make("path", { d: strokes, ...ink }));
      defs.append(pattern);
      going += 1;
    });
    const holder = make("svg", { width: 0, height: 0, "aria-hidden": "true", focusable: "false" });
    holder.append(defs);
    document.body.prepend(holder);
  };

  const swatch = (fate) => {
    const svg = make("svg", { class: "swatch", viewBox: "0 0 18 18", "aria-hidden": "true" });
    svg.append(make("rect", { width: 18, height: 18, fill: fill(fate) }));
    return svg;
  };

  const filtered = () => {
    const wanted = state.search.toLowerCase();
    return data.rows.filter(
      (row) =>
        shown.has(row[4]) &&
        (!wanted ||
          row[0].includes(wanted) ||
          row[7].includes(wanted) ||
          (!row[1].length && wanted.startsWith("(") && "(no tag)".includes(wanted)) ||
          row[1].some((tag) => tag.toLowerCase().includes(wanted))),
    );
  };

  const KEYS = {
    tags: (row) => row[1].join("\n"),
    digest: (row) => row[0],
    pushed: (row) => row[2],
    size: (row) => row[3],
    fate: (row) => row[4],
    when: (row) => (row[5] === null ? Infinity : row[5]),
  };

  const refresh = () => {
    const key = KEYS[state.sort];
    const sign = state.down ? -1 : 1;
    rows = filtered()
      .map((row) => [key(row), row])
      .sort(([a, one], [b, other]) => {
        if (a < b) return -sign;
        if (a > b) return sign;
        return one[0] < other[0] ? -1 : 1;
      })
      .map(([, row]) => row);
    state.page = Math.min(state.page, Math.max(0, Math.ceil(rows.length / ROWS) - 1));
    const size = rows.reduce((sum, row) => sum + row[3], 0);
    id("count").textContent =
      `${number(rows.length)} of ${number(data.rows.length)} images, ${bytes(size)}`;
    table();
    timeline();
  };

  const row = (image) => {
    const [digest, tags, pushed, size, fate, when, , mark] = image;
    const label = data.fates[fate][0];
    const button = make(
      "button",
      { type: "button", class: "link", "aria-haspopup": "dialog", "data-digest": digest },
      swatch(fate),
      make("span", {}, label),
    );
    button.addEventListener("click", () => explain(image, button));
    const fates = make("td", { class: "fate" }, button);
    if (mark) fates.append(" ", make("strong", { class: "mark" }, mark));
    const time = make("td", { class: "time" }, date(pushed));
    time.append(make("span", {}, ` ${minute(pushed)}`));
    return make(
      "tr",
      {},
      make("td", { class: "tags" }, tags.join(", ") || "(no tag)"),
      fates,
      make("td", { class: "when time" }, when === null ? "" : date(when)),
      time,
      make("td", { class: "number" }, bytes(size)),
      make("td", { class: "digest", title: digest }, digest.slice(0, 19)),
    );
  };

  const table = () => {
    const start = state.page * ROWS;
    id("rows").replaceChildren(...rows.slice(start, start + ROWS).map(row));
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    id("page").textContent = `page ${number(state.page + 1)} of ${number(pages)}`;
    // Not disabled, which would take the focus from the one that was pressed.
    const dim = (name, isOff) => id(name).setAttribute("aria-disabled", String(isOff));
    for (const name of ["first", "previous"]) dim(name, state.page === 0);
    for (const name of ["last", "next"]) dim(name, state.page >= pages - 1);
    for (const button of document.querySelectorAll("thead button")) {
      const isSorted = button.dataset.sort === state.sort;
      const way = state.down ? "descending" : "ascending";
      button.closest("th").setAttribute("aria-sort", isSorted ? way : "none");
    }
  };

  const explain = (image, button) => {
    opener = button;
    id("why-head").textContent = image[1].join(", ") || image[0];
    id("why-text").textContent = image[6].map((line) => data.lines[line]).join("\n");
    id("why").showModal();
  };

  const axis = (svg, from, to, width, y) => {
    svg.append(make("line", { x1: 0, x2: width, y1: y, y2: y, class: "axis" }));
    for (const part of width < 520 ? [0, 1] : [0, 0.25, 0.5, 0.75, 1]) {
      const anchor = part === 0 ? "start" : part === 1 ? "end" : "middle";
      svg.append(
        make("text", { x: part * width, y: y + 16, "text-anchor": anchor }, date(from + part * (to - from))),
      );
    }
  };

  // As wide as the page has room for, so that the words in a chart keep their size.
  const room = () => Math.max(280, id("report").clientWidth || 900);

  const timeline = () => {
    const width = room();
    const height = 190;
    const times = data.rows.map((image) => image[2]);
    if (!times.length) return;
    const from = times.reduce((a, b) => Math.min(a, b));
    const to = Math.max(from + DAY, times.reduce((a, b) => Math.max(a, b)), data.now || 0);
    const bars = Array.from({ length: BARS }, () => new Map());
    for (const image of rows) {
      const bar = Math.min(BARS - 1, Math.floor(((image[2] - from) / (to - from)) * BARS));
      bars[bar].set(image[4], (bars[bar].get(image[4]) || 0) + 1);
    }
    const totals = bars.map((bar) => [...bar.values()].reduce((a, b) => a + b, 0));
    const most = Math.max(1, ...totals);
    const label =
      `Pushes from ${date(from)} to ${date(to)}: ${number(rows.length)} images in ${BARS} bars, ` +
      `${number(most)} in the tallest. The table below lists them.`;
    const svg = make("svg", { viewBox: `0 -14 ${width} ${height + 38}`, role: "img", "aria-label": label });
    svg.append(make("text", { x: 0, y: -2 }, `${number(most)} images`));
    bars.forEach((bar, index) => {
      let y = height;
      for (const fate of [...bar.keys()].sort((a, b) => b - a)) {
        const tall = (bar.get(fate) / most) * (height - 6);
        y -= tall;
        const rect = make("rect", {
          x: (index * width) / BARS + 1, y, width: width / BARS - 2, height: tall, fill: fill(fate),
        });
        const begins = date(from + (index * (to - from)) / BARS);
        rect.append(make("title", {}, `${begins}: ${number(bar.get(fate))}, ${data.fates[fate][0]}`));
        svg.append(rect);
      }
    });
    axis(svg, from, to, width, height);
    id("timeline").replaceChildren(svg);
  };

  const curve = () => {
    if (!data.curve || data.curve.length < 2) return;
    const width = room();
    const height = 160;
    const from = data.curve[0][0];
    const to = data.curve[data.curve.length - 1][0];
    const most = Math.max(...data.curve.map((point) => point[2]));
    const x = (time) => ((time - from) / (to - from || 1)) * width;
    const y = (size) => height - (size / (most || 1)) * (height - 6);
    let path = `M${x(from)} ${y(data.curve[0][2])}`;
    for (const [time, , size] of data.curve.slice(1)) path += `H${x(time)}V${y(size)}`;
    const first = data.curve[0];
    const last = data.curve[data.curve.length - 1];
    const besides = data.other
      ? ` (under the old policy ${bytes(data.other[2])}, the dashed line)` : "";
    const label =
      `Bytes kept: ${bytes(first[2])} on ${date(from)}, ${bytes(last[2])} on ${date(to)}${besides}, ` +
      `${bytes(most)} at most.`;
    const svg = make("svg", { viewBox: `0 -14 ${width} ${height + 38}`, role: "img", "aria-label": label });
    svg.append(make("text", { x: 0, y: -2 }, bytes(most)));
    svg.append(make("path", { d: `${path}V${height}H${x(from)}Z`, class: "below" }));
    svg.append(make("path", { d: path, class: "curve" }));
    if (data.other) {
      const drop = `M${x(to)} ${y(most)}V${y(data.other[2])}H${x(to) - 24}`;
      svg.append(make("path", { d: drop, class: "curve other" }));
    }
    if (data.now !== null && data.now > from && data.now < to) {
      svg.append(make("line", { x1: x(data.now), x2: x(data.now), y1: 0, y2: height, class: "now" }));
    }
    axis(svg, from, to, width, height);
    id("curve").replaceChildren(svg);
    id("curve-caption").textContent = `${id("curve-note").textContent} ${label}`.trim();
    id("curve-section").hidden = false;
  };

  const legend = () => {
    data.fates.forEach(([label], fate) => {
      const count = data.rows.reduce((sum, image) => sum + (image[4] === fate ? 1 : 0), 0);
      if (!count) return;
      const button = make(
        "button",
        { type: "button", "aria-pressed": "true", "data-fate": fate },
        swatch(fate),
        `${label}: ${number(count)}`,
      );
      button.addEventListener("click", () => show(fate, !shown.has(fate)));
      id("legend").append(button);
      id("fate").append(make("option", { value: fate }, label));
    });
  };

  const show = (fate, wanted) => {
    if (wanted) shown.add(fate);
    else shown.delete(fate);
    const all = shown.size === present.length;
    id("fate").value = all ? "" : shown.size === 1 ? String([...shown][0]) : "some";
    pressed();
  };

  const pressed = () => {
    for (const button of id("legend").children) {
      button.setAttribute("aria-pressed", String(shown.has(Number(button.dataset.fate))));
    }
    state.page = 0;
    refresh();
  };

  const themes = () => {
    const names = ["as the system", "light", "dark"];
    let chosen = 0;
    id("theme").hidden = false;
    id("theme").addEventListener("click", () => {
      chosen = (chosen + 1) % names.length;
      if (chosen) document.documentElement.dataset.theme = names[chosen];
      else delete document.documentElement.dataset.theme;
      id("theme").textContent = `theme: ${names[chosen]}`;
    });
  };

  const turn = (button, page) =>
    id(button).addEventListener("click", () => {
      if (id(button).getAttribute("aria-disabled") === "true") return;
      state.page = page();
      table();
    });

  const listen = () => {
    id("search").addEventListener("input", (event) => {
      state.search = event.target.value.trim();
      state.page = 0;
      refresh();
    });
    id("fate").addEventListener("change", (event) => {
      const chosen = event.target.value;
      shown.clear();
      for (const fate of present) {
        if (chosen === "" || Number(chosen) === fate) shown.add(fate);
      }
      pressed();
    });
    for (const button of document.querySelectorAll("thead button")) {
      button.addEventListener("click", () => {
        state.down = state.sort === button.dataset.sort && !state.down;
        state.sort = button.dataset.sort;
        state.page = 0;
        refresh();
      });
    }
    turn("first", () => 0);
    turn("previous", () => state.page - 1);
    turn("next", () => state.page + 1);
    turn("last", () => Math.ceil(rows.length / ROWS) - 1);
    id("close").addEventListener("click", () => id("why").close());
    id("why").addEventListener("close", () => opener && opener.focus());
    id("why").addEventListener("click", (event) => {
      if (event.target === id("why")) id("why").close();
    });
  };

  if (data.rows.every((image) => image[5] === null)) {
    for (const head of document.querySelectorAll("th.when")) head.remove();
    document.documentElement.classList.add("undated");
  }
  patterns();
  legend();
  themes();
  listen();
  id("report").hidden = false;
  refresh();
  curve();
  let drawn = room();
  addEventListener("resize", () => {
    if (room() === drawn) return;
    drawn = room();
    timeline();
    curve();
  });
})();
