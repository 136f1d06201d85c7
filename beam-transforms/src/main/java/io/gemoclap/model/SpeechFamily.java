package io.gemoclap.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The families of pretrained speech encoders, by Hugging Face's {@code model_type}. */
enum SpeechFamily {
  /** Baevski et al. 2020, arXiv 2006.11477. */
  WAV2VEC2("wav2vec2"),
  /** Hsu et al. 2021, arXiv 2106.07447. */
  HUBERT("hubert"),
  /** Chen et al. 2022, arXiv 2110.13900: gated relative positions in every attention. */
  WAVLM("wavlm"),
  /** Baevski et al. 2022, arXiv 2202.03555: several positional convolutions, one after another. */
  DATA2VEC_AUDIO("data2vec-audio");

  private final String modelType;

  SpeechFamily(String modelType) {
    this.modelType = modelType;
  }

  static Optional<SpeechFamily> of(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(SpeechFamily::modelType).toList();
  }

  String modelType() {
    return modelType;
  }
}
