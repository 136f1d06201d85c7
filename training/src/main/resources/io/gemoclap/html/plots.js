// What the charts of all pages share: their data, colours and axes, and that they are drawn anew
// whenever light changes to dark. Comes after Chart.js.
const Plots = (() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // After Okabe and Ito: told apart by most eyes, lighter on a dark page.
  const ON_LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8a6d9e"];
  const ON_DARK = ["#4aa3df", "#f0853c", "#2fc19a", "#e29cc4", "#e0b13a", "#a5d8f7", "#b69fc9"];
  const colours = ON_LIGHT.length;
  const colour = (i) => (dark.matches ? ON_DARK : ON_LIGHT)[i % colours];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const percent = (share) => (100 * share).toFixed(1) + " %";
  let charts = [];
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

  const axis = (title, more) => ({
    title: { display: title !== "", text: title, color: token("--dim") },
    ticks: { color: token("--dim") },
    grid: { color: token("--line") },
    border: { color: token("--line") },
    ...more,
  });

  // An axis of shares from 0 to 1, shown in percent.
  const shares = (title, more) =>
    axis(title, {
      ticks: { color: token("--dim"), callback: (v) => Math.round(100 * v) },
      ...more,
    });

  const make = (place, config) => {
    config.options = {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      ...config.options,
    };
    charts.push(new Chart(place.querySelector("canvas"), config));
  };

  // A whisker over each horizontal bar: the ends of its interval, or null for none.
  const whiskers = (intervals) => ({
    id: "whiskers",
    afterDatasetsDraw: (chart) => {
      const { ctx, scales } = chart;
      ctx.save();
      ctx.strokeStyle = token("--ink");
      ctx.lineWidth = 1.4;
      chart.getDatasetMeta(0).data.forEach((bar, i) => {
        const { low, high } = intervals[i];
        if (low === null) {
          return;
        }
        const [from, to] = [low, high].map((value) => scales.x.getPixelForValue(value));
        ctx.beginPath();
        ctx.moveTo(from, bar.y);
        ctx.lineTo(to, bar.y);
        [from, to].forEach((x) => {
          ctx.moveTo(x, bar.y - 4);
          ctx.lineTo(x, bar.y + 4);
        });
        ctx.stroke();
      });
      ctx.restore();
    },
  });

  // Draws each [data-chart] by the function of that name, and what else depends on the colours.
  const show = (drawn, more = () => {}) => {
    const draw = () => {
      charts.forEach((chart) => chart.destroy());
      charts = [];
      more();
      document.querySelectorAll("[data-chart]").forEach((place) => drawn[place.dataset.chart](place));
    };
    dark.addEventListener("change", draw);
    draw();
  };

  return { data, colours, colour, token, percent, axis, shares, make, whiskers, show };
})();
