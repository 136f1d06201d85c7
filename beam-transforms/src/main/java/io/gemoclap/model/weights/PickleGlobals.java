package io.gemoclap.model.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The few names of Python that a state dict of tensors needs, and what they build here. Nothing is
 * looked up anywhere else, so a pickle can name no code.
 */
final class PickleGlobals {
  /** Something that a pickle may call. */
  interface Callable {
    Object call(List<?> arguments);
  }

  private static final Map<String, Object> KNOWN =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", (Callable) PickleGlobals::orderedDict),
          Map.entry("torch._utils._rebuild_tensor", (Callable) PickleGlobals::tensor),
          Map.entry("torch._utils._rebuild_tensor_v2", (Callable) PickleGlobals::tensor),
          Map.entry("torch._utils._rebuild_parameter", (Callable) PickleGlobals::parameter),
          Map.entry("torch.DoubleStorage", ElementType.F64),
          Map.entry("torch.FloatStorage", ElementType.F32),
          Map.entry("torch.HalfStorage", ElementType.F16),
          Map.entry("torch.BFloat16Storage", ElementType.BF16),
          Map.entry("torch.LongStorage", ElementType.I64),
          Map.entry("torch.IntStorage", ElementType.I32),
          Map.entry("torch.ShortStorage", ElementType.I16),
          Map.entry("torch.CharStorage", ElementType.I8),
          Map.entry("torch.ByteStorage", ElementType.U8),
          Map.entry("torch.BoolStorage", ElementType.BOOL));

  private PickleGlobals() {}

  /**
   * The meaning of a name: a {@link Callable} or the {@link ElementType} of a storage.
   *
   * @throws IllegalArgumentException for any other name, naming it
   */
  static Object resolve(String module, String name) {
    Object known = KNOWN.get(module + "." + name);
    if (known == null) {
      throw new IllegalArgumentException(
          "it asks to run "
              + printable(module + "." + name)
              + ", which a checkpoint of tensors does not; do not open it with other programs"
              + " unless you trust its author, and use weights in safetensors instead");
    }
    return known;
  }

  private static String printable(String name) {
    return name.substring(0, Math.min(80, name.length())).replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static Map<Object, Object> orderedDict(List<?> arguments) {
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException("it calls OrderedDict with arguments");
    }
    return new LinkedHashMap<>();
  }

  /** {@code (storage, offset, size, stride, …)}; what follows concerns gradients. */
  private static TensorRecord tensor(List<?> arguments) {
    if (arguments.size() >= 4
        && arguments.get(0) instanceof TensorRecord.Storage storage
        && arguments.get(1) instanceof Long offset) {
      return new TensorRecord(storage, offset, longs(arguments.get(2)), longs(arguments.get(3)));
    }
    throw new IllegalArgumentException("it builds a tensor from something other than a storage");
  }

  /** {@code (tensor, requires_grad, hooks)}. */
  private static TensorRecord parameter(List<?> arguments) {
    if (!arguments.isEmpty() && arguments.get(0) instanceof TensorRecord tensor) {
      return tensor;
    }
    throw new IllegalArgumentException("it builds a parameter from something other than a tensor");
  }

  private static long[] longs(@Nullable Object tuple) {
    List<Long> values = new ArrayList<>();
    if (tuple instanceof List<?> list) {
      list.forEach(
          each -> {
            if (each instanceof Long value) {
              values.add(value);
            }
          });
      if (values.size() == list.size()) {
        return values.stream().mapToLong(Long::longValue).toArray();
      }
    }
    throw new IllegalArgumentException(
        "it gives a tensor a shape or strides that are not integers");
  }
}
