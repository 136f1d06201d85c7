package io.gemoclap.cli.benchmark;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.features.FeatureExtractor;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.SpeechModel;
import io.gemoclap.score.ZeroShotClassifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The stages one by one, and all in a plain loop, without Beam. */
final class StageTasks {
  private static final int LOOP_BATCH = 64;

  private StageTasks() {}

  /** Decoding, one task for each format. */
  static List<Task> decode(List<Clip> clips) {
    Map<String, List<Clip>> formats =
        clips.stream()
            .collect(Collectors.groupingBy(Clip::format, TreeMap::new, Collectors.toList()));
    List<Task> tasks = new ArrayList<>();
    formats.forEach(
        (format, same) ->
            tasks.add(
                Task.repeated(
                    "decode " + format,
                    Clip.seconds(same),
                    () -> {
                      for (Clip clip : same) {
                        clip.decode();
                      }
                    })));
    return tasks;
  }

  /** Decoding of all that needs native code, with a given decoder. */
  static Task decode(String name, AudioDecoder decoder, List<Clip> clips) {
    List<Clip> encoded = clips.stream().filter(clip -> !clip.format().startsWith("wav")).toList();
    return Task.repeated(
        name,
        Clip.seconds(encoded),
        () -> {
          for (Clip clip : encoded) {
            clip.decode(decoder);
          }
        });
  }

  static Task features(String name, FeatureSpec spec, List<Clip> clips) {
    FeatureExtractor extractor = spec.extractor();
    return Task.repeated(
        name, Clip.seconds(clips), () -> clips.forEach(c -> extractor.extract(c.samples())));
  }

  /** The audio tower; the clips' features are repeated until the last batch is full. */
  static Task embed(SpeechModel model, List<Clip> clips, int batch) {
    FeatureExtractor extractor = model.manifest().featureSpec().extractor();
    List<FeatureMatrix> matrices = new ArrayList<>();
    double seconds = 0;
    for (int i = 0; i < clips.size() || i % batch != 0; i++) {
      Clip clip = clips.get(i % clips.size());
      matrices.add(extractor.extract(clip.samples()));
      seconds += clip.seconds();
    }
    return Task.repeated(
        "embed, batches of " + batch,
        seconds,
        () -> {
          for (int from = 0; from < matrices.size(); from += batch) {
            model.embedSpeech(matrices.subList(from, from + batch));
          }
        });
  }

  /** Decode, features, embed and score, one after the other. */
  static Task loop(String name, SpeechModel model, List<Clip> clips) {
    FeatureExtractor extractor = model.manifest().featureSpec().extractor();
    Classifiers score = new Classifiers(model);
    return Task.repeated(name, Clip.seconds(clips), () -> loop(model, extractor, score, clips));
  }

  private static void loop(
      SpeechModel model, FeatureExtractor extractor, Classifiers score, List<Clip> clips)
      throws IOException {
    List<FeatureMatrix> batch = new ArrayList<>();
    for (Clip clip : clips) {
      batch.add(extractor.extract(clip.decode()));
      if (batch.size() == LOOP_BATCH) {
        score.all(model.embedSpeech(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      score.all(model.embedSpeech(batch));
    }
  }

  private static final class Classifiers {
    private final ZeroShotClassifier emotions;
    private final ZeroShotClassifier genders;

    Classifiers(SpeechModel model) {
      var manifest = model.manifest();
      double scale = manifest.logitScaleAudio();
      emotions =
          ZeroShotClassifier.of(
              manifest.labels().stream()
                  .map(label -> List.of(manifest.templates().get(0).replace("{}", label)))
                  .toList(),
              model::embedText,
              scale / manifest.temperature());
      genders =
          ZeroShotClassifier.of(
              List.copyOf(manifest.genderPrompts().values()),
              model::embedText,
              scale / manifest.genderTemperature());
    }

    void all(float[][] vectors) {
      for (float[] vector : vectors) {
        emotions.probabilities(vector);
        genders.probabilities(vector);
      }
    }
  }
}
