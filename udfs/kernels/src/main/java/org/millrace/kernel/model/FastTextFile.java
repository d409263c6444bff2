package org.millrace.kernel.model;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads through a model file in fastText's format, versions 11 and 12, before fastText does: that
 * one takes what it finds on trust, and a damaged file ends the process.
 */
final class FastTextFile {

  private static final int MAGIC = 793_712_314;
  private static final int OLDEST = 11;
  private static final int NEWEST = 12;
  private static final int SUPERVISED = 3;
  private static final int ARGUMENTS_BEFORE_MODEL = 7;
  private static final int ARGUMENTS_AFTER_MODEL = 4;
  private static final int CENTROIDS = 256;
  private static final int LONGEST_WORD = 1 << 16;
  private static final int LABEL = 1;

  private final DataInputStream in;
  private final long size;
  private long read;

  private FastTextFile(InputStream in, long size) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    this.size = size;
  }

  /** Refuses, in one line, what isn't a whole classifier. */
  static void check(Path file) {
    try (var in = Files.newInputStream(file)) {
      new FastTextFile(in, Files.size(file)).check();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "no fastText model " + file + ": give the path of a .bin or .ftz file", e);
    } catch (EOFException e) {
      throw notAModel(file, "it is cut off", e);
    } catch (IOException e) {
      throw notAModel(file, e.getMessage(), e);
    }
  }

  static IllegalArgumentException notAModel(Path file, String why, Exception cause) {
    return new IllegalArgumentException(
        file + " is no fastText classifier: " + why + "; give a whole .bin or .ftz file", cause);
  }

  private void check() throws IOException {
    require(int32() == MAGIC, "it doesn't begin as one");
    int version = int32();
    require(version >= OLDEST && version <= NEWEST, "its version is " + version + ", not 11 or 12");
    int dim = int32();
    require(dim > 0, "its vectors have " + dim + " values");
    skip(4L * (ARGUMENTS_BEFORE_MODEL - 1));
    require(int32() == SUPERVISED, "it has word vectors only");
    skip(4L * ARGUMENTS_AFTER_MODEL + 8);
    dictionary();
    boolean quantised = flag();
    matrix(quantised, dim);
    boolean output = flag();
    matrix(quantised && output, dim);
    require(read == size, (size - read) + " bytes follow it");
  }

  private void dictionary() throws IOException {
    int entries = int32();
    int words = int32();
    int labels = int32();
    skip(8);
    long pruned = int64();
    require(words >= 0 && labels > 0 && entries == words + labels, "its dictionary is damaged");
    int found = 0;
    for (int i = 0; i < entries; i++) {
      int length = 0;
      while (int8() != 0) {
        require(++length < LONGEST_WORD, "its dictionary is damaged");
      }
      skip(8);
      found += int8() == LABEL ? 1 : 0;
    }
    require(found == labels && pruned >= -1, "its dictionary is damaged");
    skip(8 * within(Math.max(0, pruned)));
  }

  private void matrix(boolean quantised, int dim) throws IOException {
    if (!quantised) {
      long rows = within(int64());
      require(int64() == dim, "a matrix is damaged");
      skip(4 * within(rows * dim));
      return;
    }
    boolean norms = flag();
    long rows = within(int64());
    require(int64() == dim, "a matrix is damaged");
    skip(within(int32()));
    quantiser();
    if (norms) {
      skip(rows);
      quantiser();
    }
  }

  private void quantiser() throws IOException {
    long dim = within(int32());
    skip(12 + 4 * dim * CENTROIDS);
  }

  private long within(long count) throws IOException {
    require(count >= 0 && count <= size, "a length is damaged");
    return count;
  }

  private static void require(boolean right, String otherwise) throws IOException {
    if (!right) {
      throw new IOException(otherwise);
    }
  }

  private boolean flag() throws IOException {
    int flag = int8();
    require(flag == 0 || flag == 1, "it is damaged");
    return flag == 1;
  }

  private int int8() throws IOException {
    read++;
    return in.readUnsignedByte();
  }

  private int int32() throws IOException {
    read += 4;
    return Integer.reverseBytes(in.readInt());
  }

  private long int64() throws IOException {
    read += 8;
    return Long.reverseBytes(in.readLong());
  }

  private void skip(long bytes) throws IOException {
    require(bytes >= 0 && bytes <= size, "a length is damaged");
    in.skipNBytes(bytes);
    read += bytes;
  }
}
