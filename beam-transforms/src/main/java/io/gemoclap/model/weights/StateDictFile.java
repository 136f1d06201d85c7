package io.gemoclap.model.weights;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A PyTorch state dict as {@code torch.save} has written it since 1.6: a zip archive of one pickle,
 * which says what tensors there are, and one entry for each storage. Nothing is executed: see
 * {@link Unpickler}.
 */
final class StateDictFile implements Weights {
  /** A pickle of ten thousand tensors is smaller. */
  private static final int MAX_PICKLE = 2 << 20;

  /** Deflate cannot shrink anything further. */
  private static final long MAX_RATIO = 1_032;

  private final Path file;
  private final ZipFile zip;
  private final String root;
  private final Map<String, TensorRecord> tensors;

  private StateDictFile(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    root = root(zip);
    refuseBigEndian();
    tensors = Collections.unmodifiableMap(StateDict.tensors(Unpickler.load(pickle())));
    for (Map.Entry<String, TensorRecord> each : tensors.entrySet()) {
      each.getValue().check(each.getKey());
      checkEntry(each.getKey(), each.getValue().storage());
    }
  }

  static StateDictFile open(Path file) throws IOException {
    refuseOtherFormats(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw invalid(file, "its zip archive is damaged (" + e.getMessage() + "); copy it again", e);
    }
    try {
      return new StateDictFile(file, zip);
    } catch (IllegalArgumentException e) {
      zip.close();
      throw invalid(file, e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static IOException invalid(
      Path file, @Nullable String problem, @Nullable Exception cause) {
    return new IOException(file + " cannot be used as a PyTorch state dict: " + problem, cause);
  }

  private static void refuseOtherFormats(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    if (start.length == 4 && start[0] == 'P' && start[1] == 'K') {
      return;
    }
    boolean legacy = start.length > 0 && start[0] == (byte) 0x80;
    throw invalid(
        file,
        legacy
            ? "it is in the format that PyTorch wrote before 1.6; load it in Python and save it"
                + " again, best as safetensors"
            : "it is not a zip archive; copy it again, or name the right file",
        null);
  }

  /** The folder inside the archive that holds {@code data.pkl}. */
  private static String root(ZipFile zip) {
    if (zip.size() > Limits.TENSORS) {
      throw new IllegalArgumentException("its archive has " + zip.size() + " entries");
    }
    Set<String> names = new java.util.HashSet<>();
    String pickle = null;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!names.add(name)) {
        throw new IllegalArgumentException("its archive contains " + name + " twice");
      }
      if (name.endsWith("/constants.pkl")) {
        throw new IllegalArgumentException(
            "it is a TorchScript program; save the model's state_dict() instead");
      }
      if (name.indexOf("/data.pkl") == name.indexOf('/') && name.endsWith("/data.pkl")) {
        pickle = pickle == null ? name : "";
      }
    }
    if (pickle == null || pickle.isEmpty()) {
      throw new IllegalArgumentException(
          "its archive does not contain one data.pkl; save the model's state_dict() with"
              + " torch.save");
    }
    return pickle.substring(0, pickle.length() - "data.pkl".length());
  }

  private void refuseBigEndian() throws IOException {
    ZipEntry entry = zip.getEntry(root + "byteorder");
    if (entry != null && !new String(bytes(entry, 8), US_ASCII).equals("little")) {
      throw new IllegalArgumentException(
          "it is not little-endian; save it again on a little-endian machine");
    }
  }

  private byte[] pickle() throws IOException {
    ZipEntry entry = zip.getEntry(root + "data.pkl");
    byte[] pickle = bytes(entry, MAX_PICKLE + 1);
    if (pickle.length > MAX_PICKLE) {
      throw new IllegalArgumentException(
          "its pickle has over " + MAX_PICKLE + " bytes; save only the model's state_dict()");
    }
    return pickle;
  }

  private byte[] bytes(ZipEntry entry, int limit) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(limit);
    }
  }

  /** A storage's claim against what the archive says of its entry, and that against the file. */
  private void checkEntry(String name, TensorRecord.Storage storage) throws IOException {
    ZipEntry entry = zip.getEntry(entryName(storage));
    if (entry == null) {
      throw new IllegalArgumentException(
          name + " needs the entry " + entryName(storage) + ", which is missing");
    }
    long packed = entry.getCompressedSize();
    long possible = entry.getMethod() == ZipEntry.STORED ? packed : packed * MAX_RATIO + 64;
    boolean honest =
        packed >= 0
            && packed <= Files.size(file)
            && entry.getSize() <= possible
            && storage.count() >= 0
            && storage.count() <= Integer.MAX_VALUE
            && storage.count() * storage.type().bytes() == entry.getSize();
    if (!honest) {
      throw new IllegalArgumentException(
          "%s declares a storage of %s values (%s), but its entry has %s bytes (%s in the file)"
              .formatted(name, storage.count(), storage.type(), entry.getSize(), packed));
    }
  }

  private String entryName(TensorRecord.Storage storage) {
    return root + "data/" + storage.key();
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public long[] shape(String name) {
    return Names.require(tensors, name).shape().clone();
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    TensorRecord tensor = Names.require(tensors, name);
    ElementType type = tensor.storage().type();
    if (!type.real()) {
      throw new IOException(
          file + ": " + name + " has the type " + type + ", which cannot be a weight");
    }
    float[] span;
    try (InputStream in = zip.getInputStream(zip.getEntry(entryName(tensor.storage())))) {
      in.skipNBytes(tensor.offset() * type.bytes());
      span = type.read(Channels.newChannel(in), (int) tensor.span());
    } catch (IOException e) {
      throw new IOException(file + ": " + name + " cannot be read: " + e.getMessage(), e);
    }
    long[] shape = shape(name);
    return new FloatTensor(tensor.gather(span, (int) Limits.count(name, shape)), shape)
        .requireFinite(file, name);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
