package dev.telltale.platform.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One directory and the few operations on it whose effect on a power cut is known. A write, a
 * truncation and a name become durable by nothing but {@link File#force} and {@link #sync}; all
 * that was not made durable may survive in part, in any order, or not at all.
 *
 * <p>Names are plain file names. All methods may be called from any thread.
 */
public interface Disk extends AutoCloseable {
  /** A new, empty file. Its name is durable after {@link #sync}, its content after a force. */
  File create(String name) throws IOException;

  /** An existing file, for reading and writing. */
  File open(String name) throws IOException;

  /** All names, ascending. */
  List<String> list() throws IOException;

  long size(String name) throws IOException;

  /** Gives a file another name and takes that name from its bearer, in one step. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /** Makes creations, renamings and deletions so far durable. */
  void sync() throws IOException;

  /** Gives the directory up; another owner may take it. */
  @Override
  void close() throws IOException;

  /** One open file, read and written by position only. */
  interface File extends AutoCloseable {
    long size() throws IOException;

    /** Reads until the target is full or the file ends; returns the number of bytes read. */
    int read(long position, ByteBuffer target) throws IOException;

    /** Writes all that remains in the source. */
    void write(long position, ByteBuffer source) throws IOException;

    void truncate(long size) throws IOException;

    /** Makes content and size durable. After a failure nothing is known of either. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
