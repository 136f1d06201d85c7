package io.gemoclap.model.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.RobertaConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeechConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode json(String modelType) {
    return JSON.createObjectNode().put("model_type", modelType);
  }

  @Test
  void absentFieldsHaveTheDefaultsOfTransformers() {
    SpeechConfig config = SpeechConfig.of(json("wavlm"));
    assertEquals(768, config.hiddenSize());
    assertEquals(12, config.layers());
    assertEquals(320, config.buckets());
    assertEquals(new SpeechConfig.Positions(1, 128, 16), config.positions());
    assertFalse(config.frontEnd().layerNorm());
    assertTrue(config.masking().hasEmbedding());
    SpeechConfig data2vec = SpeechConfig.of(json("data2vec-audio"));
    assertEquals(new SpeechConfig.Positions(5, 19, 16), data2vec.positions());
    assertTrue(data2vec.frontEnd().layerNorm());
  }

  @Test
  void framesFollowFromSamplesAsInTheReference() {
    SpeechConfig.FrontEnd frontEnd = SpeechConfig.of(json("hubert")).frontEnd();
    assertEquals(400, frontEnd.receptiveField());
    assertEquals(0, frontEnd.frames(399));
    assertEquals(1, frontEnd.frames(400));
    assertEquals(1, frontEnd.frames(719));
    assertEquals(2, frontEnd.frames(720));
    assertEquals(249, frontEnd.frames(80_000));
    assertEquals(0, frontEnd.frames(0));
  }

  @Test
  void everyUnsupportedValueIsNamedAtOnce() {
    ObjectNode json =
        json("hubert")
            .put("hidden_act", "relu")
            .put("feat_extract_activation", "swish")
            .put("feat_extract_norm", "batch")
            .put("conv_pos_batch_norm", true)
            .put("num_attention_heads", 7)
            .put("num_hidden_layers", "many")
            .put("hidden_dropout", 2);
    json.putArray("conv_dim").add(512);
    String message =
        assertThrows(IllegalArgumentException.class, () -> SpeechConfig.of(json)).getMessage();
    for (String part :
        List.of(
            "hidden_act is 'relu'",
            "feat_extract_activation is 'swish'",
            "feat_extract_norm is 'batch'; supported: [group, layer]",
            "conv_pos_batch_norm is true",
            "hidden_size 768 is no multiple of num_attention_heads 7",
            "num_hidden_layers is \"many\"",
            "hidden_dropout is 2",
            "conv_dim, conv_kernel and conv_stride differ in length")) {
      assertTrue(message.contains(part), part + " is missing in: " + message);
    }
  }

  @Test
  void fieldsThatTheFamilyDoesNotHaveAreIgnored() {
    ObjectNode fields =
        JSON.createObjectNode()
            .put("do_stable_layer_norm", true)
            .put("feat_extract_norm", "group")
            .put("feat_proj_layer_norm", false)
            .put("conv_pos_batch_norm", true)
            .put("adapter_attn_dim", 16);
    SpeechConfig data2vec = SpeechConfig.of(json("data2vec-audio").setAll(fields));
    assertFalse(data2vec.preNorm());
    assertTrue(data2vec.frontEnd().layerNorm());
    assertTrue(data2vec.frontEnd().projectionNorm());
    assertTrue(SpeechConfig.of(json("wavlm").setAll(fields)).preNorm());
    for (String family : List.of("hubert", "wav2vec2")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> SpeechConfig.of(json(family).setAll(fields)))
              .getMessage();
      assertTrue(message.contains("adapter_attn_dim is set"), message);
      assertEquals(family.equals("hubert"), message.contains("conv_pos_batch_norm is true"));
    }
  }

  /** The projection of wav2vec2 is always normalised; only HuBERT's has the switch. */
  @Test
  void onlyHubertCanLeaveOutTheNormOfItsProjection() {
    for (boolean norm : new boolean[] {false, true}) {
      for (String family : List.of("wav2vec2", "wavlm", "data2vec-audio")) {
        SpeechConfig config = SpeechConfig.of(json(family).put("feat_proj_layer_norm", norm));
        assertTrue(config.frontEnd().projectionNorm(), family);
      }
      SpeechConfig hubert = SpeechConfig.of(json("hubert").put("feat_proj_layer_norm", norm));
      assertEquals(norm, hubert.frontEnd().projectionNorm());
    }
  }

  @Test
  void numbersThatNoModelHasAreRejectedBeforeTheyTakeMemory() {
    ObjectNode json =
        json("data2vec-audio")
            .put("num_hidden_layers", Integer.MAX_VALUE)
            .put("num_conv_pos_embeddings", Integer.MAX_VALUE)
            .put("hidden_size", Integer.MAX_VALUE)
            .put("hidden_act", "x".repeat(100_000));
    json.putArray("conv_stride").add(9_999_999).add(9_999_999).add(9_999_999);
    String message =
        assertThrows(IllegalArgumentException.class, () -> SpeechConfig.of(json)).getMessage();
    for (String part :
        List.of(
            "num_hidden_layers is 2147483647, not a whole number from 1 to 1000",
            "num_conv_pos_embeddings is 2147483647, not",
            "hidden_size is 2147483647, not",
            "conv_kernel and conv_stride need more than 1000000 samples for a frame")) {
      assertTrue(message.contains(part), part + " is missing in: " + message);
    }
    assertTrue(message.length() < 1_000, message);
  }

  @Test
  void theFileIsWrittenAgainAsItWas() throws JsonProcessingException {
    ObjectNode json = json("wav2vec2").put("hidden_size", 384).put("something_else", "kept");
    AudioConfig config = AudioEncoders.config(json.deepCopy());
    assertEquals("wav2vec2", config.modelType());
    assertEquals(384, assertInstanceOf(SpeechConfig.class, config).hiddenSize());
    assertEquals(json, JSON.readTree(JSON.writeValueAsString(config)));
  }

  @Test
  void compactConfigsAreReadAndWrittenTheSameWay() throws JsonProcessingException {
    AudioConfig config = new CompactConfig("logmel-conv", 80, 32, 2, 0.1, 0.2);
    assertEquals(config, AudioEncoders.config(JSON.valueToTree(config)));
  }

  @Test
  void textConfigsNameEveryProblemToo() {
    ObjectNode json =
        json("bert").put("position_embedding_type", "relative_key").put("is_decoder", true);
    String message =
        assertThrows(IllegalArgumentException.class, () -> RobertaConfig.of(json)).getMessage();
    assertTrue(message.contains("model_type is 'bert'; supported: [roberta, xlm-roberta]"));
    assertTrue(message.contains("position_embedding_type is 'relative_key'"), message);
    assertTrue(message.contains("is_decoder is true"), message);
  }
}
