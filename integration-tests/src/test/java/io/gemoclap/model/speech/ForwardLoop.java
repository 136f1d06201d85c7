package io.gemoclap.model.speech;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.Fixtures;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.weights.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that {@code benchmarks/wavlm.py} measures: one forward pass for each line it reads.
 */
final class ForwardLoop {
  private static final int SAMPLES = 80_000;

  private ForwardLoop() {}

  /** Takes a Hugging Face folder. Answers with CPU and wall seconds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      byte[] config = Files.readAllBytes(folder.resolve("config.json"));
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(config);
      SpeechEncoder encoder = new SpeechEncoder(SpeechConfig.of(json));
      encoder.load(manager, Safetensors.read(folder.resolve("model.safetensors")));
      List<FeatureMatrix> batch = Fixtures.waveforms(1, SAMPLES, SAMPLES, SAMPLES, SAMPLES);
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      System.out.println("ready");
      while (in.readLine() != null) {
        long wall = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        try (var off = Tensors.noGradient();
            NDManager scope = manager.newSubManager()) {
          encoder.forward(scope, batch, false).toFloatArray();
        }
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        System.out.println(cpuSeconds + " " + (System.nanoTime() - wall) / 1e9);
      }
    }
  }
}
