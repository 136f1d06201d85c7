package io.gemoclap.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.parquet.io.api.Binary;

/** Reads only some recordings of Parquet files. A class of its own: Parquet is optional. */
final class RecordingFilter {
  private RecordingFilter() {}

  /**
   * Settings of Parquet's reader. By the dictionary of the column, it also skips row groups that
   * hold none of the recordings.
   */
  static Map<String, String> settings(Set<String> recordings) {
    Configuration configuration = new Configuration(false);
    ParquetInputFormat.setFilterPredicate(
        configuration,
        FilterApi.in(
            FilterApi.binaryColumn("recording"),
            recordings.stream().map(Binary::fromString).collect(Collectors.toSet())));
    Map<String, String> settings = new HashMap<>();
    configuration.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
    return settings;
  }
}
