package io.gemoclap.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.TextTokenizer;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A loaded GEmo-CLAP model: speech and sentences into one space of unit vectors.
 *
 * <p>Both verbs may be called from several threads at once. An embedding does not depend on what
 * else is in its batch beyond 1e-4. Prefer {@link SharedModels} to one instance for each worker.
 *
 * @hidden
 */
@Internal
public final class GEmoClap implements SpeechModel {
  private final ModelBundle bundle;
  private final NDManager manager;
  private final TextTokenizer tokenizer;
  private final Embedder embedder;
  private final long parameters;
  private final long bytes;

  private GEmoClap(ModelBundle bundle, Device device, Precision precision) throws IOException {
    TorchEngine.start();
    this.bundle = bundle;
    manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      TwoTowers towers = TwoTowers.of(manager, bundle);
      if (precision == Precision.FP16) {
        towers.halve();
      }
      tokenizer = bundle.tokenizer();
      embedder = new Embedder(towers, tokenizer, manager);
      parameters = towers.size();
      bytes = towers.bytes();
    } catch (IOException | RuntimeException e) {
      manager.close();
      Tensors.releaseCache(device);
      throw e;
    }
  }

  /**
   * Loads a verified bundle on the CPU and runs its known-answer self-check.
   *
   * @throws IOException when the weights do not fit or the self-check fails
   */
  public static GEmoClap load(ModelBundle bundle) throws IOException {
    return load(bundle, Device.cpu(), Precision.FP32);
  }

  static GEmoClap load(ModelBundle bundle, Device device, Precision precision) throws IOException {
    GEmoClap model = new GEmoClap(bundle, device, precision);
    try {
      if (bundle.hasKnownAnswer()) {
        bundle.read(ModelBundle.GOLDEN, KnownAnswer.class).check(model, precision, device.isGpu());
      }
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public float[][] embedSpeech(List<FeatureMatrix> batch) {
    return embedder.embedSpeech(batch);
  }

  @Override
  public float[][] embedText(List<String> sentences) {
    return embedder.embedText(sentences);
  }

  @Override
  public ModelManifest manifest() {
    return bundle.manifest();
  }

  @Override
  public String id() {
    return bundle.id();
  }

  @Override
  public long parameters() {
    return parameters;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    tokenizer.close();
    Device device = manager.getDevice();
    manager.close();
    Tensors.releaseCache(device);
  }
}
