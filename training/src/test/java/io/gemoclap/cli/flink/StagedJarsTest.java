package io.gemoclap.cli.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedJarsTest {
  @TempDir private Path folder;

  private String jar(String name, String entry) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/LICENSE"));
      out.closeEntry();
      out.putNextEntry(new JarEntry(entry));
      out.closeEntry();
    }
    return jar.toString();
  }

  @Test
  void whatTheClusterHoldsOrNoJobUsesIsLeftOutAndTheRestKeepsItsOrder() throws IOException {
    String beam = jar("beam.jar", "org/apache/beam/sdk/Pipeline.class");
    String classes = Files.createDirectory(folder.resolve("classes")).toString();
    String ours = jar("ours.jar", "io/gemoclap/AnnotateSpeech.class");
    String classPath =
        String.join(
            File.pathSeparator,
            beam,
            jar("api.jar", "ai/djl/Device.class"),
            jar("torch.jar", "pytorch/cpu/linux-x86_64/native/lib/libc10.so"),
            jar("jni.jar", "jnilib/linux-x86_64/cpu/libdjl_torch.so"),
            classes,
            jar("ffmpeg.jar", "org/bytedeco/ffmpeg/global/avcodec.class"),
            jar("flink.jar", "org/apache/flink/api/common/JobID.class"),
            jar("duckdb.jar", "org/duckdb/DuckDBDriver.class"),
            jar("jetty.jar", "org/eclipse/jetty/server/Server.class"),
            jar("lucene.jar", "org/apache/lucene/index/IndexWriter.class"),
            folder.resolve("absent.jar").toString(),
            ours);

    assertEquals(List.of(beam, classes, ours), StagedJars.of(classPath));
  }
}
