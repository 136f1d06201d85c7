package io.gemoclap.audio;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.census.LocalNames;
import io.gemoclap.census.StoredFile;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.SecretMask;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Folders below which recordings and models may be opened, so that a manifest or a message cannot
 * have other files read. Immutable.
 *
 * <p>A local name is resolved first (relative names, {@code ..}, links and {@code file:}), and the
 * resolved file is checked and opened. A remote name must begin with a root, at the border of a
 * folder, and contain neither {@code ..} nor a backslash. Users who can write below a root while a
 * job runs are trusted.
 */
public final class AllowedRoots implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern REMOTE =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://([^/]*)(/.*)?");
  private static final Pattern UPWARDS =
      Pattern.compile("(?i)(^|/|%2f)(\\.|%2e){1,2}(/|%2f|$)|\\\\|%5c");
  private static final AllowedRoots EVERYWHERE = new AllowedRoots(List.of());

  private final List<String> roots;

  private AllowedRoots(List<String> roots) {
    this.roots = roots;
  }

  /** No limits: for recordings that the user of the pipeline has named. */
  public static AllowedRoots everywhere() {
    return EVERYWHERE;
  }

  /**
   * Only below some folders.
   *
   * @param roots paths, or URIs such as {@code s3://bucket/calls}; at least one, none blank
   */
  public static AllowedRoots of(List<String> roots) {
    checkArgument(!roots.isEmpty(), "roots is empty, but must contain at least one folder");
    for (String root : roots) {
      checkArgument(!root.isBlank(), "roots contains a blank one, but each must be a folder");
      checkArgument(
          !isRemote(root) || !UPWARDS.matcher(root).find(), "root '%s' leads upwards (..)", root);
    }
    return new AllowedRoots(List.copyOf(roots));
  }

  /**
   * The file to open.
   *
   * @throws DecodeException FORBIDDEN if it lies outside all roots
   * @throws IOException if there is no such file, or no such file system
   */
  StoredFile resolve(String uri) throws DecodeException, IOException {
    StoredFile file;
    try {
      file = StoredFile.of(uri);
    } catch (RuntimeException e) {
      if (roots.isEmpty() || allowsRemote(uri)) {
        throw new IOException(e.getMessage(), e);
      }
      throw forbidden();
    }
    if (roots.isEmpty() || (file.path().isEmpty() && allowsRemote(uri))) {
      return file;
    }
    return local(file.path().orElseThrow(AllowedRoots::forbidden));
  }

  /**
   * Opens a recording for reading.
   *
   * @throws DecodeException FORBIDDEN if it lies outside all roots
   * @throws IOException if there is no such file, or it cannot be opened
   */
  @Internal
  public SeekableByteChannel open(String uri) throws DecodeException, IOException {
    return EncodedBytes.open(resolve(uri));
  }

  /**
   * Whether a file or folder lies below a root, there or not. Of a folder, whatever is in it counts
   * as below a root too.
   */
  public boolean allows(String uri) {
    try {
      resolve(uri);
      return true;
    } catch (DecodeException e) {
      return false;
    } catch (IOException e) {
      return true; // Whoever opens it says what is wrong with it.
    }
  }

  private StoredFile local(Path named) throws DecodeException, IOException {
    try {
      Path real = named.toRealPath();
      if (isBelowALocalRoot(real)) {
        return StoredFile.of(real);
      }
    } catch (IOException e) {
      // The error may say that a file does not exist only if its path is below an allowed root.
      if (isBelowALocalRoot(named)) {
        throw e instanceof NoSuchFileException ? new IOException("it does not exist", e) : e;
      }
    }
    throw forbidden();
  }

  private boolean isBelowALocalRoot(Path path) {
    for (String root : roots) {
      if (LocalNames.isLocal(root)) {
        Path folder = LocalNames.path(root);
        if (path.startsWith(folder) || path.startsWith(real(folder))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder; // Nothing can lie in it.
    }
  }

  /** Whether a name that is not local begins with a root. */
  boolean allowsRemote(String uri) {
    Matcher name = REMOTE.matcher(uri);
    return name.matches()
        && !UPWARDS.matcher(uri).find()
        && roots.stream().map(REMOTE::matcher).anyMatch(root -> contains(root, name));
  }

  private static boolean contains(Matcher root, Matcher name) {
    return root.matches()
        && root.group(1).equalsIgnoreCase(name.group(1))
        && root.group(2).equals(name.group(2))
        && asFolder(name.group(3)).startsWith(asFolder(root.group(3)));
  }

  private static String asFolder(String path) {
    return path == null ? "/" : path.endsWith("/") ? path : path + "/";
  }

  private static boolean isRemote(String uri) {
    return REMOTE.matcher(uri).matches();
  }

  private static DecodeException forbidden() {
    return new DecodeException(
        FailureKind.FORBIDDEN,
        "The file is outside the allowed roots (DecodeAudio.withAllowedRoots, --allowed-roots).");
  }

  /** The roots without what may be secret in them, or {@code everywhere}. */
  @Override
  public String toString() {
    return roots.isEmpty() ? "everywhere" : SecretMask.of(String.join(", ", roots));
  }
}
