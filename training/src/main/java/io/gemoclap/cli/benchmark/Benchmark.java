package io.gemoclap.cli.benchmark;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Measures everything in rounds: each round measures each task once, so that what else the machine
 * does falls on all of them alike. A first round warms up and does not count.
 *
 * @param input folder of audio
 * @param model URI of the bundle
 * @param rounds rounds that count
 * @param seconds processor time of one measurement
 * @param options of the pipeline's runner
 */
public record Benchmark(
    Path input, String model, int rounds, double seconds, PipelineOptions options) {
  static final String LOG_MEL = "log-mel";
  static final String MFCC = "mfcc";
  static final String IN_PROCESS = "decode all but WAV, in process";
  static final String ISOLATED = "decode all but WAV, isolated";
  static final String LOOP = "all stages in a plain loop";
  static final String PIPELINE = "Beam pipeline";
  static final String ONE_CLIP = "Beam pipeline, first clip only";

  /** The name of librosa's task for a feature. */
  static String librosa(String feature) {
    return "librosa " + feature;
  }

  /** The name of the task in which librosa's mel filters are made once. */
  static String librosaKept(String feature) {
    return librosa(feature) + ", filters kept";
  }

  /** Runs all rounds; {@code log} takes a line now and then. */
  public BenchmarkReport run(Consumer<String> log) throws IOException {
    List<Clip> clips = Clip.of(input, log);
    log.accept(
        String.format(
            Locale.ROOT, "%d recordings, %.0f s of audio", clips.size(), Clip.seconds(clips)));
    Path samples = LibrosaTask.samples(clips);
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(model), false);
        AudioDecoder inProcess = decoder(DecoderIsolation.inProcess());
        AudioDecoder isolated = decoder(DecoderIsolation.isolated())) {
      List<Task> tasks = new ArrayList<>();
      List<Clip> encoded = clips.stream().filter(clip -> !clip.format().startsWith("wav")).toList();
      if (!encoded.isEmpty()) {
        tasks.add(StageTasks.decode(IN_PROCESS, inProcess, encoded));
        tasks.add(StageTasks.decode(ISOLATED, isolated, encoded));
      }
      tasks.addAll(tasks(clips, lease.model(), samples));
      Map<String, List<Task.Cost>> costs = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        log.accept(round == 0 ? "Warming up" : "Round " + round + " of " + rounds);
        for (Task task : tasks) {
          Task.Cost cost = task.measure(seconds);
          if (round > 0) {
            costs.computeIfAbsent(task.name(), name -> new ArrayList<>()).add(cost);
          }
        }
      }
      return new BenchmarkReport(clips.size(), Clip.seconds(clips), costs);
    } finally {
      Files.delete(samples);
    }
  }

  private static AudioDecoder decoder(DecoderIsolation isolation) {
    return new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, Clip.SAMPLE_RATE, isolation);
  }

  private List<Task> tasks(List<Clip> clips, SpeechModel loaded, Path samples) throws IOException {
    Task loop = StageTasks.loop(LOOP, loaded, clips);
    Task.Cost first = loop.measure(seconds);
    double once = Clip.seconds(clips) / first.rate();
    int copies = (int) Math.max(1, Math.ceil(seconds / once));
    List<Task> tasks = new ArrayList<>();
    tasks.add(Calibration.task());
    tasks.addAll(StageTasks.decode(clips));
    tasks.add(StageTasks.speechClassifier(clips));
    tasks.add(StageTasks.features(LOG_MEL, FeatureSpec.logMel(Preset.LIBROSA), clips));
    tasks.add(StageTasks.features(MFCC, FeatureSpec.mfcc(), clips));
    tasks.addAll(LibrosaTask.tasks(samples));
    tasks.add(StageTasks.features("prosody", FeatureSpec.prosody(), clips));
    tasks.add(StageTasks.features("emotion functionals", FeatureSpec.emotionFunctionals(), clips));
    tasks.add(StageTasks.embed(loaded, clips, 1));
    tasks.add(StageTasks.embed(loaded, clips, 32));
    tasks.add(loop);
    tasks.add(new BeamTask(PIPELINE, model, clips, copies, options));
    tasks.add(new BeamTask(ONE_CLIP, model, clips.subList(0, 1), 1, options));
    return tasks;
  }
}
