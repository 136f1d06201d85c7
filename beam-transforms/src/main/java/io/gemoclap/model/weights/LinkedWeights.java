package io.gemoclap.model.weights;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A view: each name leads to a tensor, of whatever name, of an open checkpoint below. */
final class LinkedWeights implements Weights {
  private final Map<String, Place> places;
  private final List<Weights> below;

  /** Where a tensor is. */
  record Place(Weights checkpoint, String name) {}

  /**
   * @param places by the name that the view gives
   * @param below what closing closes
   */
  LinkedWeights(Map<String, Place> places, Collection<Weights> below) {
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
  static void closeAll(Collection<Weights> checkpoints) throws IOException {
    IOException first = null;
    for (Weights each : checkpoints) {
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
