package io.gemoclap.export;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a finished shard has come to. Its JSON in the output folder marks the shard as finished.
 *
 * @param split in which it is
 * @param number in its split, from 0
 * @param digest of its segments and of the settings: a shard with another digest is written again
 * @param totals what is in it
 * @param files what it wrote, relative to the output folder
 * @param parts its part of manifests, by the name of the manifest
 * @param failed segments whose audio could not be read
 */
record ShardResult(
    String split,
    int number,
    String digest,
    ExportTotals totals,
    List<String> files,
    Map<String, String> parts,
    List<FailedSegment> failed)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a mark.
   *
   * @throws JsonProcessingException if it is incomplete
   */
  static ShardResult of(String json) throws JsonProcessingException {
    return JSON.readValue(json, ShardResult.class);
  }
}
