package io.gemoclap.export;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * How much of a corpus. Immutable.
 *
 * @param segments number of segments
 * @param micros their length together in microseconds, whose sum does not depend on its order
 */
record Amount(long segments, @JsonIgnore long micros) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Amount NONE = new Amount(0, 0);

  @JsonCreator
  static Amount of(
      @JsonProperty("segments") long segments, @JsonProperty("seconds") double seconds) {
    return new Amount(segments, Math.round(seconds * 1e6));
  }

  static Amount of(ExportItem item) {
    return of(1, item.seconds());
  }

  Amount plus(Amount other) {
    return new Amount(segments + other.segments, micros + other.micros);
  }

  @JsonProperty("seconds")
  double seconds() {
    return micros / 1e6;
  }

  double hours() {
    return seconds() / 3600;
  }
}
