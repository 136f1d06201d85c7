package io.gemoclap.audio.pcm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A recognised recording that can be decoded once, from its start to its end.
 *
 * @hidden
 */
@Internal
public interface PcmSource {
  /** Pushes all samples into the sink. */
  Summary decode(PcmSink sink) throws DecodeException, IOException;

  /**
   * What the source says of itself.
   *
   * @param declaredSeconds media time at which the sound should end; NaN if the file does not tell,
   *     or if what it tells is an estimate
   * @param endsEarly whether the source itself saw that something is missing
   * @param notes what users should know: see {@link DecodeNote}
   * @hidden
   */
  record Summary(
      String container,
      String codec,
      double declaredSeconds,
      long badPackets,
      boolean endsEarly,
      Set<String> notes)
      implements Serializable {

    private static final int LONGEST_LIST = 10_000;

    /** A summary without notes. */
    public Summary(
        String container,
        String codec,
        double declaredSeconds,
        long badPackets,
        boolean endsEarly) {
      this(container, codec, declaredSeconds, badPackets, endsEarly, Set.of());
    }

    /** The same summary with more notes. */
    public Summary noting(Set<String> more) {
      Set<String> all = new LinkedHashSet<>(notes);
      all.addAll(more);
      return new Summary(container, codec, declaredSeconds, badPackets, endsEarly, all);
    }

    /**
     * The same summary of a source whose header makes a claim about its size.
     *
     * @param beyond whether the source has more than it could deliver
     */
    public Summary claimed(SizeClaim claim, boolean beyond) {
      boolean told = claim.promised() != SizeClaim.UNKNOWN;
      boolean cut = claim.endsEarly() || beyond;
      return new Summary(
              container, codec, told ? declaredSeconds : Double.NaN, badPackets, cut, notes)
          .noting(claim.notes());
    }

    public void writeTo(DataOutputStream out) throws IOException {
      out.writeUTF(container);
      out.writeUTF(codec);
      out.writeDouble(declaredSeconds);
      out.writeLong(badPackets);
      out.writeBoolean(endsEarly);
      out.writeInt(notes.size());
      for (String note : notes) {
        out.writeUTF(note);
      }
    }

    public static Summary readFrom(DataInputStream in) throws IOException {
      String container = in.readUTF();
      String codec = in.readUTF();
      double declaredSeconds = in.readDouble();
      long badPackets = in.readLong();
      boolean endsEarly = in.readBoolean();
      int count = in.readInt();
      if (count < 0 || count > LONGEST_LIST) {
        throw new IOException("A list of " + count + " notes");
      }
      Set<String> notes = new LinkedHashSet<>();
      for (int i = 0; i < count; i++) {
        notes.add(in.readUTF());
      }
      return new Summary(container, codec, declaredSeconds, badPackets, endsEarly, notes);
    }
  }
}
