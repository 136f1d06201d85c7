package io.gemoclap.cli.train;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.audio.FunctionalsEncoder;
import io.gemoclap.model.audio.LogMelConvEncoder;
import io.gemoclap.training.fit.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of {@code gemoclap train} that say which towers are trained. */
final class EncoderOptions {
  /** Towers from scratch, and the kinds of their audio encoders. */
  private static final Map<String, String> KINDS =
      Map.of("compact", FunctionalsEncoder.KIND, "logmel-conv", LogMelConvEncoder.KIND);

  private static final int VOICE_SIZE = 64;

  @Option(
      names = "--encoder",
      defaultValue = "compact",
      description =
          "compact (statistics over time), logmel-conv, or the URI of a bundle to fine-tune, such"
              + " as one that `gemoclap import` made from pretrained encoders.")
  private String encoder;

  @Option(
      names = "--train-layers",
      defaultValue = "all",
      description =
          "Layers of a bundle's towers to train: all, heads, or a number of transformer layers of"
              + " each encoder from its output, with the convolutional front end frozen.")
  private String trainLayers;

  @Option(names = "--layers", defaultValue = "1", description = "Layers of the audio encoder.")
  private int layers;

  @Option(names = "--hidden", defaultValue = "256", description = "Width of the audio encoder.")
  private int hidden;

  /** The local folder of the bundle that is fine-tuned, or null. */
  Path pretrained(boolean baseline) throws IOException {
    if (KINDS.containsKey(encoder)) {
      return null;
    }
    if (baseline) {
      throw new WrongUsageException("--baseline uses no towers, so --encoder cannot be a bundle");
    }
    try {
      return Bundles.open(encoder).folder();
    } catch (IOException e) {
      throw new WrongUsageException(
          "--encoder must be compact, logmel-conv or a bundle: " + e.getMessage(), e);
    }
  }

  /**
   * The features that the towers work on.
   *
   * @throws WrongUsageException if the bundle needs another normalisation
   */
  FeatureSpec spec(Path pretrained, Normalization normalize) throws IOException {
    if (pretrained != null) {
      ModelManifest manifest = ModelBundle.open(pretrained).manifest();
      NormalizationSpec own = manifest.normalization();
      if (own != null && normalize == Normalization.NONE) {
        throw new WrongUsageException(
            "The bundle '%s' was trained on standardised features; add --normalize=%s"
                .formatted(encoder, own.by()));
      }
      boolean hierarchical = own != null && own.isHierarchical();
      if (hierarchical != (normalize == Normalization.AUTO)) {
        throw new WrongUsageException(
            "The bundle '%s' was %strained with --normalize=auto; fine-tune it %s"
                .formatted(
                    encoder, hierarchical ? "" : "not ", hierarchical ? "with it" : "without it"));
      }
      return manifest.featureSpec();
    }
    return encoder.equals("compact")
        ? FeatureSpec.emotionFunctionals()
        : FeatureSpec.logMel(Preset.LIBROSA).and(FeatureSpec.prosody());
  }

  /** How many transformer layers of a bundle's encoders are trained; null for all. */
  Integer topLayers(Path pretrained) {
    if (trainLayers.equals("all")) {
      return null;
    }
    if (pretrained == null) {
      throw new WrongUsageException(
          "--train-layers needs --encoder=<bundle>; other towers are trained from scratch");
    }
    try {
      int layers = trainLayers.equals("heads") ? 0 : Integer.parseInt(trainLayers);
      if (layers >= 0) {
        return layers;
      }
    } catch (NumberFormatException e) {
      // The message below says so.
    }
    throw new WrongUsageException(
        "--train-layers must be all, heads or a number, not '" + trainLayers + "'");
  }

  /** The shape of the towers, with a voice branch or without. */
  TrainConfig.Network toNetwork(boolean voice) {
    TrainConfig.Network defaults = TrainConfig.defaults().network();
    return new TrainConfig.Network(
        KINDS.getOrDefault(encoder, "pretrained"),
        defaults.dims(),
        hidden,
        layers,
        defaults.inputDropout(),
        defaults.hiddenDropout(),
        voice ? VOICE_SIZE : 0);
  }
}
