package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedRootsTest {
  @TempDir private Path folder;
  private Path calls;
  private Path call;
  private AllowedRoots roots;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = folder.toRealPath();
    calls = Files.createDirectory(folder.resolve("calls"));
    call = Files.writeString(calls.resolve("a.wav"), "a");
    Files.writeString(folder.resolve("secret.wav"), "s");
    Files.writeString(Files.createDirectory(folder.resolve("calls2")).resolve("b.wav"), "b");
    roots = AllowedRoots.of(List.of(calls.toString()));
  }

  private void isForbidden(AllowedRoots allowed, String uri) {
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> allowed.resolve(uri), "opened: " + uri);
    assertEquals(FailureKind.FORBIDDEN, thrown.kind(), uri);
    assertFalse(thrown.getMessage().contains(uri));
  }

  @Test
  void filesBelowARootAreOpenedByTheirRealPath() throws Exception {
    assertEquals(call.toString(), roots.resolve(call.toString()).toString());
    assertEquals(call.toString(), roots.resolve(calls + "/../calls/./a.wav").toString());
    assertEquals(call.toString(), roots.resolve("file:" + call).toString());
    assertEquals(call.toString(), roots.resolve("file://" + call).toString());
    assertEquals(call.toString(), roots.resolve("file://localhost" + call).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "file:/etc/passwd",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://localhost/etc/passwd",
        "file://elsewhere/etc/passwd",
        "file:///%2e%2e/etc/passwd",
        "file:etc/passwd",
        "%s/../secret.wav",
        "file://%s/../secret.wav",
        "%s/../calls2/b.wav",
        "%s2/b.wav",
        "%s/../no-such-file.wav",
        "secret.wav",
        "../../../../../../../../etc/passwd",
        "s3://bucket/a.wav",
        "http://169.254.169.254/latest/meta-data",
        "hdfs:///etc/passwd",
        "\u0000"
      })
  void nothingElseIsOpened(String uri) {
    isForbidden(roots, uri.replace("%s", calls.toString()));
  }

  @Test
  void linksCountByWhereTheyLead() throws Exception {
    Path out = Files.createSymbolicLink(calls.resolve("out.wav"), folder.resolve("secret.wav"));
    Path up = Files.createSymbolicLink(calls.resolve("up"), folder);
    Path in = Files.createSymbolicLink(folder.resolve("in.wav"), call);
    isForbidden(roots, out.toString());
    isForbidden(roots, up + "/secret.wav");
    assertEquals(call.toString(), roots.resolve(in.toString()).toString());
  }

  @Test
  void aRootMayBeALinkOrAUri() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), calls);
    for (String root : List.of(link.toString(), "file://" + calls, calls + "/")) {
      AllowedRoots allowed = AllowedRoots.of(List.of(root));
      assertEquals(call.toString(), allowed.resolve(call.toString()).toString());
      isForbidden(allowed, folder.resolve("secret.wav").toString());
    }
  }

  @Test
  void aMissingFileBelowARootIsMissing() {
    assertThrows(IOException.class, () -> roots.resolve(calls + "/gone.wav"));
  }

  @Test
  void everywhereAllowsAllAndNamesAnUnknownFileSystem() throws Exception {
    AllowedRoots everywhere = AllowedRoots.everywhere();
    assertEquals("/etc/passwd", everywhere.resolve("/etc/passwd").toString());
    assertThrows(IOException.class, () -> everywhere.resolve("gopher://host/a.wav"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://b/calls/a.wav", "S3://b/calls/x/a.wav", "s3://b/calls/"})
  void aRemoteNameBeginsWithARoot(String uri) {
    assertEquals(true, AllowedRoots.of(List.of("s3://b/calls")).allowsRemote(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/calls2/a.wav",
        "s3://b/calls/../secret.wav",
        "s3://b/calls/%2e%2e/secret.wav",
        "s3://b/calls/..%2Fsecret.wav",
        "s3://b/calls/..\\secret.wav",
        "s3://b/secret.wav",
        "s3://b2/calls/a.wav",
        "s3://b@evil/calls/a.wav",
        "gs://b/calls/a.wav",
        "s3:/b/calls/a.wav"
      })
  void otherRemoteNamesAreForbidden(String uri) {
    assertEquals(false, AllowedRoots.of(List.of("s3://b/calls")).allowsRemote(uri));
  }

  @Test
  void rootsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> AllowedRoots.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> AllowedRoots.of(List.of(" ")));
    assertThrows(IllegalArgumentException.class, () -> AllowedRoots.of(List.of("s3://b/a/../c")));
  }

  @Test
  void credentialsAreNotDisplayed() {
    assertEquals(
        "hdfs://***@host/calls", AllowedRoots.of(List.of("hdfs://me:pw@host/calls")).toString());
  }
}
