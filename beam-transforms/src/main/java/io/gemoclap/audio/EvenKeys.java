package io.gemoclap.audio;

import com.google.common.hash.Hashing;
import java.util.Arrays;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.util.CoderUtils;

/**
 * Keys for a reshuffle that give each worker the same share, where elements are few and each means
 * much work.
 *
 * <p>Flink's batch runner sends an element to the worker that a hash of its encoded key names.
 * Random keys would give one of two workers two thirds of some elements. These keys are chosen by
 * that hash: it counts upwards. On other runners, they are keys like any others.
 */
final class EvenKeys {
  /** Even for each number of workers that divides it, such as 1 to 8. */
  private static final int CYCLE = 840;

  private static final int[] KEYS = keys();

  private EvenKeys() {}

  /** The key of an element of an enumeration; any two in a row have different keys. */
  static int of(long index) {
    return KEYS[(int) Math.floorMod(index, (long) CYCLE)];
  }

  private static int[] keys() {
    int[] keys = new int[CYCLE];
    boolean[] found = new boolean[CYCLE];
    int left = CYCLE;
    for (int key = 0; left > 0; key++) {
      int place = flinkHash(key) % CYCLE;
      if (!found[place]) {
        found[place] = true;
        keys[place] = key;
        left--;
      }
    }
    return keys;
  }

  /** What Flink calls the murmur hash of a key's bytes, 0 or more. */
  private static int flinkHash(int key) {
    try {
      byte[] bytes = CoderUtils.encodeToByteArray(VarIntCoder.of(), key);
      int hash = Hashing.murmur3_32_fixed().hashInt(Arrays.hashCode(bytes)).asInt();
      return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash);
    } catch (CoderException e) {
      throw new IllegalStateException(e);
    }
  }
}
