package io.gemoclap.cli.benchmark;

import com.google.common.collect.Lists;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.speech.SpeechClassifier;
import io.gemoclap.features.FeatureExtractor;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.SpeechModel;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.score.ZeroShotClassifier;
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
    return formats.entrySet().stream()
        .map(same -> decode("decode " + same.getKey(), Clip.DECODER, same.getValue()))
        .toList();
  }

  /** Decoding with a given decoder. */
  static Task decode(String name, AudioDecoder decoder, List<Clip> clips) {
    return Task.repeated(
        name,
        Clip.seconds(clips),
        () -> {
          for (Clip clip : clips) {
            clip.decode(decoder);
          }
        });
  }

  static Task features(String name, FeatureSpec spec, List<Clip> clips) {
    FeatureExtractor extractor = spec.extractor();
    return Task.repeated(
        name, Clip.seconds(clips), () -> clips.forEach(c -> extractor.extract(c.samples())));
  }

  /** Tells speech from other sounds, as {@code DecodeAudio} does with each segment. */
  static Task speechClassifier(List<Clip> clips) {
    SpeechClassifier classifier = new SpeechClassifier(Clip.SAMPLE_RATE, FfmpegTransforms::ofSize);
    return Task.repeated(
        "speech classifier",
        Clip.seconds(clips),
        () -> clips.forEach(clip -> classifier.probability(clip.samples())));
  }

  /** The audio tower; the clips' features are repeated until the last batch is full. */
  static Task embed(SpeechModel model, List<Clip> clips, int batch) {
    FeatureExtractor extractor = model.manifest().featureSpec().extractor();
    List<FeatureMatrix> matrices = new ArrayList<>();
    double seconds = 0;
    for (int i = 0; i < clips.size() || i % batch != 0; i++) {
      Clip clip = clips.get(i % clips.size());
      matrices.add(
          FeatureNormalizer.alone(
              model.manifest().normalization(), extractor.extract(clip.samples())));
      seconds += clip.seconds();
    }
    return Task.repeated(
        "embed, batches of " + batch,
        seconds,
        () -> Lists.partition(matrices, batch).forEach(model::embedSpeech));
  }

  /**
   * Decode, cut by voice activity, tell speech from other sounds, features, embed and score, one
   * after the other, as {@code annotate} does by default.
   */
  static Task loop(String name, SpeechModel model, List<Clip> clips) {
    FeatureExtractor extractor = model.manifest().featureSpec().extractor();
    SpeechClassifier speech = new SpeechClassifier(Clip.SAMPLE_RATE, FfmpegTransforms::ofSize);
    List<ZeroShotClassifier> classifiers = classifiers(model);
    return Task.repeated(
        name,
        Clip.seconds(clips),
        () -> {
          for (List<Clip> some : Lists.partition(clips, LOOP_BATCH)) {
            List<FeatureMatrix> batch = new ArrayList<>();
            for (Clip clip : some) {
              for (float[] segment : clip.segments()) {
                if (speech.probability(segment) >= DecodeAudio.SPEECH_THRESHOLD) {
                  batch.add(
                      FeatureNormalizer.alone(
                          model.manifest().normalization(), extractor.extract(segment)));
                }
              }
            }
            if (batch.isEmpty()) {
              continue;
            }
            for (float[] vector : model.embedSpeech(batch)) {
              float[] part = SpeechParts.emotion(vector, model.manifest().dims());
              classifiers.forEach(classifier -> classifier.probabilities(part));
            }
          }
        });
  }

  /** The classifiers of emotion and of gender. */
  private static List<ZeroShotClassifier> classifiers(SpeechModel model) {
    var manifest = model.manifest();
    double scale = manifest.logitScaleAudio();
    List<List<String>> labels =
        manifest.labels().stream()
            .map(label -> List.of(manifest.templates().get(0).replace("{}", label)))
            .toList();
    return List.of(
        ZeroShotClassifier.of(labels, model::embedText, scale / manifest.temperature()),
        ZeroShotClassifier.of(
            List.copyOf(manifest.genderPrompts().values()),
            model::embedText,
            scale / manifest.genderTemperature()));
  }
}
