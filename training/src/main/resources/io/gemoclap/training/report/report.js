"use strict";
// Draws the charts of a report with Chart.js, anew whenever light changes to dark.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // After Okabe and Ito: told apart by most eyes, lighter on a dark page; then again with dashes.
  const ON_LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8a6d9e"];
  const ON_DARK = ["#4aa3df", "#f0853c", "#2fc19a", "#e29cc4", "#e0b13a", "#a5d8f7", "#b69fc9"];
  const colour = (i) => (dark.matches ? ON_DARK : ON_LIGHT)[i % ON_LIGHT.length];
  const DASHES = [[], [6, 3], [2, 2], [10, 3, 2, 3]];
  const line = (i) => ({
    borderColor: colour(i),
    borderDash: DASHES[Math.floor(i / ON_LIGHT.length) % DASHES.length],
  });
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const percent = (share) => (100 * share).toFixed(1) + " %";
  const folds = Object.keys(data.curves);
  let charts = [];
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

  const axis = (title, share, more) => ({
    title: { display: true, text: title, color: token("--dim") },
    ticks: { color: token("--dim"), ...(share ? { callback: (v) => Math.round(100 * v) } : {}) },
    grid: { color: token("--line") },
    border: { color: token("--line") },
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

  const curve = (field, title, share) => (place) => {
    const measured = folds.filter((fold) => data.curves[fold].some((row) => field in row));
    place.classList.toggle("absent", measured.length === 0);
    if (measured.length === 0) {
      return;
    }
    make(place, {
      type: "line",
      data: {
        datasets: measured.map((fold) => ({
          label: "fold " + fold,
          data: data.curves[fold]
            .filter((row) => field in row)
            .map((row) => ({ x: row.epoch, y: row[field] })),
          borderWidth: 1.8,
          pointRadius: data.curves[fold].length > 1 ? 0 : 3,
          pointHitRadius: 8,
          ...line(folds.indexOf(fold)),
        })),
      },
      options: {
        interaction: { mode: "nearest", intersect: false },
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: (items) => "epoch " + items[0].parsed.x,
              label: (item) =>
                item.dataset.label + ": " +
                (share ? percent(item.parsed.y) : item.parsed.y.toFixed(4)),
            },
          },
        },
        scales: {
          x: axis("epoch", false, { type: "linear" }),
          y: axis(title, share),
        },
      },
    });
  };

  // A whisker over each bar: the ends of its interval.
  const whiskers = (groups) => ({
    id: "whiskers",
    afterDatasetsDraw: (chart) => {
      const { ctx, scales } = chart;
      ctx.save();
      ctx.strokeStyle = token("--ink");
      ctx.lineWidth = 1.4;
      chart.getDatasetMeta(0).data.forEach((bar, i) => {
        const low = scales.x.getPixelForValue(groups[i].uar_interval.low);
        const high = scales.x.getPixelForValue(groups[i].uar_interval.high);
        ctx.beginPath();
        ctx.moveTo(low, bar.y);
        ctx.lineTo(high, bar.y);
        for (const end of [low, high]) {
          ctx.moveTo(end, bar.y - 4);
          ctx.lineTo(end, bar.y + 4);
        }
        ctx.stroke();
      });
      ctx.restore();
    },
  });

  const bars = (groups) => (place) => {
    place.style.height = Math.max(130, 70 + 26 * groups.length) + "px";
    make(place, {
      type: "bar",
      data: {
        labels: groups.map((group) => group.name),
        datasets: [{
          label: "UAR",
          data: groups.map((group) => group.uar),
          backgroundColor: token("--accent") + "99",
          borderRadius: 3,
          maxBarThickness: 18,
        }],
      },
      options: {
        indexAxis: "y",
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              label: (item) => {
                const group = groups[item.dataIndex];
                const { low, high } = group.uar_interval;
                return `UAR ${percent(group.uar)} (${percent(low)} to ${percent(high)}), ` +
                  `${group.utterances} utterances`;
              },
            },
          },
        },
        scales: {
          x: axis("UAR, %", true, { min: 0, max: 1 }),
          y: axis("", false, { title: { display: false }, grid: { display: false } }),
        },
      },
      plugins: [whiskers(groups)],
    });
  };

  const reliability = (place) => {
    const { bins_before: before, bins_after: after } = data.calibration;
    const most = Math.max(...before.concat(after).map((bin) => bin.items));
    const points = (label, bins, i) => ({
      label,
      data: bins.map((bin) => ({ x: bin.confidence, y: bin.accuracy, items: bin.items })),
      pointRadius: bins.map((bin) => 3 + 7 * Math.sqrt(bin.items / most)),
      backgroundColor: colour(i) + "aa",
      borderColor: colour(i),
      borderWidth: 1.2,
      showLine: true,
      clip: 14,
    });
    const sets = [points(data.reliability, before, 1)];
    if (after.length > 0) {
      sets.push(points("calibrated on the other folds", after, 0));
    }
    sets.push({
      label: "honest",
      data: [{ x: 0, y: 0 }, { x: 1, y: 1 }],
      borderColor: token("--dim"),
      backgroundColor: "transparent",
      borderDash: [5, 4],
      borderWidth: 1.2,
      pointRadius: 0,
      pointHitRadius: 0,
      pointStyle: "line",
      showLine: true,
    });
    make(place, {
      type: "scatter",
      data: { datasets: sets },
      options: {
        plugins: {
          legend: { position: "bottom", labels: { color: token("--dim"), usePointStyle: true } },
          tooltip: {
            callbacks: {
              label: ({ raw }) =>
                `confidence ${percent(raw.x)}, right ${percent(raw.y)}, ${raw.items} utterances`,
            },
          },
        },
        scales: {
          x: axis("confidence, %", true, { min: 0, max: 1 }),
          y: axis("accuracy, %", true, { min: 0, max: 1 }),
        },
      },
    });
  };

  const risk = (place) => {
    make(place, {
      type: "line",
      data: {
        datasets: [{
          label: "risk",
          data: data.risk.points.map((point) => ({ x: point.coverage, y: point.risk })),
          borderWidth: 1.8,
          pointRadius: 3,
          backgroundColor: colour(0),
          ...line(0),
        }],
      },
      options: {
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: (items) => percent(items[0].parsed.x) + " shown",
              label: ({ dataIndex, parsed }) =>
                `${percent(parsed.y)} wrong, least confidence ` +
                percent(data.risk.points[dataIndex].confidence),
            },
          },
        },
        scales: {
          x: axis("coverage, %", true, { type: "linear", min: 0, max: 1 }),
          y: axis("risk, %", true, { min: 0 }),
        },
      },
    });
  };

  const legend = () => {
    const place = document.getElementById("fold-legend");
    place?.replaceChildren(...folds.map((fold, i) => {
      const { borderColor, borderDash } = line(i);
      const entry = document.createElement("span");
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
      stroke.setAttribute("d", "M0 4H30");
      stroke.setAttribute("stroke", borderColor);
      stroke.setAttribute("stroke-width", "2.5");
      stroke.setAttribute("stroke-dasharray", borderDash.join(" "));
      svg.append(stroke);
      entry.append(svg, "fold " + fold);
      return entry;
    }));
  };

  const DRAWN = {
    loss: curve("loss", "loss", false),
    dev_loss: curve("dev_loss", "loss", false),
    dev_uar: curve("dev_uar", "UAR, %", true),
    test_uar: curve("test_uar", "UAR, %", true),
    folds: bars(data.folds),
    speakers: bars(data.speakers),
    genders: bars(data.genders),
    reliability,
    risk,
  };

  const draw = () => {
    charts.forEach((chart) => chart.destroy());
    charts = [];
    legend();
    document.querySelectorAll("[data-chart]").forEach((place) => DRAWN[place.dataset.chart](place));
  };

  draw();
  dark.addEventListener("change", draw);
})();
