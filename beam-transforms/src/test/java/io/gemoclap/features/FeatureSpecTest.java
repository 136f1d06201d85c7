package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.features.FeaturePart.Kind;
import io.gemoclap.features.FeaturePart.Preset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FeatureSpecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("io.gemoclap.features.FeatureExtractorTest#specs")
  void jsonBringsBackAnEqualSpec(FeatureSpec spec) throws JsonProcessingException {
    assertEquals(spec, JSON.readValue(JSON.writeValueAsString(spec), FeatureSpec.class));
  }

  @ParameterizedTest
  @MethodSource("io.gemoclap.features.FeatureExtractorTest#specs")
  void serializationBringsBackAnEqualSpec(FeatureSpec spec)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(spec, in.readObject());
    }
  }

  @Test
  void jsonIsTheStableFormThatBundlesCarry() throws JsonProcessingException {
    assertEquals(
        "{\"sample_rate\":16000,\"parts\":[{\"kind\":\"LOG_MEL\",\"preset\":\"LIBROSA\",\"bins\":80,"
            + "\"window_samples\":400,\"hop_samples\":160,\"fft_size\":512,\"max_hz\":8000.0}]}",
        JSON.writeValueAsString(FeatureSpec.logMel(Preset.LIBROSA)));
  }

  @Test
  void aSettingOfALaterVersionIsRejected() {
    String later = "{\"sample_rate\":16000,\"parts\":[],\"warp\":1}";
    assertThrows(JsonProcessingException.class, () -> JSON.readValue(later, FeatureSpec.class));
  }

  @Test
  void differentSettingsAreDifferentSpecs() {
    assertNotEquals(FeatureSpec.mfcc(0), FeatureSpec.mfcc(1));
    assertEquals(FeatureSpec.mfcc().hashCode(), FeatureSpec.mfcc(0).hashCode());
  }

  @Test
  void aSpecReadsLikeASentence() {
    assertEquals(
        "log_mel(kaldi) 80 bins, window 400, hop 160, fft 512, 20-8000 Hz; at 16000 Hz",
        FeatureSpec.logMel(Preset.KALDI).toString());
    assertEquals(
        "mfcc(librosa) 80 bins, 20 coefficients, 1 deltas, window 400, hop 160, fft 512, 0-8000 Hz;"
            + " prosody(librosa) window 400, hop 160, fft 512, pitch 1024, 60-500 Hz; at 16000 Hz",
        FeatureSpec.mfcc(1).and(FeatureSpec.prosody()).toString());
  }

  @Test
  void framesThatDoNotLineUpAreRejected() {
    FeatureSpec centred = FeatureSpec.logMel(Preset.LIBROSA);
    FeatureSpec kaldi = FeatureSpec.logMel(Preset.KALDI);
    FeatureSpec waveform = FeatureSpec.waveform();
    assertThrows(IllegalArgumentException.class, () -> centred.and(kaldi));
    assertThrows(IllegalArgumentException.class, () -> centred.and(waveform));
    assertThrows(IllegalArgumentException.class, () -> centred.and(centred));
  }

  @Test
  void unfitSettingsAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> FeatureSpec.logMel(Preset.WAV2VEC2));
    assertThrows(IllegalArgumentException.class, () -> FeatureSpec.mfcc(3));
    assertThrows(IllegalArgumentException.class, () -> logMel(0, 400, 160, 512, 8_000));
    assertThrows(IllegalArgumentException.class, () -> logMel(80, 0, 160, 512, 8_000));
    assertThrows(IllegalArgumentException.class, () -> logMel(80, 400, 0, 512, 8_000));
    assertThrows(IllegalArgumentException.class, () -> logMel(80, 400, 160, 399, 8_000));
    assertThrows(IllegalArgumentException.class, () -> logMel(80, 400, 160, 8_192, 8_000));
    assertThrows(IllegalArgumentException.class, () -> logMel(80, 400, 160, 512, 0));
    FeatureSpec speech = FeatureSpec.logMel(Preset.LIBROSA);
    assertThrows(
        IllegalArgumentException.class, () -> new FeatureSpec(8_000, speech.parts(), false));
  }

  @Test
  void onlyKaldiFramesAreNotCentred() {
    assertFalse(FeatureSpec.logMel(Preset.KALDI).parts().get(0).isCentred());
  }

  private static FeaturePart logMel(int bins, int window, int hop, int fft, double maxHz) {
    return FeaturePart.builder(Kind.LOG_MEL, Preset.LIBROSA)
        .setBins(bins)
        .setWindowSamples(window)
        .setHopSamples(hop)
        .setFftSize(fft)
        .setMaxHz(maxHz)
        .build();
  }
}
