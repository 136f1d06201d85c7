package io.gemoclap.training.fit;

import com.google.common.collect.AbstractIterator;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.fit.TrainConfig.Sampling;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The batches of one epoch: examples stream by, and each next one is drawn from a buffer of them.
 * Equal seeds give equal batches. The rest that fills no batch is left out, unless it is all there
 * is.
 */
final class Batches extends AbstractIterator<List<Example>> implements Closeable {
  private final Examples.Reading reading;
  private final Oversampling multiplicity;
  private final SplittableRandom random;
  private final int capacity;
  private final int size;
  private final List<Example> buffer = new ArrayList<>();
  private boolean any;

  Batches(
      Examples examples,
      Oversampling multiplicity,
      Sampling sampling,
      int size,
      SplittableRandom random)
      throws IOException {
    this.reading = examples.read(random.split());
    this.multiplicity = multiplicity;
    this.random = random;
    this.capacity = Math.max(sampling.buffer(), size);
    this.size = size;
  }

  @Override
  protected List<Example> computeNext() {
    List<Example> batch = new ArrayList<>();
    while (batch.size() < size) {
      while (buffer.size() < capacity && reading.hasNext()) {
        Example example = reading.next();
        for (int copies = multiplicity.draw(example.utterance(), random); copies > 0; copies--) {
          buffer.add(example);
        }
      }
      if (buffer.isEmpty()) {
        break;
      }
      int chosen = random.nextInt(buffer.size());
      int last = buffer.size() - 1;
      batch.add(buffer.get(chosen));
      buffer.set(chosen, buffer.get(last));
      buffer.remove(last);
    }
    boolean whole = batch.size() == size || (!any && !batch.isEmpty());
    any = true;
    return whole ? batch : endOfData();
  }

  @Override
  public void close() throws IOException {
    reading.close();
  }
}
