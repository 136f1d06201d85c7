"use strict";
// Draws the charts of a training run's report.
(() => {
  const { data, colours, colour, token, percent, axis, shares, make, whiskers, show } = Plots;
  // Colours that come again are told apart by dashes.
  const DASHES = [[], [6, 3], [2, 2], [10, 3, 2, 3]];
  const line = (i) => ({
    borderColor: colour(i),
    borderDash: DASHES[Math.floor(i / colours) % DASHES.length],
  });
  const folds = Object.keys(data.curves);

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
          x: axis("epoch", { type: "linear" }),
          y: (share ? shares : axis)(title),
        },
      },
    });
  };

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
          x: shares("UAR, %", { min: 0, max: 1 }),
          y: axis("", { grid: { display: false } }),
        },
      },
      plugins: [whiskers(groups.map((group) => group.uar_interval))],
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
          x: shares("confidence, %", { min: 0, max: 1 }),
          y: shares("accuracy, %", { min: 0, max: 1 }),
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
          x: shares("coverage, %", { type: "linear", min: 0, max: 1 }),
          y: shares("risk, %", { min: 0 }),
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

  show(DRAWN, legend);
})();
