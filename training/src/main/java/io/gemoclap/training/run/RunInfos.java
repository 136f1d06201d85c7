package io.gemoclap.training.run;

import io.gemoclap.features.Normalization;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.report.RunInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.util.ReleaseInfo;

/** Writes down for the report what a run was asked for. */
final class RunInfos {
  private RunInfos() {}

  static RunInfo of(
      TrainingPlan plan, RunFolder run, Instant started, List<RunInfo.FailedFold> failed) {
    RunIdentity identity = plan.identity();
    TrainConfig config = identity.config();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("folds", plan.folds().scheme());
    settings.put("dev_share", plan.folds().devShare());
    settings.put("copies", identity.features().copies());
    settings.put("degraded_copies", identity.features().degradedCopies());
    settings.put("features", identity.features().spec().toString());
    if (identity.normalize() != Normalization.NONE) {
      settings.put("prior_weight", identity.priorWeight());
      if (identity.archiveWeight() != null) {
        settings.put("archive_weight", identity.archiveWeight());
      }
    }
    settings.put("network", config.network());
    settings.put("optimization", config.optimization());
    settings.put("sampling", config.sampling());
    settings.put("targets", config.objective().targets());
    Map<String, String> versions = new TreeMap<>();
    versions.put("java", Runtime.version().toString());
    versions.put("beam", ReleaseInfo.getReleaseInfo().getVersion());
    return new RunInfo(
        run.root().getFileName().toString(),
        plan.command(),
        plan.corpus().name(),
        plan.corpus().labels(),
        config.objective().variant().name(),
        config.objective().alpha(),
        config.objective().prompts().name().toLowerCase(Locale.ROOT).replace('_', '+'),
        identity.normalize().toString(),
        config.seed(),
        settings,
        versions,
        plan.folds().speakerDependent(),
        failed,
        started.toString(),
        Duration.between(started, Instant.now()).toMillis() / 1000.0,
        null);
  }
}
