package io.gemoclap.features;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes {@link GroupStatistics} without loss: 16 bytes a column. */
final class GroupStatisticsCoder extends AtomicCoder<GroupStatistics> {
  private static final GroupStatisticsCoder INSTANCE = new GroupStatisticsCoder();

  private GroupStatisticsCoder() {}

  static GroupStatisticsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(GroupStatistics value, OutputStream out) throws IOException {
    VarLongCoder.of().encode(value.segments(), out);
    VarIntCoder.of().encode(value.dims(), out);
    DataOutputStream data = new DataOutputStream(out);
    for (int d = 0; d < value.dims(); d++) {
      data.writeDouble(value.mean(d));
      data.writeDouble(value.squares(d));
    }
    data.flush();
  }

  @Override
  public GroupStatistics decode(InputStream in) throws IOException {
    long segments = VarLongCoder.of().decode(in);
    int dims = VarIntCoder.of().decode(in);
    if (segments < 0 || dims < 0) {
      throw new CoderException(
          "No statistics have " + segments + " segments, " + dims + " columns");
    }
    double[] means = new double[dims];
    double[] squares = new double[dims];
    DataInputStream data = new DataInputStream(in);
    for (int d = 0; d < dims; d++) {
      means[d] = data.readDouble();
      squares[d] = data.readDouble();
    }
    return new GroupStatistics(segments, means, squares);
  }

  @Override
  public void verifyDeterministic() {}
}
