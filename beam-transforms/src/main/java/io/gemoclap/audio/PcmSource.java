package io.gemoclap.audio;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A recognised recording that can be decoded once, from its start to its end. */
interface PcmSource {
  /** Pushes all samples into the sink. */
  Summary decode(PcmSink sink) throws DecodeException, IOException;

  /**
   * What the source says of itself.
   *
   * @param declaredSeconds NaN if the file does not tell, or if what it tells is an estimate
   * @param endsEarly whether the source itself saw that something is missing
   * @param notes what else was unusual, as codes in lower case, in their order
   */
  record Summary(
      String container,
      String codec,
      double declaredSeconds,
      long badPackets,
      boolean endsEarly,
      Set<String> notes) {

    /** The same summary with more notes. */
    Summary noting(Set<String> more) {
      Set<String> all = new TreeSet<>(notes);
      all.addAll(more);
      return new Summary(container, codec, declaredSeconds, badPackets, endsEarly, all);
    }

    /**
     * The same summary of a source whose header makes a claim about its size.
     *
     * @param beyond whether the source has more than it could deliver
     */
    Summary claimed(SizeClaim claim, boolean beyond) {
      boolean told = claim.promised() != SizeClaim.UNKNOWN;
      boolean cut = claim.endsEarly() || beyond;
      return new Summary(
              container, codec, told ? declaredSeconds : Double.NaN, badPackets, cut, notes)
          .noting(claim.notes());
    }

    void writeTo(DataOutputStream out) throws IOException {
      out.writeUTF(container);
      out.writeUTF(codec);
      out.writeDouble(declaredSeconds);
      out.writeLong(badPackets);
      out.writeBoolean(endsEarly);
      out.writeUTF(String.join(",", notes));
    }

    static Summary readFrom(DataInputStream in) throws IOException {
      return new Summary(
          in.readUTF(),
          in.readUTF(),
          in.readDouble(),
          in.readLong(),
          in.readBoolean(),
          codes(in.readUTF()));
    }

    private static Set<String> codes(String joined) {
      return joined.isEmpty() ? Set.of() : new TreeSet<>(List.of(joined.split(",")));
    }
  }
}
