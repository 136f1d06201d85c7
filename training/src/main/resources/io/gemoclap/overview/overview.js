"use strict";
// Draws the charts of an archive's report.
(() => {
  const { data, colour, token, percent, axis, shares, make, whiskers, show } = Plots;
  const UNCERTAIN = "uncertain";
  const TIME = "share of the time, %";
  const labels = data.emotions.map((emotion) => emotion.label).filter((label) => label !== "");

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
          x: shares(TIME, { min: 0, suggestedMax: Math.max(...data.emotions.map((e) => e.high ?? 0)) }),
          y: axis("", { grid: { display: false } }),
        },
      },
      plugins: [whiskers(data.emotions)],
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
          y: shares(TIME, { stacked: true, min: 0, max: 1 }),
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

  show(DRAWN);
})();
