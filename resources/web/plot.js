// Small line plots, drawn as SVG.

import { make, number, say } from "/assets/site.js";

const [width, height, left, right, bottom, top] = [420, 170, 40, 6, 22, 8];
const space = "http://www.w3.org/2000/svg";

function draw(tag, attributes, text) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * Shows `series` (name, values from the oldest on; null leaves a gap) in `place`. `span` is what the width stands for,
 * in seconds. People who do not see it hear the latest values.
 */
export function plot(place, series, span) {
  const most = Math.max(0, ...series.flatMap(({ values }) => values.filter((value) => value !== null)));
  const ceiling = niceCeiling(most);
  const words = series.map(({ name, values }) => `${name}: ${shown(values.findLast((value) => value !== null))}`);
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words.join("; ") });
  for (const share of [0, 0.5, 1]) {
    const y = height - bottom - share * (height - bottom - top);
    picture.append(draw("line", { class: "axis", x1: left, x2: width - right, y1: y, y2: y }));
    picture.append(draw("text", { class: "tick", x: left - 6, y: y + 4, "text-anchor": "end" }, shown(share * ceiling)));
  }
  picture.append(draw("text", { class: "tick", x: left, y: height - 5 }, ago(span)));
  picture.append(draw("text", { class: "tick", x: width - right, y: height - 5, "text-anchor": "end" }, say("now")));
  series.forEach(({ values }, index) => {
    for (const d of paths(values, ceiling)) picture.append(draw("path", { class: `line series-${index}`, d }));
  });
  const legend = make("ul", { class: "legend" }, ...series.map(({ name }, index) => {
    const key = draw("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" });
    key.append(draw("path", { class: `line series-${index}`, d: "M0 6H12" }));
    return make("li", {}, key, words[index] ?? name);
  }));
  place.replaceChildren(picture, legend);
}

function shown(value) {
  return value === undefined || value === null ? "—" : number(value, value < 10 ? 2 : 0);
}

function ago(seconds) {
  return seconds < 90 ? say("secondsAgo", { count: number(seconds) }) : say("minutesAgo", { count: number(seconds / 60) });
}

/** 1, 2 or 5 and zeros, not below the value. */
function niceCeiling(value) {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * unit).find((step) => step >= value);
}

/** One path for each run of values without a gap; a lone value is a dot. */
function paths(values, ceiling) {
  const step = (width - left - right) / Math.max(1, values.length - 1);
  const runs = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const x = (left + index * step).toFixed(1);
    const y = (height - bottom - (value / ceiling) * (height - bottom - top)).toFixed(1);
    const isNext = index > 0 && values[index - 1] !== null;
    if (isNext) runs[runs.length - 1] += `L${x} ${y}`;
    else runs.push(`M${x} ${y}h.01`);
  });
  return runs;
}
