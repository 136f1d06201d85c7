package io.gemoclap.model.checkpoint;

import static io.gemoclap.model.checkpoint.CheckpointFiles.path;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TensorNamesTest {
  private static final FloatTensor ANY = new FloatTensor(new float[1], new long[] {1});

  private static Set<String> canonical(Set<String> declared, String... names) {
    TreeMap<String, FloatTensor> tensors = new TreeMap<>();
    Arrays.stream(names).forEach(name -> tensors.put(name, ANY));
    return TensorNames.canonical(Checkpoint.of(tensors), declared).names();
  }

  @Test
  void theEncoderOfATaskModelLosesItsPrefix() {
    for (String prefix :
        Set.of("wav2vec2", "hubert", "wavlm", "data2vec_audio", "roberta", "xlm_roberta")) {
      assertEquals(
          Set.of("encoder.layers.0.fc.weight", "feature_projection.weight"),
          canonical(
              Set.of(),
              prefix + ".encoder.layers.0.fc.weight",
              prefix + ".feature_projection.weight"));
    }
  }

  @Test
  void headsAndPretrainingPartsAreLeftOut() {
    assertEquals(
        Set.of("encoder.w"),
        canonical(
            Set.of(),
            "wavlm.encoder.w",
            "wavlm.masked_spec_embed",
            "lm_head.bias",
            "classifier.weight",
            "projector.weight",
            "quantizer.codevectors",
            "project_hid.weight",
            "project_q.weight",
            "layer_weights",
            "tdnn.0.kernel.weight",
            "feature_extractor.weight",
            "objective.weight"));
    assertEquals(
        Set.of("embeddings.LayerNorm.weight"),
        canonical(
            Set.of(),
            "roberta.embeddings.LayerNorm.weight",
            "roberta.embeddings.position_ids",
            "roberta.pooler.dense.weight",
            "qa_outputs.bias",
            "lm_head.decoder.weight"));
  }

  @Test
  void whatTheEncoderDeclaresIsKept() {
    assertEquals(
        Set.of("masked_spec_embed", "pooler.dense.weight"),
        canonical(
            Set.of("masked_spec_embed", "pooler.dense.weight"),
            "masked_spec_embed",
            "pooler.dense.weight",
            "pooler.dense.bias"));
  }

  @Test
  void everythingElseKeepsItsNameAndIsNotHidden() {
    assertEquals(
        Set.of("encoder.w", "adapter.weight", "encoder.quantizer.w"),
        canonical(Set.of(), "hubert.encoder.w", "adapter.weight", "hubert.encoder.quantizer.w"));
  }

  @Test
  void oldNamesOfNormsAreTranslated() {
    assertEquals(
        Set.of("a.LayerNorm.weight", "a.LayerNorm.bias", "gamma"),
        canonical(Set.of(), "a.LayerNorm.gamma", "a.LayerNorm.beta", "gamma"));
  }

  @Test
  void bothSpellingsOfWeightNormGiveTheSameTensors() throws IOException {
    String conv = "encoder.pos_conv_embed.conv.";
    try (Checkpoint old = Checkpoint.open(path("weight-norm-old.safetensors"));
        Checkpoint now = Checkpoint.open(path("weight-norm-new.safetensors"))) {
      Checkpoint a = TensorNames.canonical(old, Set.of());
      Checkpoint b = TensorNames.canonical(now, Set.of());
      assertEquals(b.names(), a.names());
      for (String part : Set.of("original0", "original1")) {
        String name = conv + "parametrizations.weight." + part;
        assertArrayEquals(b.read(name).values(), a.read(name).values());
      }
      assertArrayEquals(b.read(conv + "bias").values(), a.read(conv + "bias").values());
    }
  }

  @Test
  void twoSpellingsInOneFileAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    canonical(Set.of(), "conv.weight_g", "conv.parametrizations.weight.original0"))
            .getMessage();
    assertTrue(
        message.contains("two spellings of conv.parametrizations.weight.original0"), message);
  }
}
