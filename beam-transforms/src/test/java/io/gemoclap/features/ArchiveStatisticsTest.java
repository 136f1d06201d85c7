package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArchiveStatisticsTest {
  private static final FeatureSpec SPEC = FeatureSpec.waveform();

  private static GroupStatistics group(float... values) {
    GroupStatistics group = GroupStatistics.none();
    for (float value : values) {
      group = group.plus(GroupStatistics.of(FeatureMatrix.of(1, 1, new float[] {value})));
    }
    return group;
  }

  @Test
  void itIsTheSumOfItsSegments() {
    ArchiveStatistics archive = ArchiveStatistics.of(SPEC, 2, 7.5, group(1, 3, 8));

    assertEquals(2, archive.recordings());
    assertEquals(3, archive.segments());
    assertEquals(7.5, archive.seconds());
    assertEquals(4, archive.sum().mean(0), 1e-6);
    assertEquals(26 / 3.0, archive.sum().variance(0), 1e-6);
    assertEquals(3, archive.sum().segments());
  }

  @Test
  void anotherOrderGivesTheSameVersionAndOtherNumbersAnother() {
    float[] values = new float[1000];
    float[] reversed = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
      reversed[values.length - 1 - i] = values[i];
    }
    String version = ArchiveStatistics.of(SPEC, 9, 1, group(values)).version();
    assertEquals(version, ArchiveStatistics.of(SPEC, 9, 1, group(reversed)).version());
    reversed[5] += 0.1f;
    assertNotEquals(version, ArchiveStatistics.of(SPEC, 9, 1, group(reversed)).version());
  }

  @Test
  void jsonKeepsItAndAnEmptyArchiveIsAllowed() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (GroupStatistics group : List.of(group(1, 3), GroupStatistics.none())) {
      ArchiveStatistics archive = ArchiveStatistics.of(SPEC, 1, 2.5, group);
      String text = json.writeValueAsString(archive);
      assertEquals(archive, json.readValue(text, ArchiveStatistics.class));
      assertEquals(group.segments(), archive.sum().segments());
    }
  }

  @Test
  void otherFeaturesAreRefused() {
    ArchiveStatistics archive = ArchiveStatistics.of(SPEC, 1, 2.5, group(1, 3));
    archive.requireFeatures(SPEC);
    assertThrows(
        IllegalArgumentException.class, () -> archive.requireFeatures(FeatureSpec.prosody()));
  }
}
