package io.gemoclap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The bundled model, said to have been trained on features that were normalised by recording. Its
 * prior is 0 with deviation 1, which alone leaves features as they are.
 */
public final class BundledCopy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BundledCopy() {}

  /** Copies the bundled model with another manifest, and so another id. */
  public static Path edited(Path folder, Consumer<ObjectNode> edit) throws IOException {
    Path file = copy(folder).resolve(ModelBundle.MANIFEST);
    ObjectNode manifest = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    edit.accept(manifest);
    JSON.writeValue(file.toFile(), manifest);
    return folder;
  }

  /** Copies the bundled model as it is. */
  public static Path copy(Path folder) throws IOException {
    for (String name : Bundles.manifest(Bundles.BUNDLED).files().keySet()) {
      copy(folder, name);
    }
    copy(folder, ModelBundle.MANIFEST);
    return folder;
  }

  private static void copy(Path folder, String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    try (InputStream in = Bundles.class.getResourceAsStream("/io/gemoclap/bundled/" + name)) {
      Files.copy(in, folder.resolve(name));
    }
  }
}
