package io.gemoclap.audio;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A recognised recording that can be decoded once, from its start to its end. */
interface PcmSource {
  /** Pushes all samples into the sink. */
  Summary decode(PcmSink sink) throws DecodeException, IOException;

  /**
   * What the source says of itself.
   *
   * @param declaredSeconds NaN if the file does not tell, or if what it tells is an estimate
   * @param endsEarly whether the source itself saw that something is missing
   */
  record Summary(
      String container, String codec, double declaredSeconds, long badPackets, boolean endsEarly) {

    void writeTo(DataOutputStream out) throws IOException {
      out.writeUTF(container);
      out.writeUTF(codec);
      out.writeDouble(declaredSeconds);
      out.writeLong(badPackets);
      out.writeBoolean(endsEarly);
    }

    static Summary readFrom(DataInputStream in) throws IOException {
      return new Summary(
          in.readUTF(), in.readUTF(), in.readDouble(), in.readLong(), in.readBoolean());
    }
  }
}
