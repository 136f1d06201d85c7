package io.gemoclap.model.weights;

import static io.gemoclap.model.weights.CheckpointFiles.path;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TensorNamesTest {
  private static final FloatTensor ANY = new FloatTensor(new float[1], new long[] {1});

  private static Weights checkpoint(Collection<String> names) {
    TreeMap<String, FloatTensor> tensors = new TreeMap<>();
    names.forEach(name -> tensors.put(name, ANY));
    return Weights.of(tensors);
  }

  private static Set<String> canonical(String prefix, Set<String> declared, String... names) {
    return TensorNames.canonical(checkpoint(Arrays.asList(names)), prefix, declared).names();
  }

  private static String prefix(Set<String> required, String... names) {
    return EncoderPrefix.find(Set.of(names), required);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wav2vec2.", "module.", "module.ssl_model.", "encoder.", "a.b.c."})
  void theEncoderIsFoundBelowItsPrefix(String prefix) {
    Set<String> required = Set.of("encoder.layers.0.fc.weight", "feature_projection.weight");
    String[] names = {
      prefix + "encoder.layers.0.fc.weight", prefix + "feature_projection.weight", "lm_head.weight"
    };
    assertEquals(prefix, prefix(required, names));
    assertEquals(required, canonical(prefix, required, names));
  }

  @Test
  void severalEncodersAreRejectedByTheirPrefixes() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> prefix(Set.of("a.w"), "student.a.w", "teacher.a.w", "teacher.b.w"))
            .getMessage();
    assertTrue(
        message.contains("contains the encoder 2 times, below 'student.', 'teacher.'; load it"),
        message);
  }

  @Test
  void anIncompleteEncoderIsFoundWhereMostOfItIs() {
    assertEquals("net.", prefix(Set.of("a.w", "b.w", "c.w"), "a.w", "net.a.w", "net.b.w"));
    assertEquals("", prefix(Set.of("a.w"), "x.y", "z"));
    assertEquals("", prefix(Set.of()));
  }

  @Test
  void tensorsOutsideTheEncoderAreIgnoredUnlessItDeclaresThem() {
    assertEquals(
        Set.of("encoder.w", "layer_weights"),
        canonical(
            "module.wavlm.",
            Set.of("encoder.w", "layer_weights"),
            "module.wavlm.encoder.w",
            "module.layer_weights",
            "other.layer_weights",
            "module.adapter.weight",
            "module.feature_extractor.weight",
            "encoder.w"));
  }

  @Test
  void headsAndPretrainingPartsAreLeftOut() {
    assertEquals(
        Set.of("encoder.w", "embeddings.LayerNorm.weight"),
        canonical(
            "",
            Set.of(),
            "encoder.w",
            "masked_spec_embed",
            "lm_head.bias",
            "classifier.weight",
            "projector.weight",
            "quantizer.codevectors",
            "project_hid.weight",
            "project_q.weight",
            "layer_weights",
            "tdnn.0.kernel.weight",
            "objective.weight",
            "final_proj.weight",
            "label_embs_concat",
            "embeddings.LayerNorm.weight",
            "embeddings.position_ids",
            "pooler.dense.weight",
            "qa_outputs.bias"));
  }

  @Test
  void declaredTensorsAreKept() {
    assertEquals(
        Set.of("masked_spec_embed", "pooler.dense.weight"),
        canonical(
            "",
            Set.of("masked_spec_embed", "pooler.dense.weight"),
            "masked_spec_embed",
            "pooler.dense.weight",
            "pooler.dense.bias"));
  }

  @Test
  void everythingElseKeepsItsNameAndIsNotHidden() {
    assertEquals(
        Set.of("encoder.w", "adapter.weight", "encoder.quantizer.w"),
        canonical("", Set.of(), "encoder.w", "adapter.weight", "encoder.quantizer.w"));
  }

  @Test
  void oldNamesOfNormsAreTranslated() {
    assertEquals(
        Set.of("a.LayerNorm.weight", "a.LayerNorm.bias", "gamma"),
        canonical("", Set.of(), "a.LayerNorm.gamma", "a.LayerNorm.beta", "gamma"));
  }

  @Test
  void bothSpellingsOfWeightNormGiveTheSameTensors() throws IOException {
    String conv = "encoder.pos_conv_embed.conv.";
    try (Weights old = Weights.open(path("weight-norm-old.safetensors"));
        Weights now = Weights.open(path("weight-norm-new.safetensors"))) {
      Weights a = TensorNames.canonical(old, "wavlm.", Set.of());
      Weights b = TensorNames.canonical(now, "", Set.of());
      assertEquals(b.names(), a.names());
      for (String part : Set.of("original0", "original1")) {
        String name = conv + "parametrizations.weight." + part;
        assertArrayEquals(b.read(name).values(), a.read(name).values());
      }
      assertArrayEquals(b.read(conv + "bias").values(), a.read(conv + "bias").values());
    }
  }

  @Test
  void twoSpellingsInOneFileAreRejected() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    canonical(
                        "", Set.of(), "conv.weight_g", "conv.parametrizations.weight.original0"))
            .getMessage();
    assertTrue(
        message.contains("two spellings of conv.parametrizations.weight.original0"), message);
  }

  @Test
  void partsThatPyTorchsWrappersAddAreCutOut() {
    assertEquals(
        Set.of("encoder.layers.0.fc.weight"),
        canonical(
            "",
            Set.of(),
            "_orig_mod.encoder.layers.0._fsdp_wrapped_module._checkpoint_wrapped_module.fc.weight"));
  }

  @Test
  void aFoldedWeightGivesItsTwoFactors() throws IOException {
    float[] folded = {3, 0, 1e-30f, 4, 0, 0, 0, 0, 0, 12, 0, 0};
    Weights checkpoint =
        Weights.of(Map.of("net.conv.weight", new FloatTensor(folded, new long[] {2, 2, 3})));
    String length = "conv.parametrizations.weight.original0";
    String direction = "conv.parametrizations.weight.original1";
    Set<String> declared = Set.of(length, direction);
    assertEquals("net.", EncoderPrefix.find(checkpoint.names(), declared));
    Weights unfolded = TensorNames.canonical(checkpoint, "net.", declared);
    assertEquals(declared, unfolded.names());
    assertArrayEquals(new long[] {1, 1, 3}, unfolded.shape(length));
    assertArrayEquals(new float[] {13, 0, 1e-30f}, unfolded.read(length).values());
    assertArrayEquals(new long[] {2, 2, 3}, unfolded.shape(direction));
    float[] lengths = unfolded.read(length).values();
    float[] unit = unfolded.read(direction).values();
    for (int i = 0; i < folded.length; i++) {
      assertTrue(Float.isFinite(unit[i]));
      assertEquals(folded[i], unit[i] * lengths[i % 3], 1e-6f);
    }
    // A convolution that the encoder declares without weight norm stays as it is.
    Set<String> plain = Set.of("conv.weight");
    assertEquals(plain, TensorNames.canonical(checkpoint, "net.", plain).names());
  }
}
