package io.gemoclap.model.weights;

import static io.gemoclap.model.weights.CheckpointFiles.path;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a PyTorch state dict must not make us do. */
final class StateDictFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "code | asks to run __builtin__.print, which a checkpoint of tensors does not",
        "system | asks to run posix.system, which a checkpoint of tensors does not",
        "newobj | pickle opcode 0x81",
        "protocol-4 | pickle opcode 0x95",
        "no-tensor | its entry 'epoch' is not a tensor; save only the model's state_dict()",
        "cut-pickle | pickle is truncated",
        "hundred-gigabytes | w claims the shape [250000, 100000]",
        "large-storage | w declares a storage of 2000000000 values (F32), but its entry has 16"
            + " bytes",
        "small-storage | w declares a storage of 4 values (F32), but its entry has 12 bytes",
        "beyond | which leaves its storage of 4 values",
        "stretched | which leaves its storage of 4 values",
        "backwards | which leaves its storage of 4 values",
        "overflow | w claims the shape [4611686018427387904, 4]",
        "elsewhere | w needs the entry a/data/../../etc/passwd, which is missing",
        "big-endian | not little-endian",
        "torchscript | is a TorchScript program; save the model's state_dict() instead",
        "two-pickles | does not contain one data.pkl",
        "bomb | its pickle has over 2097152 bytes",
        "legacy | the format that PyTorch wrote before 1.6; load it in Python and save it again",
        "cut | its zip archive is damaged",
        "no-archive | is not a zip archive; copy it again",
        "two-state-dicts | it contains 2 state dicts (student, teacher); save only the model's",
        "tensor-beside-dict | its entry 'model' is not a tensor; save only the model's"
            + " state_dict()",
      })
  void isRefusedInOneSentence(String name, String reason) {
    Path file = path("hostile/" + name + ".bin");
    String message = assertThrows(IOException.class, () -> Weights.open(file)).getMessage();
    assertTrue(message.startsWith(file + " cannot be used as a PyTorch state dict: "), message);
    assertTrue(message.contains(reason), message);
  }
}
