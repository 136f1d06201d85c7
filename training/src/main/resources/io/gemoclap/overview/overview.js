"use strict";
// Draws the charts of an archive's report with Chart.js, anew whenever light changes to dark.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // After Okabe and Ito: told apart by most eyes, lighter on a dark page.
  const ON_LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8a6d9e"];
  const ON_DARK = ["#4aa3df", "#f0853c", "#2fc19a", "#e29cc4", "#e0b13a", "#a5d8f7", "#b69fc9"];
  const colour = (i) => (dark.matches ? ON_DARK : ON_LIGHT)[i % ON_LIGHT.length];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const percent = (share) => (100 * share).toFixed(1) + " %";
  const UNCERTAIN = "uncertain";
  const labels = data.emotions.map((emotion) => emotion.label).filter((label) => label !== "");
  let charts = [];
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

  const axis = (title, more) => ({
    title: { display: title !== "", text: title, color: token("--dim") },
    ticks: { color: token("--dim") },
    grid: { color: token("--line") },
    border: { color: token("--line") },
    ...more,
  });
  const shares = (more) =>
    axis("share of the time, %", {
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

  // A whisker over each bar: the ends of its interval.
  const whiskers = {
    id: "whiskers",
    afterDatasetsDraw: ({ ctx, scales }) => {
      ctx.save();
      ctx.strokeStyle = token("--ink");
      ctx.lineWidth = 1.4;
      data.emotions.forEach(({ low, high }, i) => {
        if (low !== null) {
          const y = scales.y.getPixelForValue(i);
          const [from, to] = [low, high].map((share) => scales.x.getPixelForValue(share));
          ctx.beginPath();
          ctx.moveTo(from, y);
          ctx.lineTo(to, y);
          [from, to].forEach((x) => {
            ctx.moveTo(x, y - 4);
            ctx.lineTo(x, y + 4);
          });
          ctx.stroke();
        }
      });
      ctx.restore();
    },
  };

  const emotions = (place) => {
    place.style.height = Math.max(130, 60 + 30 * data.emotions.length) + "px";
    make(place, {
      type: "bar",
      data: {
        labels: data.emotions.map((emotion) => emotion.label || UNCERTAIN),
        datasets: [{
          data: data.emotions.map((emotion) => emotion.share),
          backgroundColor: data.emotions.map((emotion) =>
            (emotion.label === "" ? token("--dim") : colour(labels.indexOf(emotion.label))) + "99"),
          borderRadius: 3,
          maxBarThickness: 20,
        }],
      },
      options: {
        indexAxis: "y",
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: { label: (item) => percent(item.parsed.x) } },
        },
        scales: {
          x: shares({ min: 0, suggestedMax: Math.max(...data.emotions.map((e) => e.high ?? 0)) }),
          y: axis("", { grid: { display: false } }),
        },
      },
      plugins: [whiskers],
    });
  };

  const stacked = (periods, title) => (place) => {
    const set = (label, colourOf, seconds) => ({
      label,
      data: periods.map((p) => (p.seconds > 0 ? seconds(p) / p.seconds : 0)),
      backgroundColor: colourOf,
    });
    const sets = labels.map((label, i) => set(label, colour(i), (p) => p.labels[label] ?? 0));
    sets.push(set(UNCERTAIN, token("--line"), (p) => p.uncertain_seconds));
    make(place, {
      type: "bar",
      data: { labels: periods.map((p) => p.name), datasets: sets },
      options: {
        plugins: {
          legend: { position: "bottom", labels: { color: token("--dim") } },
          tooltip: {
            callbacks: {
              label: (item) => `${item.dataset.label}: ${percent(item.parsed.y)}`,
              footer: (items) =>
                (periods[items[0].dataIndex].seconds / 3600).toFixed(2) + " hours of speech",
            },
          },
        },
        scales: {
          x: axis(title, { stacked: true, grid: { display: false } }),
          y: shares({ stacked: true, min: 0, max: 1 }),
        },
      },
    });
  };

  const counts = (bins, name, title) => (place) => {
    const measured = bins.some((bin) => bin.segments > 0);
    place.classList.toggle("absent", !measured);
    if (measured) {
      make(place, {
        type: "bar",
        data: {
          labels: bins.map(name),
          datasets: [{
            data: bins.map((bin) => bin.segments),
            backgroundColor: token("--accent") + "99",
            categoryPercentage: 1,
            barPercentage: 0.95,
          }],
        },
        options: {
          plugins: { legend: { display: false } },
          scales: {
            x: axis(title, { grid: { display: false } }),
            y: axis("segments", { min: 0 }),
          },
        },
      });
    }
  };

  const DRAWN = {
    emotions,
    course: stacked(data.course, "part of the recording"),
    calendar: stacked(data.calendar, ""),
    confidence: counts(data.confidence, (bin) => Math.round(100 * bin.low), "confidence from, %"),
    distances: counts(
      data.distances,
      (bin) => (bin.high === null ? `from ${bin.low}` : `${bin.low}–${bin.high}`),
      "distance"),
  };

  const draw = () => {
    charts.forEach((chart) => chart.destroy());
    charts = [];
    document.querySelectorAll("[data-chart]").forEach((place) => DRAWN[place.dataset.chart](place));
  };
  dark.addEventListener("change", draw);
  draw();
})();
