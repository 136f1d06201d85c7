package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a run of the command gave back. */
record Run(int status, String out, String err) {

  static Run gemoclap(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Gemoclap.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = command.execute(arguments);
    return new Run(status, out.toString(), err.toString());
  }

  void failsWith(int expected, String sentence) {
    assertEquals(expected, status, err);
    assertTrue(err.contains(sentence), err);
    assertFalse(err.contains("\tat "), "a stack trace: " + err);
  }
}
