package io.gemoclap.review.search;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;

/** Approximately nearest unit vectors: a graph (HNSW) that Lucene keeps on disk. Thread-safe. */
final class NearestVectors implements AutoCloseable {
  private static final String ID = "id";
  private static final String VECTOR = "vector";

  /** Memory for vectors that are not on disk yet. */
  private static final double BUFFER_MB = 256;

  private final FSDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private NearestVectors(FSDirectory directory) throws IOException {
    this.directory = directory;
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  /** Gives all vectors with their ids, one after the other. */
  interface Vectors {
    void forEach(Taker taker) throws IOException;

    /** Takes one. */
    interface Taker {
      void accept(long id, float[] vector) throws IOException;
    }
  }

  /** Opens an index that {@link #build} has finished. */
  static NearestVectors open(Path folder) throws IOException {
    return new NearestVectors(FSDirectory.open(folder));
  }

  /**
   * Builds an index in a folder that appears when it is complete.
   *
   * @param stop whether to give up
   */
  static void build(Path folder, Vectors vectors, BooleanSupplier stop) throws IOException {
    Path unfinished =
        folder.resolveSibling(
            "%s.%s.new".formatted(folder.getFileName(), ProcessHandle.current().pid()));
    // Without a commit, closing gives up at once.
    IndexWriterConfig config =
        new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MB).setCommitOnClose(false);
    try {
      try (FSDirectory directory = FSDirectory.open(unfinished);
          IndexWriter writer = new IndexWriter(directory, config)) {
        vectors.forEach(
            (id, vector) -> {
              if (stop.getAsBoolean()) {
                throw new IOException("stopped");
              }
              Document document = new Document();
              document.add(new NumericDocValuesField(ID, id));
              document.add(
                  new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
              writer.addDocument(document);
            });
        writer.commit();
      }
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      if (Files.exists(unfinished)) {
        MoreFiles.deleteRecursively(unfinished, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }

  /** The ids of the nearest vectors, nearest first. */
  List<Long> nearest(float[] vector, int count) throws IOException {
    List<Long> ids = new ArrayList<>();
    for (ScoreDoc hit :
        searcher.search(new KnnFloatVectorQuery(VECTOR, vector, count), count).scoreDocs) {
      var leaf = reader.leaves().get(ReaderUtil.subIndex(hit.doc, reader.leaves()));
      var values = leaf.reader().getNumericDocValues(ID);
      if (values.advanceExact(hit.doc - leaf.docBase)) {
        ids.add(values.longValue());
      }
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
