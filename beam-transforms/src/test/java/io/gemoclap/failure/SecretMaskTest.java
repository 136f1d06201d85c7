package io.gemoclap.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretMaskTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Cannot open sftp://me:pw@host/a.wav|Cannot open sftp://***@host/a.wav",
        "https://b/a?X-Amz-Signature=00ff&x=1|https://b/a?X-Amz-Signature=***&x=1",
        "https://b/a?v=1&sig=00ff|https://b/a?v=1&sig=***",
        "{\"sasl.password\": \"p w\", \"a\": 1}|{\"sasl.password\": ***, \"a\": 1}",
        "jaas required username=x password='p';|jaas required username=x password=***;",
        "aws_secret_access_key=abc|aws_secret_access_key=***",
        "apiKey: abc def|apiKey: *** def"
      })
  void secretsOfTextsAreMasked(String text, String masked) {
    assertEquals(masked, SecretMask.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/calls/2026-11/a@b.wav",
        "/data/secret recordings/password.wav",
        "Unexpected token: ',' at 3",
        "The file is empty (0 bytes)."
      })
  void otherOptionsAreNotMasked(String text) {
    assertEquals(text, SecretMask.of(text));
  }

  @Test
  void optionsWithSecretsAreMasked() {
    assertEquals(
        List.of(
            "train",
            "--corpus=csv:https://***@host/a.csv",
            "--awsCredentialsProvider=***",
            "--kafkaClientProperties=***",
            "--apiToken",
            "***",
            "--epochs=3"),
        SecretMask.words(
            List.of(
                "train",
                "--corpus=csv:https://me:pw@host/a.csv",
                "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\"}",
                "--kafkaClientProperties=sasl.jaas.config=x",
                "--apiToken",
                "abc",
                "--epochs=3")));
  }

  @Test
  void messagesOfFailuresAreMasked() {
    Failure failure =
        Failure.of("DecodeAudio", FailureKind.UNREADABLE, "a", "a", "No ftp://u:p@h/a");
    assertEquals("No ftp://***@h/a", failure.getMessage());
  }
}
