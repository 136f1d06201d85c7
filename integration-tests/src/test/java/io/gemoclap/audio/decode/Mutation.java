package io.gemoclap.audio.decode;

import java.util.Arrays;
import java.util.Random;

/** A way to damage a file. */
enum Mutation {
  HEADER_FLIPS {
    @Override
    byte[] apply(byte[] file, Random random) {
      return flip(file, Math.min(file.length, 256), 1 + random.nextInt(8), random);
    }
  },
  RANDOM_FLIPS {
    @Override
    byte[] apply(byte[] file, Random random) {
      return flip(file, file.length, 1 + random.nextInt(64), random);
    }
  },
  TRUNCATION {
    @Override
    byte[] apply(byte[] file, Random random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  DELETED_BLOCK {
    @Override
    byte[] apply(byte[] file, Random random) {
      int from = random.nextInt(file.length);
      int to = Math.min(file.length, from + 1 + random.nextInt(4_096));
      byte[] rest = Arrays.copyOf(file, file.length - (to - from));
      System.arraycopy(file, to, rest, from, file.length - to);
      return rest;
    }
  },
  SPLICE {
    @Override
    byte[] apply(byte[] file, Random random) {
      byte[] damaged = file.clone();
      int length = 1 + random.nextInt(Math.min(2_048, file.length));
      int from = random.nextInt(file.length - length + 1);
      int to = random.nextInt(file.length - length + 1);
      System.arraycopy(file, from, damaged, to, length);
      return damaged;
    }
  },
  EXTREME_NUMBERS {
    @Override
    byte[] apply(byte[] file, Random random) {
      byte[] damaged = file.clone();
      int[] extremes = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7FFF, 0xFFFF, 1 << 24};
      int reach = Math.min(file.length, random.nextBoolean() ? 128 : file.length) - 4;
      for (int i = 0; reach > 0 && i < 1 + random.nextInt(3); i++) {
        int value = extremes[random.nextInt(extremes.length)];
        int at = random.nextInt(reach);
        for (int b = 0; b < 4; b++) {
          damaged[at + b] = (byte) (value >> (8 * b));
        }
      }
      return damaged;
    }
  };

  abstract byte[] apply(byte[] file, Random random);

  private static byte[] flip(byte[] file, int reach, int count, Random random) {
    byte[] damaged = file.clone();
    for (int i = 0; i < count; i++) {
      damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }
}
