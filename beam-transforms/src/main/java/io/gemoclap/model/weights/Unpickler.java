package io.gemoclap.model.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pickle that holds tensors and nothing else. Knows the opcodes that {@code torch.save}
 * writes for a state dict and the names in {@link PickleGlobals}; any other is refused by name.
 *
 * <p>Python's values become {@link Map}, {@link List} (lists and tuples), {@link String}, {@link
 * Long}, {@link Double}, {@link Boolean} and null; tensors become {@link TensorRecord}s, whose
 * values stay where they are.
 */
final class Unpickler {
  /** Stands in the stack where a MARK was. */
  private static final Object MARK = new Object();

  private static final int STOP = '.';

  private final ByteBuffer in;
  private final List<@Nullable Object> stack = new ArrayList<>();
  private final Map<Integer, @Nullable Object> memo = new LinkedHashMap<>();

  private Unpickler(byte[] pickle) {
    in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The object that a pickle describes.
   *
   * @throws IllegalArgumentException saying what is wrong with it or what it asks for
   */
  static @Nullable Object load(byte[] pickle) {
    Unpickler unpickler = new Unpickler(pickle);
    try {
      int opcode = unpickler.unsigned();
      while (opcode != STOP) {
        unpickler.step(opcode);
        opcode = unpickler.unsigned();
      }
      return unpickler.pop();
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("its pickle is truncated", e);
    }
  }

  private void step(int opcode) {
    switch (opcode) {
      case 0x80 -> unsigned(); // PROTO
      case '(' -> push(MARK);
      case '}' -> push(new LinkedHashMap<>()); // EMPTY_DICT
      case ']' -> push(new ArrayList<>()); // EMPTY_LIST
      case ')' -> push(List.of()); // EMPTY_TUPLE
      case 't' -> push(Collections.unmodifiableList(popToMark())); // TUPLE
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 'N' -> push(null); // NONE
      case 0x88 -> push(true); // NEWTRUE
      case 0x89 -> push(false); // NEWFALSE
      case 'J' -> push((long) in.getInt()); // BININT
      case 'K' -> push((long) unsigned()); // BININT1
      case 'M' -> push(Short.toUnsignedLong(in.getShort())); // BININT2
      case 0x8a -> push(long1());
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong()))); // BINFLOAT
      case 'X' -> push(text(in.getInt())); // BINUNICODE
      case 'q' -> memo.put(unsigned(), top()); // BINPUT
      case 'r' -> memo.put(in.getInt(), top()); // LONG_BINPUT
      case 'h' -> push(remembered(unsigned())); // BINGET
      case 'j' -> push(remembered(in.getInt())); // LONG_BINGET
      case 'c' -> push(PickleGlobals.resolve(line(), line())); // GLOBAL
      case 'Q' -> push(storage(pop())); // BINPERSID
      case 'R' -> reduce();
      case 'b' -> build();
      case 'a' -> append(Collections.singletonList(pop())); // APPEND
      case 'e' -> append(popToMark()); // APPENDS
      case 's' -> setItem();
      case 'u' -> setItems(popToMark()); // SETITEMS
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "it uses the pickle opcode 0x%02x, which torch.save does not write for tensors;"
                      + " convert it to safetensors",
                  opcode));
    }
  }

  private int unsigned() {
    return Byte.toUnsignedInt(in.get());
  }

  private void push(@Nullable Object value) {
    stack.add(value);
  }

  private @Nullable Object pop() {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private @Nullable Object top() {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new IllegalArgumentException("its pickle takes a value from an empty stack");
    }
    return stack.get(stack.size() - 1);
  }

  private List<@Nullable Object> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new IllegalArgumentException("its pickle closes a mark that it never opened");
    }
    List<@Nullable Object> tail = stack.subList(mark, stack.size());
    List<@Nullable Object> values = new ArrayList<>(tail.subList(1, tail.size()));
    tail.clear();
    return values;
  }

  private void tuple(int size) {
    @Nullable Object[] values = new @Nullable Object[size];
    for (int i = size - 1; i >= 0; i--) {
      values[i] = pop();
    }
    push(Collections.unmodifiableList(java.util.Arrays.asList(values)));
  }

  private long long1() {
    int bytes = unsigned();
    if (bytes > Long.BYTES) {
      throw new IllegalArgumentException("its pickle has an integer of " + bytes + " bytes");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) unsigned() << (8 * i);
    }
    int unused = 64 - 8 * bytes;
    return bytes == 0 ? 0 : value << unused >> unused;
  }

  private String text(int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] utf8 = new byte[bytes];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = unsigned(); c != '\n'; c = unsigned()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private @Nullable Object remembered(int index) {
    if (!memo.containsKey(index)) {
      throw new IllegalArgumentException("its pickle reads a memo entry that it never stored");
    }
    return memo.get(index);
  }

  /** {@code ("storage", type, key, location, number of values)}. */
  private static TensorRecord.Storage storage(@Nullable Object id) {
    if (id instanceof List<?> parts
        && parts.size() == 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof ElementType type
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long count) {
      return new TensorRecord.Storage(key, type, count);
    }
    throw new IllegalArgumentException("its pickle refers to something other than a storage");
  }

  private void reduce() {
    Object arguments = pop();
    Object function = pop();
    if (!(function instanceof PickleGlobals.Callable callable)
        || !(arguments instanceof List<?> list)) {
      throw new IllegalArgumentException("its pickle calls something that is not a function");
    }
    push(callable.call(list));
  }

  /** An OrderedDict's own attributes, such as {@code _metadata}, are of no use here. */
  private void build() {
    pop();
    if (!(top() instanceof Map)) {
      throw new IllegalArgumentException(
          "its pickle sets the state of something that is not a dictionary");
    }
  }

  @SuppressWarnings("unchecked") // every list and map in the stack was made here
  private void append(List<@Nullable Object> values) {
    if (!(top() instanceof ArrayList<?> list)) {
      throw new IllegalArgumentException("its pickle appends to something that is not a list");
    }
    ((List<@Nullable Object>) list).addAll(values);
  }

  private void setItem() {
    Object value = pop();
    Object key = pop();
    setItems(java.util.Arrays.asList(key, value));
  }

  @SuppressWarnings("unchecked") // as above
  private void setItems(List<@Nullable Object> items) {
    if (!(top() instanceof Map<?, ?> map) || items.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "its pickle sets items of something that is not a dictionary");
    }
    for (int i = 0; i < items.size(); i += 2) {
      if (!(items.get(i) instanceof String) && !(items.get(i) instanceof Long)) {
        throw new IllegalArgumentException(
            "its pickle has a key that is neither a text nor an integer");
      }
      ((Map<Object, @Nullable Object>) map).put(items.get(i), items.get(i + 1));
    }
  }
}
