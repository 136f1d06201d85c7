package io.gemoclap.export;

import com.google.auto.value.AutoValue;
import java.io.Serializable;

/** What people know about a corpus, for its dataset card and datasheet. Immutable. */
@AutoValue
public abstract class DatasetFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Its name. */
  public abstract String name();

  /** One or two sentences; empty if nobody gave them. */
  public abstract String description();

  /** Identifier of the licence as the Hub knows it, such as {@code cc-by-4.0}; empty if unknown. */
  public abstract String licence();

  /** Who made it, or whom to ask; empty if unknown. */
  public abstract String creator();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setName(String name);

    abstract Builder setDescription(String description);

    abstract Builder setLicence(String licence);

    abstract Builder setCreator(String creator);

    abstract DatasetFacts build();
  }

  /** Nothing is known. */
  public static DatasetFacts none() {
    return new AutoValue_DatasetFacts.Builder()
        .setName("emotion-corpus")
        .setDescription("")
        .setLicence("")
        .setCreator("")
        .build();
  }

  /** Its name; default {@code emotion-corpus}. */
  public DatasetFacts withName(String name) {
    return toBuilder().setName(name).build();
  }

  /** One or two sentences. */
  public DatasetFacts withDescription(String description) {
    return toBuilder().setDescription(description).build();
  }

  /** Identifier of the licence as the Hub knows it, such as {@code cc-by-4.0}. */
  public DatasetFacts withLicence(String licence) {
    return toBuilder().setLicence(licence).build();
  }

  /** Who made it, or whom to ask. */
  public DatasetFacts withCreator(String creator) {
    return toBuilder().setCreator(creator).build();
  }
}
