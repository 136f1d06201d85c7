package io.gemoclap.training.example;

import com.google.common.collect.Iterators;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The examples of one part of a fold, as a stream that can be read again and again. */
public interface Examples {
  /** How many there are; at least one. */
  int size();

  /**
   * Streams all examples once, in an order in which neighbours may belong together.
   *
   * @param random decides the order of what the examples are stored in; equal states give equal
   *     orders
   */
  Reading read(SplittableRandom random) throws IOException;

  /** Gives all examples once, in an order that is the same every time. */
  default void forEach(Consumer<Example> each) throws IOException {
    try (Reading reading = read(new SplittableRandom(0))) {
      reading.forEachRemaining(each);
    }
  }

  /**
   * The same examples with one of their versions alone.
   *
   * @param version 0 for the recording itself
   */
  default Examples only(int version) {
    Examples all = this;
    return new Examples() {
      @Override
      public int size() {
        return all.size();
      }

      @Override
      public Reading read(SplittableRandom random) throws IOException {
        Reading reading = all.read(random);
        return Reading.of(
            Iterators.transform(
                reading,
                example ->
                    new Example(
                        example.utterance(),
                        example.seconds(),
                        List.of(example.versions().get(version)))),
            reading);
      }
    };
  }

  /** An open stream, which the caller closes. */
  interface Reading extends Iterator<Example>, Closeable {
    /** A stream of the examples of an iterator; closing it closes {@code source}. */
    static Reading of(Iterator<Example> examples, Closeable source) {
      return new Reading() {
        @Override
        public boolean hasNext() {
          return examples.hasNext();
        }

        @Override
        public Example next() {
          return examples.next();
        }

        @Override
        public void close() throws IOException {
          source.close();
        }
      };
    }
  }

  /** Examples that are in memory anyway. */
  static Examples of(List<Example> examples) {
    return new Examples() {
      @Override
      public int size() {
        return examples.size();
      }

      @Override
      public Reading read(SplittableRandom random) {
        return Reading.of(examples.iterator(), () -> {});
      }
    };
  }
}
