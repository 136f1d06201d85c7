package io.gemoclap.review.server;

import io.gemoclap.review.index.SegmentFilter;
import io.gemoclap.review.index.SegmentFilter.Range;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's address. A value that cannot be read is an error with its name. */
record Parameters(Fields fields) {
  /** Begins the name of a parameter for a key of the metadata. */
  private static final String METADATA = "metadata.";

  /** A text; null if it is missing or blank. */
  @Nullable String text(String name) {
    String value = fields.getValue(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** A text that must be there. */
  String required(String name) {
    String value = text(name);
    if (value == null) {
      throw new IllegalArgumentException("The parameter '" + name + "' is missing");
    }
    return value;
  }

  /** A whole number that must be there. */
  long number(String name) {
    return Long.parseLong(checked(name, required(name), "-?[0-9]{1,18}"));
  }

  /** A whole number within a range. */
  int number(String name, int least, int most, int otherwise) {
    String value = text(name);
    int number = value == null ? otherwise : Integer.parseInt(checked(name, value, "-?[0-9]{1,9}"));
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "'%s' is %s, but must be %s to %s".formatted(name, number, least, most));
    }
    return number;
  }

  /** A decimal number; null if it is missing. */
  @Nullable Double decimal(String name) {
    String value = text(name);
    return value == null
        ? null
        : Double.valueOf(checked(name, value.strip(), "-?[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?"));
  }

  /** {@code yes} or {@code no}; null if it is missing. */
  @Nullable Boolean flag(String name) {
    String value = text(name);
    return value == null ? null : checked(name, value, "yes|no").equals("yes");
  }

  /** A value of an enum, in lower case with hyphens. */
  <E extends Enum<E>> E choice(String name, E otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    for (E choice : otherwise.getDeclaringClass().getEnumConstants()) {
      if (choice.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) {
        return choice;
      }
    }
    throw wrong(name, value);
  }

  /** Which segments are wanted. */
  SegmentFilter filter() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String name : fields.getNames()) {
      String value = text(name);
      if (name.startsWith(METADATA) && value != null) {
        metadata.put(name.substring(METADATA.length()), value);
      }
    }
    return new SegmentFilter(
        text("emotion"),
        new Range(decimal("min_confidence"), decimal("max_confidence")),
        flag("abstained"),
        new Range(decimal("min_speech"), decimal("max_speech")),
        text("recording"),
        metadata,
        flag("answered"),
        flag("sampled"));
  }

  private static String checked(String name, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw wrong(name, value);
    }
    return value;
  }

  private static IllegalArgumentException wrong(String name, String value) {
    return new IllegalArgumentException("'" + value + "' is no value of '" + name + "'");
  }
}
