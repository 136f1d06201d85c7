package io.gemoclap.model.checkpoint;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A view: each name leads to a tensor, of whatever name, of an open checkpoint below. */
final class LinkedCheckpoint implements Checkpoint {
  private final Map<String, Place> places;
  private final List<Checkpoint> below;

  /** Where a tensor stands. */
  record Place(Checkpoint checkpoint, String name) {}

  /**
   * @param places by the name that the view gives
   * @param below what closing closes
   */
  LinkedCheckpoint(Map<String, Place> places, Collection<Checkpoint> below) {
    this.places = Collections.unmodifiableMap(places);
    this.below = List.copyOf(below);
  }

  @Override
  public Set<String> names() {
    return places.keySet();
  }

  @Override
  public long[] shape(String name) {
    Place place = Names.require(places, name);
    return place.checkpoint().shape(place.name());
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    Place place = Names.require(places, name);
    return place.checkpoint().read(place.name());
  }

  @Override
  public void close() throws IOException {
    closeAll(below);
  }

  /** Closes every one of them, whatever the others do. */
  static void closeAll(Collection<Checkpoint> checkpoints) throws IOException {
    IOException first = null;
    for (Checkpoint each : checkpoints) {
      try {
        each.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
