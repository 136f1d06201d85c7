package io.gemoclap.model.weights;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The index of weights in several files: which file contains each tensor. */
final class WeightShards {
  /** How an index's file name ends. */
  static final String SUFFIX = ".index.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private WeightShards() {}

  private record Written(
      @JsonProperty("weight_map") @Nullable Map<String, @Nullable String> weightMap) {}

  /**
   * Opens all shards as one checkpoint.
   *
   * @throws IOException naming the index, or the shard, and what is wrong with it
   */
  static Weights open(Path index) throws IOException {
    Map<String, Weights> shards = new LinkedHashMap<>();
    try {
      Map<String, LinkedWeights.Place> places = new LinkedHashMap<>();
      for (Map.Entry<String, @Nullable String> each : weightMap(index).entrySet()) {
        String tensor = each.getKey();
        Weights shard = shards.get(each.getValue());
        if (shard == null) {
          shard = shard(index, each.getValue());
          shards.put(each.getValue(), shard);
        }
        if (!shard.names().contains(tensor)) {
          throw new IOException(
              index + " needs " + tensor + " in " + each.getValue() + ", which lacks it");
        }
        places.put(tensor, new LinkedWeights.Place(shard, tensor));
      }
      refuseUnlisted(index, shards, places);
      return new LinkedWeights(places, shards.values());
    } catch (IOException e) {
      LinkedWeights.closeAll(shards.values());
      throw e;
    }
  }

  private static Map<String, @Nullable String> weightMap(Path index) throws IOException {
    if (Files.size(index) > Limits.DESCRIPTION) {
      throw new IOException(
          index + " has " + Files.size(index) + " bytes; at most " + Limits.DESCRIPTION);
    }
    try {
      Written written = JSON.readValue(Files.readAllBytes(index), Written.class);
      Map<String, @Nullable String> map = written == null ? null : written.weightMap();
      if (map == null || map.isEmpty()) {
        throw new IOException(index + " has no weight_map that names the file of each tensor");
      }
      return map;
    } catch (JsonProcessingException e) {
      throw new IOException(index + " cannot be used: " + e.getOriginalMessage(), e);
    }
  }

  private static Weights shard(Path index, @Nullable String name) throws IOException {
    boolean plain =
        name != null
            && !name.isEmpty()
            && !name.endsWith(SUFFIX)
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0)
            && !name.equals(".")
            && !name.equals("..");
    if (!plain) {
      throw new IOException(
          index + " names the file '" + name + "'; a shard must be in the folder of its index");
    }
    try {
      return Weights.open(index.resolveSibling(name));
    } catch (NoSuchFileException e) {
      throw new IOException(
          index + " names the file " + name + ", which is missing; download it too", e);
    }
  }

  private static void refuseUnlisted(
      Path index, Map<String, Weights> shards, Map<String, LinkedWeights.Place> places)
      throws IOException {
    TreeSet<String> unlisted = new TreeSet<>();
    shards.values().forEach(shard -> unlisted.addAll(shard.names()));
    unlisted.removeAll(places.keySet());
    if (!unlisted.isEmpty()) {
      throw new IOException(
          index + " does not list tensors that its shards hold: " + Excerpt.names(unlisted));
    }
  }
}
