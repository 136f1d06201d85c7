package io.gemoclap.audio;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.SecretMask;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Folders below which recordings and models may be opened, so that whoever names one, in a manifest
 * or a message, cannot have other files read. Immutable.
 *
 * <p>A local name counts by the file that it leads to: relative names, {@code ..}, links and {@code
 * file:} are followed first, and the file itself is then opened. A remote name must begin with a
 * root, at the border of a folder, and hold neither {@code ..} nor a backslash. Whoever can write
 * below a root while a job runs is trusted.
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
    checkArgument(!roots.isEmpty(), "roots is empty, but must name at least one folder");
    for (String root : roots) {
      checkArgument(!root.isBlank(), "roots holds a blank one, but each must name a folder");
      checkArgument(
          !isRemote(root) || !UPWARDS.matcher(root).find(), "root '%s' leads upwards", root);
    }
    return new AllowedRoots(List.copyOf(roots));
  }

  /**
   * The file to open.
   *
   * @throws DecodeException FORBIDDEN if it lies outside all roots
   * @throws IOException if there is no such file, or no such file system
   */
  ResourceId resolve(String uri) throws DecodeException, IOException {
    ResourceId file;
    try {
      file = FileSystems.matchNewResource(withoutFileScheme(uri), false);
    } catch (RuntimeException e) {
      if (roots.isEmpty() || (!isFile(uri) && allowsRemote(uri))) {
        throw new IOException(e.getMessage(), e);
      }
      throw forbidden();
    }
    if (roots.isEmpty()) {
      return file;
    }
    if (file.getScheme().equals("file")) {
      return local(file);
    }
    if (!isFile(uri) && allowsRemote(uri)) {
      return file;
    }
    throw forbidden();
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

  private ResourceId local(ResourceId file) throws DecodeException, IOException {
    Path named;
    try {
      named = Path.of(file.toString()).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw forbidden();
    }
    try {
      Path real = named.toRealPath();
      if (isBelowALocalRoot(real)) {
        return FileSystems.matchNewResource(real.toString(), false);
      }
    } catch (IOException e) {
      // Only below a root may be told that a file does not exist.
      if (isBelowALocalRoot(named.normalize())) {
        throw e instanceof NoSuchFileException ? new IOException("it does not exist", e) : e;
      }
    }
    throw forbidden();
  }

  private boolean isBelowALocalRoot(Path path) {
    for (String root : roots) {
      if (!isRemote(root) || isFile(root)) {
        Path folder = Path.of(withoutFileScheme(root)).toAbsolutePath().normalize();
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

  private static boolean isFile(String uri) {
    return uri.toLowerCase(Locale.ROOT).startsWith("file:");
  }

  /** The path in {@code file:/a}, {@code file:///a} or {@code file://localhost/a}. */
  private static String withoutFileScheme(String uri) {
    if (!isFile(uri)) {
      return uri;
    }
    URI parsed = URI.create(uri.replace(" ", "%20"));
    String host = parsed.getAuthority();
    if (parsed.getPath() == null || !(host == null || host.equalsIgnoreCase("localhost"))) {
      throw new IllegalArgumentException("'" + uri + "' names no file of this machine");
    }
    return parsed.getPath();
  }

  private static boolean isRemote(String uri) {
    return REMOTE.matcher(uri).matches();
  }

  private static DecodeException forbidden() {
    return new DecodeException(
        FailureKind.FORBIDDEN,
        "The file lies outside the allowed roots (DecodeAudio.withAllowedRoots, --allowed-roots).");
  }

  /** The roots without what may be secret in them, or {@code everywhere}. */
  @Override
  public String toString() {
    return roots.isEmpty() ? "everywhere" : SecretMask.of(String.join(", ", roots));
  }
}
