package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All of a bundle but its weights.
 *
 * @param audioConfig what {@code audio/config.json} says, as anything that Jackson writes
 * @param audioModule the file of a traced encoder, if there is one
 * @param textConfig what {@code text/config.json} says, likewise
 * @param tokenizerJson the content of {@code text/tokenizer.json}
 * @param manifest what the bundle is; its file digests are filled in when it is written
 * @param clip features of a short clip for the known answer
 * @param modelCard Markdown text for {@code README.md}
 */
record BundleContent(
    Object audioConfig,
    Optional<Path> audioModule,
    Object textConfig,
    String tokenizerJson,
    ModelManifest manifest,
    FeatureMatrix clip,
    String modelCard) {}
